"""Job orders: what a firm asks for, under which conditions, until when.

Always true: there is no gender and no age field; discriminating wording is flagged and shown;
openings left are headcount less those already in the job, never less those in process.
"""
