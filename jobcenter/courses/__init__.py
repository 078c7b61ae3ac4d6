"""Programmes, the plan of a year, classes and their timetables, trainers and rooms.

Always true: a class has at most as many people in it as it has places, and `taken` is their
number; a class follows the curriculum that was in force when it was planned; a class size over
the rule warns, the number of places blocks; for a partner programme the school issues no diploma.
"""
