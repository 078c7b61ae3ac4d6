"""Background work: what each kind of job does, what runs by the clock, and the worker.

Each job is a few lines that call a rule, in steps: after each step it says how far it is, which
commits what was done together with the percent, so that a killed worker loses no step twice.
"""
