"""The register of numbered papers: who made which, its number, its life from draft to cancelled.

Always true: a number is unique and gap-free in its series (unit, kind, year), is given once and
never given back; a cancelled paper stays listed; what was printed is kept as it was; each print
is a line of the ledger. The room that owns the record asks for the number, `documents` renders.
"""
