"""Excel in and out: lists leave through one writer, files come in through one check.

Always true: a cell of text is written as text, so that no value of anybody ever becomes a formula;
figures, days and amounts are typed; lists hold what their reader may see, by the same scoped query
as the page.
"""
