"""What partners pledge to a convention, one by one: people, posts, data, premises, money… and what became of it (R17).

A pledge binds whoever signed, and nobody else. That is never recorded: it follows from the signatures that count.
"""
