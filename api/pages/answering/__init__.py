"""One act done by a one-time link, without coming in: its page, its receipt, and asking for it."""
