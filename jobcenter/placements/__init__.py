"""A person in a job: who was hired, where, from when until when, and why it ended.

Always true: a vacancy's `filled` is the number of its placements that count; a person has at most
one live placement in a vacancy; an early leaver's place is free again.
"""
