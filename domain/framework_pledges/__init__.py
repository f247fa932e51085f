"""What partners pledge to the framework, for several territories or all of them, and what became of it (R17).

It lives in the framework's own stream, with the signatures that make it bind: there are tens of them, not thousands.
"""
