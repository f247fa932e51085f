"""The pages of a plan: whether its sheets move, one sheet, and why each one is there."""
