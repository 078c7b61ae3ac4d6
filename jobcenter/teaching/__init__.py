"""What happens in a class: attendance, marks, examinations, results.

Always true: a learner has one line per session and one mark per place of a mark sheet; a day that
is locked changes only after a manager opened it with a reason; a result is the written rule of the
class's first day applied to what stands here, and keeps each line of its reckoning.
"""
