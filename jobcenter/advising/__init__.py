"""Visits to the counter: tickets, who waits, who is served where.

Always true: the tickets of a day have no gaps; a visitor waits, is served or has gone, never two
at once; a counsellor has at most one visitor at hand, a person at most one open visit.
"""
