"""The territorial convention: one module for each family of milestones, over one small state (`state.py`)."""
