"""Help for every desk: tasks told step by step, in two languages, found from the page at hand.

The texts are files, `desks/help/LANGUAGE/DESK.txt`, so that who knows the work can write them:

    # The desk's name
    ## name-of-the-task How it is asked
    @ endpoints of the pages where somebody would ask it, the page to open first
    1. A step.
    > A thing worth knowing.

What stands in [[...]] is a word of a screen by its Vietnamese wording and is shown as the reader's
screen says it, so that help cannot call a button by another name. Both languages hold the same
tasks, in the same order, with the same pages (tests/building/test_help.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import current_app, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup, escape

from jobcenter.accounts.choices import Role
from jobcenter.desks.access import me, permits, policy_of

HERE = Path(__file__).parent / "help"
LANGUAGES = ("vi", "en")
# The desks in the order in which the first page of help lists them.
DESKS = {
    Role.SEEKER: "seeker", Role.ENTERPRISE_USER: "enterprise", Role.COUNSELLOR: "counsellor",
    Role.SCHOOL_STAFF: "school", Role.TEACHER: "teacher", Role.MANAGER: "manager",
    Role.ADMINISTRATOR: "administrator",
}  # fmt: skip
WORD = re.compile(r"\[\[([^\]]+)\]\]")


@dataclass(frozen=True)
class Task:
    """One question and its steps; the first of `pages` is where the task begins."""

    name: str
    title: str
    pages: tuple[str, ...]
    steps: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def href(self) -> str | None:
        """Return the address of the page to begin on, where the reader may open it by itself."""
        first = self.pages[0] if self.pages else None
        if first is None or not permits(policy_of(current_app, first), me()):
            return None
        rules = current_app.url_map.iter_rules(first)
        return None if any(rule.arguments for rule in rules) else url_for(first)


@dataclass(frozen=True)
class Guide:
    """The help of one desk in one language."""

    desk: str
    title: str
    tasks: tuple[Task, ...]


@cache
def guide(desk: str, language: str) -> Guide:
    """Return the help of a desk; read once, it does not change while the program runs."""
    lines = (HERE / language / f"{desk}.txt").read_text(encoding="utf-8").splitlines()
    title, blocks = "", []
    for line in (line.strip() for line in lines):
        if line.startswith("## "):
            blocks.append([line[3:]])
        elif line.startswith("# "):
            title = line[2:]
        elif line:
            blocks[-1].append(line)
    return Guide(desk, title, tuple(_task(block) for block in blocks))


def _task(block: list[str]) -> Task:
    name, title = block[0].split(" ", 1)
    pages = [page for line in block if line.startswith("@ ") for page in line[2:].split()]
    steps = [line.split(". ", 1)[1] for line in block[1:] if line[0].isdigit()]
    notes = [line[2:] for line in block if line.startswith("> ")]
    return Task(name, title, tuple(pages), tuple(steps), tuple(notes))


def guides() -> list[Guide]:
    """Return the help of every desk in the reader's language, theirs first."""
    language = "vi" if str(get_locale()) == "vi" else "en"
    own = own_desk()
    desks = sorted(DESKS.values(), key=lambda desk: desk != own)
    return [guide(desk, language) for desk in desks]


def own_desk() -> str | None:
    """Return the desk that the reader works at."""
    return next((desk for role, desk in DESKS.items() if role == me().role), None)


def screen_words(text: str) -> Markup:
    """Return a step with the words of the screen as the reader's screen says them, in bold."""
    parts = WORD.split(text)
    return Markup("").join(
        Markup("<b>{}</b>").format(_(part)) if n % 2 else escape(part)
        for n, part in enumerate(parts)
    )


def href_here() -> str:
    """Return the address of the help for the page at hand: the task it is for, else its desk."""
    own = own_desk()
    if own is None:
        return url_for("public.guide")
    for one in guides():
        for task in one.tasks:
            if request.endpoint in task.pages:
                return url_for("public.desk_guide", desk=one.desk, _anchor=task.name)
    return url_for("public.desk_guide", desk=own)
