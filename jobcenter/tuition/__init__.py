"""What learners and firms owe and paid, and public support: sheets of training, meals, travel.

Always true: lines of money are written once; what was paid never exceeds what was due; nobody gets
the same support twice for a course, nor meal money twice for a day: the database refuses it.
"""
