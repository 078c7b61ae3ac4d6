"""Firms of the zone: who they are, where, whom to call, how workers reach them.

Always true: a user belongs to at most one firm; a tax number to one firm; staff never act for one.
"""
