"""The search box: what is typed is posted, and an ID number never stands in an address.

Addresses are kept by logs, histories and bookmarks. So a whole ID goes on sealed (`hidden`), and
everything else as it was typed.
"""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow
from jobcenter.desks.counsellor.blueprint import desk
from jobcenter.desks.forms import OWN
from jobcenter.kernel import opaque, vietnamese

PURPOSE = "search.id_number"
LENGTHS = (9, 12)  # of the old number and of the new one
LONGEST = 80


def is_number(text: str) -> bool:
    """Say whether a whole ID number was typed; a phone number has ten digits."""
    plain = vietnamese.clean_line(text)
    number = vietnamese.digits(plain)
    return len(number) in LENGTHS and not any(c.isalpha() for c in plain)


def hidden(text: str) -> str:
    """Return an ID number as an address may hold it."""
    return opaque.hide(vietnamese.digits(text), purpose=PURPOSE)


def looked_for(text: str, told: str) -> str:
    """Return what is looked for: what was typed, else the number that an address hides."""
    return text or (opaque.reveal(told, purpose=PURPOSE) or "" if told else "")


def onward(endpoint: str, text: str, told: str, **kept: str) -> ResponseReturnValue:
    """Lead to a list with what was asked in its address, an ID number hidden."""
    if is_number(text):
        text, told = "", hidden(text)
    asked: dict[str, Any] = {"text": text, "hidden": "" if text else told} | kept
    return redirect(url_for(endpoint, **{k: v for k, v in asked.items() if v}), 303)


@desk.post("/seekers/find")
@allow(Right.SEEKERS_READ)
def find_seekers() -> ResponseReturnValue:
    """Take what was typed into a search box of the register, and its filters."""
    sent = request.form
    kept = {k: v[:LONGEST] for k, v in sent.items() if k in KEPT}
    text = vietnamese.clean_line(sent.get("text", ""))[:LONGEST]
    return onward("counsellor.seekers", text, sent.get("hidden", "")[:200], **kept)


KEPT = frozenset({"state", "commune", "education", "shift", "available_by", "sort"}) - set(OWN)
