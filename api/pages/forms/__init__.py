"""The forms of the pages: made from the commands, as they are read back from what was typed."""
