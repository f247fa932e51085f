"""Which partner leads what: the lead role (chef de file) and its coordinator, shared, contested, resolved (S0, S2, S4).

An institution holds it, never a person: it gives no right here, and is neither a signature nor the pilot's role.
"""
