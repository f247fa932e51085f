"""What partners delegate to the network: who, to whom, what, within which limits, until when.

Managerial, never an authority to bind: signing, amending, extending and mandating stay each partner's own (R08, R13).
"""
