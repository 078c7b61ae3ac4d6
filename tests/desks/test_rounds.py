"""Random rounds of editors who open one version: no field is ever lost without a choice.

After each round every field holds the last explicit choice about it: what its last editor typed, or
what was ticked on a merge page. A few rounds here; JOBCENTER_ROUNDS=500 for long runs.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.desks.conflicts import BOTH, MINE, THEIRS, merge
from jobcenter.desks.sheets import Cell, Row, Sheet, Table
from jobcenter.enterprises.models import Enterprise
from tests.support.client import Client, fields

Make = Callable[..., Any]
SEED = os.environ.get("JOBCENTER_SEED", "1")
ROUNDS = int(os.environ.get("JOBCENTER_ROUNDS", "3"))
POOL = {
    "sector": ["May mặc", "Giày da", "Điện tử", ""],
    "product": ["Áo sơ mi", "Bo mạch", "Dây điện", ""],
    "address": ["Lô A1", "Lô B2", ""],
    "note": ["Gọi buổi sáng", "Gọi buổi chiều\nsố lẻ", ""],
    "type": ["foreign", "private", ""],
    "phone": ["0225 381 2345", "0912 345 678", ""],
    "is_individual": ["y", None],
}


def typed(value: str | None, name: str) -> dict[str, Any]:
    return {} if value is None else {name: value}


def test_plain_fields_hold_the_last_choice(
    client: Client, session: Session, make_user: Make, make_enterprise: Make
) -> None:
    client.sign_in_as(make_user("counsellor"))
    for number in range(ROUNDS):
        draw = random.Random(f"{SEED}-{number}")
        firm = make_enterprise(sector="May mặc", address="Lô A1")
        path = f"/counsellor/enterprises/{firm.key}/edit"
        expected = state(client, path)
        opened = [(client.get(path), client.page)[1] for _editor in range(draw.randint(2, 4))]
        started = dict(expected)
        for page in draw.sample(opened, len(opened)):
            client.page = page
            changes = {n: draw.choice(POOL[n]) for n in draw.sample(sorted(POOL), 3)}
            sent = fields(client.form()) | {n: v for n, v in changes.items() if v is not None}
            for name in (n for n, v in changes.items() if v is None):
                sent.pop(name, None)
            answer = client.open(path, method="POST", data=sent)
            told = {n: v for n, v in changes.items() if v != started[n]}
            if answer.status_code == 409:
                told |= choose(client, path, draw, dict(expected), told, started)
            else:
                assert answer.status_code == 302
                changed = {n for n in POOL if expected[n] != started[n]}
                agreed = {n for n in changed if changes.get(n, started[n]) == expected[n]}
                assert changed == agreed, "somebody's change went by unseen"
            expected |= told
            assert state(client, path) == expected, (number, changes)


def state(client: Client, path: str) -> dict[str, str | None]:
    """Return what the record holds, as its form shows it."""
    client.get(path)
    shown = fields(client.form())
    return {name: shown.get(name) for name in POOL}


def choose(
    client: Client, path: str, draw: random.Random, saved: dict[str, str | None],
    mine: dict[str, str | None], started: dict[str, str | None],
) -> dict[str, str | None]:  # fmt: skip
    """Tick at random on the merge page; return what each choice means for its field."""
    assert client.page is not None
    radios = client.page.select("form.merge input[type=radio]")
    asked = {str(one["name"]).removeprefix("pick-") for one in radios}
    theirs = {n for n in POOL if saved[n] != started[n]}
    assert asked == {n for n in POOL if saved[n] != mine.get(n, started[n])}, "shown: all"
    preset = {str(one["name"])[5:] for one in radios if one.has_attr("checked")}
    assert asked - preset == {n for n in theirs & set(mine) if n in asked}, "both: no preset"
    picks = {n: draw.choice([MINE, THEIRS]) for n in sorted(asked)}
    answer = client.send(path, {f"pick-{n}": pick for n, pick in picks.items()})
    assert answer.status_code == 302
    return {n: mine.get(n, started[n]) if pick == MINE else saved[n] for n, pick in picks.items()}


def test_lines_hold_the_last_choice(
    client: Client, session: Session, make_user: Make, make_enterprise: Make
) -> None:
    """Editors change, add and take out contacts; nobody's line is dropped unseen."""
    client.sign_in_as(make_user("counsellor"))
    for number in range(ROUNDS):
        draw = random.Random(f"{SEED}-lines-{number}")
        firm = make_enterprise()
        path = f"/counsellor/enterprises/{firm.key}/contacts"
        client.submit(path, {f"contacts-{n}-name": f"Người {n}" for n in range(1)})
        client.submit(path, {"contacts-1-name": "Người 1", "contacts-1-position": "Kế toán"})
        pages = [(client.get(path), client.page)[1] for _editor in range(3)]
        promised: dict[str, str] = {}
        for editor, page in enumerate(pages):
            client.page = page
            values = {"contacts-2-name": f"Mới {editor}"}
            if draw.random() < 0.7:
                values["contacts-1-position"] = f"Chức {editor}"
            answer = client.send(path, values)
            if answer.status_code == 409:
                answer = client.send(path, settle(client, draw, promised, values, editor))
            else:
                promised |= {"Người 1": values.get("contacts-1-position", "Kế toán")}
                promised |= {"Người 0": "", f"Mới {editor}": ""}
            assert answer.status_code == 302
            session.expire_all()
            saved = session.scalars(select(Enterprise).where(Enterprise.id == firm.id)).one()
            assert {one.name: one.position for one in saved.contacts} == promised


def settle(
    client: Client, draw: random.Random, promised: dict[str, str], values: dict[str, str],
    editor: int,
) -> dict[str, str]:  # fmt: skip
    """Decide about the shared line at random, keep the rest as it is offered."""
    promised[f"Mới {editor}"] = ""
    assert client.page is not None
    names = {str(one["name"]) for one in client.page.select("form.merge input[type=radio]")}
    shared = [name for name in names if name.endswith("-position")]
    wanted = values.get("contacts-1-position")
    assert bool(shared) == (wanted not in (None, promised["Người 1"])) or not wanted
    if not shared or wanted is None:
        return {}
    picks = {shared[0]: draw.choice([MINE, THEIRS])}
    if picks[shared[0]] == MINE:
        promised["Người 1"] = wanted
    return picks


# --- the merge itself, against a twin that knows each line by its name -------------------------

PARTS = ("name", "a", "b")


def cell(text: str) -> Cell:
    return Cell("", (text,), text, text)


def table(lines: list[dict[str, str] | None]) -> Table:
    rows: list[Row | None] = [
        {part: cell(line[part]) for part in PARTS} if line else None for line in lines
    ]
    return Table("Dòng", False, PARTS, rows)


def edited(draw: random.Random, base: list[dict[str, str]], who: str, *, keeps_places: bool) -> Any:
    """Return `base` as one editor leaves it; a form keeps places, a database closes gaps."""
    found: list[dict[str, str] | None] = []
    for line in base:
        act = draw.random()
        if act < 0.2:
            found.append(None)
        elif act < 0.6:
            found.append(line | {draw.choice("ab"): draw.choice(["x", "y", who])})
        else:
            found.append(line)
    news = [{"name": draw.choice([f"{who}{n}", f"cả hai {n}"]), "a": "x", "b": ""} for n in (1, 2)]
    found += draw.sample(news, draw.randint(0, 2))
    if keeps_places:
        return found
    kept = [line for line in found if line]
    draw.shuffle(kept)
    return kept


def by_name(lines: list[Any]) -> dict[str, dict[str, str]]:
    return {line["name"]: line for line in lines if line}


def twin(was: Any, theirs: Any, mine: Any, pick: str) -> Any:
    """Return what one line must become when every open choice goes to `pick`."""
    if was and theirs and mine:
        return {part: twin_value(was[part], theirs[part], mine[part], pick) for part in PARTS}
    return twin_value(was, theirs, mine, pick)


def twin_value(was: Any, theirs: Any, mine: Any, pick: str) -> Any:
    if theirs == mine or was == theirs:
        return mine
    if was == mine:
        return theirs
    return mine if pick == MINE else theirs


@pytest.mark.parametrize("pick", [MINE, THEIRS])
def test_lists_merge_as_their_slow_twin_does(pick: str) -> None:
    for number in range(100 * ROUNDS):
        draw = random.Random(f"{SEED}-{number}")
        base = [
            {"name": f"n{i}", "a": draw.choice("xy"), "b": ""} for i in range(draw.randint(0, 4))
        ]
        theirs = edited(draw, base, "t", keeps_places=False)
        mine = edited(draw, base, "m", keeps_places=True)
        found = merge(
            opened=({}, Sheet({}, {"l": table(list(base))})),
            theirs=({}, Sheet({}, {"l": table(theirs)})),
            mine=Sheet({}, {"l": table(mine)}),
        )
        picks = {one.name: one.preset or pick for one in found.differences}
        sent = found.answers(picks)
        places = {name.split("-")[1] for name in sent}
        lines = [{p: sent[f"l-{i}-{p}"][0] for p in PARTS} for i in places]
        merged = [line for line in lines if any(line.values())]
        sides = by_name(base), by_name(theirs), by_name(mine)
        names = {name for side in sides for name in side}
        expected = {n: twin(*(side.get(n) for side in sides), pick) for n in names}
        assert by_name(merged) == {n: line for n, line in expected.items() if line}, number
        assert len(merged) == len(by_name(merged)), json.dumps(merged)
        both = [one for one in found.differences if one.kind == BOTH]
        assert all(not one.preset for one in both)
