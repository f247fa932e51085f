"""Method profiles as files: the YAML beside this module, and their reader."""
