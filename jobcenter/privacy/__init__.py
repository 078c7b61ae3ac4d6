"""What people may ask about their data, and how the centre keeps its word.

Always true: a request has its last day from the moment it is taken, in working days; what was
erased stays erased, after a restored backup too; nothing is erased but by a named person, on a
stated ground, and what the law keeps is said to whoever asked.
"""
