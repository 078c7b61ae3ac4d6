"""A seeker put forward for a vacancy, from the first ask on.

Always true: a pair of seeker and vacancy has at most one live referral.
"""
