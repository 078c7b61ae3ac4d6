"""Renders papers: PDF by typst with fonts of our own, or the office's own Word form.

Always true: the content is what the register kept, whatever changed since; a form is data in a
sandbox; the public learns number, date and validity of a paper and nothing more.
"""
