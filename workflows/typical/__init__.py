"""A typical convention of a method, made in memory to be played."""
