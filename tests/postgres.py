"""PostgreSQL servers for the tests."""
