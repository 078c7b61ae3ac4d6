"""The occupation list to look things up in; while typing in a form, its nearest entries only."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from jobcenter.catalogue.occupations import suggest
from jobcenter.desks.access import signed_in
from jobcenter.desks.public.views import desk
from jobcenter.kernel import vietnamese
from jobcenter.kernel.db import db

_LEAST = 2  # letters; fewer would name half the list


@desk.get("/occupations")
@signed_in
def occupations() -> ResponseReturnValue:
    """Show what typed words may mean: a page, or choices for the form field named `for`."""
    in_form = "HX-Request" in request.headers
    name = request.args.get("for", "")[:80] if in_form else "q"
    text = vietnamese.clean_line(request.args.get(name, ""))[:250]
    asked = len(text) >= _LEAST
    found = suggest(db.session(), text, limit=8 if in_form else 40) if asked else []
    template = "public/_occupations.html" if in_form else "public/occupations.html"
    return render_template(template, name=name, text=text, found=found, asked=asked)
