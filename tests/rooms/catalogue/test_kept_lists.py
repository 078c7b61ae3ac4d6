"""Lists that an administrator keeps: shipped updates respect it, old records keep old values."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, Right
from jobcenter.audit.models import LedgerEntry
from jobcenter.catalogue import editing, queries, rules
from jobcenter.catalogue.choices import LIST_NAMES, WRITE
from jobcenter.catalogue.models import CodeValue
from jobcenter.kernel import clock
from jobcenter.kernel.actor import system
from jobcenter.kernel.errors import NotAllowed, Refused

BY = system("test", EVERYTHING)
DAY = dt.timedelta(days=1)


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A copy of the shipped files, to be changed as a new version of the program would."""
    return Path(shutil.copytree(rules.DATA, tmp_path / "data"))


def rewrite(path: Path, change: Any) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        change(row)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def data(**given: Any) -> editing.ValueData:
    plain = {"name_vi": "Tên mới", "name_en": "New name", "source": "", "valid_from": None}
    return editing.ValueData(**plain | given)


def value(session: Session, of: str, code: str) -> CodeValue:
    return queries.one_value(session, of, code)


def test_a_shipped_update_changes_what_nobody_edited_and_nothing_else(
    session: Session, shipped: Path
) -> None:
    shift = value(session, "K", "night")
    kept = data(name_vi="Ca đêm", name_en=shift.name_en, source=shift.source)
    editing.change_value(session, value=shift, data=kept, version=None, by=BY)
    editing.add_value(session, of="K", code="weekend", data=data(), by=BY)

    def update(row: dict[str, str]) -> None:
        if (row["list"], row["code"]) in (("K", "night"), ("K", "office")):
            row["name_vi"] += " (bản mới)"
            row["name_en"] += " (new)"

    rewrite(shipped / "code_lists.csv", update)
    before = queries.stamp(session)
    assert set(rules.load_shipped(session, shipped)) == {"code_lists.csv"}
    assert queries.stamp(session) != before
    assert value(session, "K", "night").name_vi == "Ca đêm"
    assert value(session, "K", "night").name_en.endswith("(new)")
    assert value(session, "K", "office").name_vi == "Hành chính (bản mới)"
    assert value(session, "K", "weekend").name_vi == "Tên mới"
    assert rules.load_shipped(session, shipped) == {}


def test_dates_decide_what_forms_offer_and_names_stay_for_ever(session: Session) -> None:
    today = clock.today()
    night = value(session, "K", "night")
    editing.end_value(session, value=night, last_day=today, version=None, by=BY)
    editing.add_value(session, of="K", code="dawn", data=data(valid_from=today + DAY), by=BY)
    assert "night" in queries.lists(session, on=today).codes("K")
    tomorrow = queries.lists(session, on=today + DAY)
    assert "night" not in tomorrow.codes("K")
    assert tomorrow.codes("K")[-1] == "dawn"
    assert "dawn" not in queries.lists(session, on=today).codes("K")
    assert tomorrow.name("K", "night", "vi") == "Ca đêm cố định"
    editing.reinstate_value(session, value=night, version=None, by=BY)
    assert "night" in queries.lists(session, on=today + DAY).codes("K")


def test_a_value_moves_and_the_others_close_up(session: Session) -> None:
    codes = [one.code for one in queries.values_of(session, "N")]
    editing.move_value(session, value=value(session, "N", codes[3]), to=1, by=BY)
    wanted = [codes[3], *codes[:3], *codes[4:]]
    rows = queries.values_of(session, "N")
    assert [row.code for row in rows] == wanted
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    editing.move_value(session, value=rows[0], to=999, by=BY)
    assert [r.code for r in queries.values_of(session, "N")] == [*wanted[1:], wanted[0]]


@pytest.mark.parametrize(
    ("of", "code", "given", "field"),
    [
        ("K", "night", {}, "code"),
        ("K", "ca đêm", {}, "code"),
        ("K", "", {}, "code"),
        ("K", "x" * 41, {}, "code"),
        ("K", "late", {"name_vi": "  "}, "name_vi"),
        ("K", "late", {"name_vi": "ca ĐÊM cố định"}, "name_vi"),
        ("K", "late", {"name_en": ""}, "name_en"),
        ("M", "late", {}, None),
        ("nothing", "late", {}, None),
    ],
)
def test_what_cannot_be_added_is_refused_by_field(
    session: Session, of: str, code: str, given: dict[str, Any], field: str | None
) -> None:
    with pytest.raises(Refused) as refused:
        editing.add_value(session, of=of, code=code, data=data(**given), by=BY)
    assert refused.value.field == field


def test_a_list_never_becomes_empty_and_fixed_lists_keep_their_values(session: Session) -> None:
    first, *rest = queries.values_of(session, "I")
    for one in rest:
        editing.end_value(session, value=one, last_day=clock.today(), version=None, by=BY)
    with pytest.raises(Refused, match="ít nhất một"):
        editing.end_value(session, value=first, last_day=clock.today(), version=None, by=BY)
    with pytest.raises(Refused, match="Phần mềm dựa vào"):
        editing.end_value(
            session, value=value(session, "M", "paused"), last_day=clock.today(),
            version=None, by=BY,
        )  # fmt: skip


def test_only_who_keeps_the_lists_may_and_the_ledger_tells(session: Session) -> None:
    assert WRITE == Right.CATALOGUE_WRITE
    with pytest.raises(NotAllowed):
        editing.move_value(
            session, value=value(session, "K", "night"), to=1, by=system("x", frozenset())
        )
    editing.move_value(session, value=value(session, "K", "night"), to=1, by=BY)
    line = session.scalars(select(LedgerEntry).where(LedgerEntry.subject_kind == "code-list")).one()
    assert (line.action, line.details) == (
        "move-value", {"list": "K", "code": "night", "place": 1},
    )  # fmt: skip


def test_every_list_that_ships_has_a_name(session: Session) -> None:
    found = set(session.scalars(select(CodeValue.list).distinct()))
    assert found == set(LIST_NAMES)


def test_lists_are_read_again_only_when_they_changed(session: Session) -> None:
    first = queries.lists(session)
    assert queries.lists(session) is first
    night = value(session, "K", "night")
    editing.change_value(session, value=night, data=data(), version=None, by=BY)
    assert queries.lists(session).name("K", "night", "vi") == "Tên mới"
