"""An invented town of people, firms and vacancies: the same seed gives the same rows everywhere.

Always true: nobody in it is real; numbers of phones and IDs are valid but made by a rule.
"""
