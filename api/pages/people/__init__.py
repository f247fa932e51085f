"""The pages of people: links that let in, who holds which role, accounts, keys of other software."""
