"""Dated code lists: occupations, communes, parks, value lists A to W, minimum wages.

Always true: a code that a record holds stays readable for ever; retired codes leave the forms only.
"""
