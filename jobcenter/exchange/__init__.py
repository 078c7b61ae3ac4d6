"""Lists out to Excel and CSV, through one writer.

Always true: a cell of text is written as text, so that no value of anybody ever becomes a formula;
figures, days and amounts are typed; lists hold what their reader may see, by the same scoped query
as the page.
"""
