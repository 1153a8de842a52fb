"""One module for each command of `partnerschaft`: `add` describes it, `run` carries it out.

They are the only ones that print. Each returns 0 when all is well, 1 for findings, 2 for wrong use.
"""
