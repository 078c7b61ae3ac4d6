"""Blanks, the register of certificates, and safety training with its papers and last days.

Always true: a register line and its events are written once and never changed; its number is
unique and gap-free in its kind and year; a blank is used once; nobody holds two standing
certificates of one class.
"""
