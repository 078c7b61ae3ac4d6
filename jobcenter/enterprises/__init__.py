"""Firms of the zone: who they are, where, whom to call, how workers reach them, who acts for them.

Always true: a user belongs to at most one firm; a firm with users has an administrator among them;
a tax number belongs to one firm; staff never act for one; a banned firm sees nobody and is on no
list, from the next request on.
"""
