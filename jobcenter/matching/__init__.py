"""From records to explained recommendations; the only room that opens ml.

Always true: what ml gets holds no protected field; every list that leaves is checked against the
database at that moment and stored; a list can be reproduced until a person in it is erased.
"""
