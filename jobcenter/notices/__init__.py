"""What is told to people: rows written in the transaction of what they tell of, sent by a worker.

Always true: one row and one effect inside the system per key; external mail goes at least once
under one Message-ID; who cannot be reached by machine becomes a call to make; nobody is woken at
night or told more than the cap of a day, save what is urgent.
"""
