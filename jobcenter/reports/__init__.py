"""Figures that can be stood behind: each indicator is declared once and counted from records.

Always true: whatever counts an indicator also yields its rows, by the same query; month and year
ends are Hải Phòng's; merged files are one person; a figure that somebody else published stands
beside the computed one and is never mixed with it. The room only reads the other rooms' tables.
"""
