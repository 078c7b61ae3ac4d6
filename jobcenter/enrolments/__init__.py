"""A person and a class: applying, places, waiting, offers, funding; later attendance and results.

Always true: whoever holds a place is counted in the class's `taken`, and nobody else is; a person
has at most one standing enrolment in a class; nobody is funded twice in a lifetime without the
decision that allows it; learners are people, not always job seekers.
"""
