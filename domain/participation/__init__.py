"""What people bring to a territory, in forums, by mail or by its public form, and what becomes of each of it."""
