"""What every room stands on: no business words here, and nothing above is imported.

Always true: text is NFC before it is stored; instants are aware and in UTC; a reading transaction
cannot write; a number once given is never given again.
"""
