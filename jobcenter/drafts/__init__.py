"""Forms that somebody has begun: kept on the server, sealed, until they are saved or too old.

Always true: a draft is seen, changed and thrown away by its owner alone; what it holds is sealed,
because it is about a person who may not have agreed to anything yet; it never outlives KEEP_DAYS.
"""
