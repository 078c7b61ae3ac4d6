"""Who signs in, with which rights, and their sessions.

Always true: a session lives in the database, so signing out ends it everywhere; raising a user's
epoch (password, role, block) ends all of theirs; guesses are counted before a password is hashed;
an invitation makes one account or none, and only its link knows the token.
"""
