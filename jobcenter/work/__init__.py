"""Long work as rows that a page can show: percent, message, result, owner, cancel.

Always true: the row is the truth, the queue only rings; one worker at a time holds a job, by a
lease that ends by itself; what a job wrote and how far it says it is are committed together.
"""
