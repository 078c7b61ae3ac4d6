"""Visits to the counter and what is advised: tickets, consultations, job sessions.

Always true: the tickets of a day have no gaps; a visitor waits, is served or has gone, never two
at once; a counsellor has at most one visitor at hand, a person at most one open visit; every
visit that was finished is one consultation; a consultation is one person's, once.
"""
