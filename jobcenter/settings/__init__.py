"""Settings by date: declared in code by the rooms that use them, changed by an administrator.

Always true: a setting has a default in code, so an empty table is a working office; a value holds
from a day on, so what was computed for an earlier day can be computed again; nothing is deleted
but what has not begun.
"""
