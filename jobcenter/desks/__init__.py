"""The only HTTP: one folder per audience. A view is a sentence: load, form, one verb, redirect."""
