"""Action sheets: one module per family of what is said of an action, over one small state."""
