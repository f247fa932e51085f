"""Taking over a table: handed in, checked column by column and row by row, recorded at one press."""
