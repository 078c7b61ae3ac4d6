"""Who did what, and who saw what. Rows are only ever added: the database refuses the rest."""
