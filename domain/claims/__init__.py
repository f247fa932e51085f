"""The calendar of claims: by when a funder is to be asked, for a fiscal year, and what an operator sent (D20)."""
