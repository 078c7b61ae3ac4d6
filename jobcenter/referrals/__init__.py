"""A seeker put forward for a vacancy, from the first ask to the end.

Always true: a pair of seeker and vacancy has at most one live referral; every change went along
`steps.TABLE` and left an event; name and contact are open to the firm only by the person's yes to
it, and only while the referral lives; who was hired has a placement.
"""
