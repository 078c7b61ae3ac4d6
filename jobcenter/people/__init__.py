"""Identity, contact and consent of a person, whatever brings them here.

Always true: one personal ID belongs to one person; ID and ethnicity are encrypted; a consent is
never changed, only given or withdrawn, with its evidence; a phone may be shared by a family.
"""
