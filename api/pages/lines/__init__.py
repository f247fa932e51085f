"""The same act of many, in one form: said once for all, line by line where it differs, recorded at one press."""
