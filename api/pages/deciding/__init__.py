"""What became of decisions, as pages show it."""
