"""A person looking for work: schooling, training, jobs held, wishes, target groups.

Always true: one open file per person; a field left empty means "not asked yet", never "no"; the
match index sees a file only while its person's consent to be registered stands.
"""
