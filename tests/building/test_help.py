"""In-app help: the same tasks in both languages, about pages and words that exist."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from jobcenter.accounts.choices import Role
from jobcenter.desks import helping
from jobcenter.desks.access import policy_of
from jobcenter.desks.helping import DESKS, HERE, WORD, guide
from jobcenter.desks.pages import MENUS
from tests.building.test_words import CATALOGUE, VIETNAMESE, messages, read_po

pytestmark = pytest.mark.building
# Pages that hand out a file or a picture, or stand outside a desk's daily work.
FILES = re.compile(r"(_file|_sample|_calendar|_paper|_picture|_notice|_template|_form)$")


def test_both_languages_hold_the_same_tasks_pages_and_words() -> None:
    for desk in DESKS.values():
        ours, theirs = guide(desk, "vi"), guide(desk, "en")
        assert [t.name for t in ours.tasks] == [t.name for t in theirs.tasks], desk
        assert len({t.name for t in ours.tasks}) == len(ours.tasks), desk
        for vi, en in zip(ours.tasks, theirs.tasks, strict=True):
            assert vi.pages == en.pages, (desk, vi.name)
            assert len(vi.steps) == len(en.steps) >= 2, (desk, vi.name)
            assert len(vi.notes) == len(en.notes), (desk, vi.name)
            for one, other in zip(vi.steps + vi.notes, en.steps + en.notes, strict=True):
                assert sorted(WORD.findall(one)) == sorted(WORD.findall(other)), (desk, vi.name)
                assert not VIETNAMESE.search(WORD.sub("", other)), (desk, en.name)
            assert vi.title != en.title
    assert {path.name for path in (HERE / "vi").iterdir()} == {f"{d}.txt" for d in DESKS.values()}
    assert {path.name for path in (HERE / "en").iterdir()} == {f"{d}.txt" for d in DESKS.values()}


def test_help_calls_things_as_the_screens_do() -> None:
    said = {text for text, _path in messages()}
    for desk in DESKS.values():
        for task in guide(desk, "vi").tasks:
            used = {word for line in task.steps + task.notes for word in WORD.findall(line)}
            assert not used - said, (desk, task.name, used - said)
    with CATALOGUE.open("rb") as file:
        assert read_po(file, locale="en")


def test_every_page_named_exists_and_every_place_of_a_menu_has_its_task(app: Flask) -> None:
    for desk in DESKS.values():
        for task in guide(desk, "vi").tasks:
            unknown = [page for page in task.pages if page not in app.view_functions]
            assert task.pages, (desk, task.name)
            assert not unknown, (desk, task.name, unknown)
    for role, desk in DESKS.items():
        own = {page for task in guide(desk, "vi").tasks for page in task.pages}
        every = own | {
            page for d in DESKS.values() for t in guide(d, "vi").tasks for page in t.pages
        }
        for _label, endpoint in MENUS[role]:
            assert endpoint in every, (desk, endpoint)
        assert MENUS[role][0][1] in own


def test_every_page_of_a_desk_leads_to_a_task(app: Flask) -> None:
    told = {page for d in DESKS.values() for t in guide(d, "vi").tasks for page in t.pages}
    for rule in app.url_map.iter_rules():
        desk = rule.endpoint.split(".")[0]
        if desk not in {"counsellor", "enterprise", "school", "manager", "seeker", "admin"}:
            continue
        if "GET" not in (rule.methods or ()) or "<form>" in rule.rule:
            continue
        if FILES.search(rule.endpoint) and rule.endpoint != "admin.office_form":
            continue
        assert rule.endpoint in told, f"{rule.endpoint} has no help"
        assert policy_of(app, rule.endpoint) is not None


def test_links_lead_to_the_task_of_the_page(app: Flask) -> None:
    assert set(DESKS) <= set(Role)
    with app.test_request_context("/help"):
        assert helping.href_here() == "/help"
        assert len(helping.guides()) == len(DESKS)
        text = helping.screen_words("<x> [[Lưu hồ sơ]]")
        assert text == "&lt;x&gt; <b>Lưu hồ sơ</b>"
