"""The real forms that a role meets, filled as somebody would fill them; and posts that leave no
trace, so that each form is tried on the same records.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag
from flask import Flask

from jobcenter.kernel import clock
from tests.support.client import Client
from tests.support.crawl import KEY, address, endpoint_of, routes, send
from tests.support.objects import arguments
from tests.support.realm import Realm

FORM = re.compile(r'<form\b[^>]*method="post".*?</form>', re.DOTALL | re.IGNORECASE)
NAMED = re.compile(r'\bname="([^"]*)"')
ACTION = re.compile(r'\baction="([^"]*)"')
NUMBER = re.compile(r"-\d+-")
NOT_POSTED = ("public.sign_out", "public.language")


@dataclass
class Posting:
    """A form: where it posts, what an untouched one sends, and what its fields may hold."""

    endpoint: str
    path: str
    sent: list[tuple[str, str]]
    options: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        """Return the names that the form sends, its buttons' too."""
        return {*self.kinds, *(name for name, _value in self.sent), *(n for n, _v in self.buttons)}


def postings(
    app: Flask, html: str, path: str, seen: set[tuple[str, frozenset[str]]]
) -> Iterator[Posting]:
    """Yield the posting forms of a page whose shape is not in `seen` yet, and note it there."""
    for text in FORM.findall(html):
        action = ACTION.search(text.partition(">")[0])
        target = (action[1] if action else "").replace("&amp;", "&") or path
        endpoint = endpoint_of(app, target, "POST")
        shape = (
            endpoint,
            frozenset(NUMBER.sub("-0-", KEY.sub("*", n)) for n in NAMED.findall(text)),
        )
        if endpoint == target or endpoint in NOT_POSTED or shape in seen:
            continue
        seen.add(shape)
        yield _read(endpoint, target, BeautifulSoup(text, "html.parser"))


def _read(endpoint: str, target: str, form: BeautifulSoup) -> Posting:
    found = Posting(endpoint, target, [])
    for one in form.select("input, select, textarea, button"):
        name, kind = str(one.get("name") or ""), str(one.get("type") or one.name)
        if not name or one.has_attr("disabled"):
            continue
        if one.name == "button" or kind in ("submit", "image"):
            found.buttons.append((name, str(one.get("value", ""))))
            continue
        found.kinds[name] = kind
        values, options = _values(one, kind)
        found.sent += [(name, value) for value in values]
        if options:
            found.options.setdefault(name, []).extend(options)
    return found


def _values(one: Tag, kind: str) -> tuple[list[str], list[str]]:
    """Return what an untouched field sends, and what it offers."""
    if one.name == "textarea":
        return [one.get_text().removeprefix("\n")], []
    if one.name == "select":
        all_of = one.find_all("option")
        chosen = [o for o in all_of if o.has_attr("selected")]
        if not chosen and not one.has_attr("multiple"):
            chosen = all_of[:1]
        return [str(o.get("value", "")) for o in chosen], [str(o.get("value", "")) for o in all_of]
    value = str(one.get("value", "on" if kind == "checkbox" else ""))
    if kind in ("checkbox", "radio"):
        return [value] if one.has_attr("checked") else [], [value]
    return ([], []) if kind == "file" else ([value], [])


def met_by(app: Flask, client: Client, realm: Realm) -> list[Posting]:
    """Return every shape of form that whoever is signed in meets, asking each address once."""
    seen: set[tuple[str, frozenset[str]]] = set()
    found: list[Posting] = []
    for rule in routes(app):
        if "GET" not in (rule.methods or ()) or rule.endpoint in NOT_POSTED:
            continue
        path = address(app, rule, realm.worlds["a"].keys)
        has_key = any(is_key for _name, _kind, is_key in arguments(rule))
        for asked in ("", "?purpose=xem&show=all") if has_key else ("",):
            response = send(client, path + asked)
            if response.mimetype == "text/html" and response.status_code == 200:
                found += postings(app, response.text, path + asked, seen)
    return found


def on(days: int) -> str:
    """Return the day so many days from now, as people write it."""
    return (clock.today() + dt.timedelta(days=days)).strftime("%d/%m/%Y")


# How people fill fields, by name (of a line: by its last part); others stay as they are.
TYPED = {
    "name": "Nguyễn Văn Mẫu", "full_name": "Nguyễn Văn Mẫu", "contact_name": "Nguyễn Văn Mẫu",
    "login": "nguoi.mau", "email": "mau@mau.vn", "phone": "0912 345 678",
    "contact_phone": "0912 345 678", "tax_number": "0201234569", "id_number": "031098001234",
    "birth": "14/03/1998", "day": on(200), "valid_from": on(37), "reason": "Theo đơn",
    "why": "Ghi nhầm", "note": "Đã hỏi", "source": "Văn bản số 5", "stops": "Cầu Rào | 06:10",
    "code": "ma-moi", "title": "Công nhân may", "headcount": "5", "deadline": on(66),
    "pay_min": "7000000", "pay_max": "9000000", "firm_name": "Công ty TNHH Mẫu Mới",
    "address": "Lô A1", "name_vi": "Tên mới", "name_en": "New name", "title_vi": "Giám đốc",
    "title_en": "Director", "text": "Công việc thật sự cần, có văn bản", "phrase": "thợ mẫu",
    "evidence": "Phiếu số 3", "vietnamese": "120", "foreign": "3",
    "description": "May các công đoạn áo khoác",
    "text_vi": "Tôi đồng ý theo lời văn mới, viết đủ dài để ai nghe cũng hiểu.",
    "text_en": "I agree to these new words, long enough for everybody to understand.",
    "value": "16", "pattern": "GG-{year}-{number}", "on": on(6), "ended_on": on(0),
    "started_on": on(6), "since": on(-20), "wish": "Công nhân may", "about": "Hỏi việc",
    "password": "mật khẩu rất dài của tôi 2026", "again": "mật khẩu rất dài của tôi 2026",
    "current": "mật khẩu cũ cũng rất dài 2025", "monthly_1": "5310000", "hourly_1": "25500",
    "monthly_2": "4730000", "hourly_2": "22700", "monthly_3": "4140000", "hourly_3": "20000",
    "monthly_4": "3700000", "hourly_4": "17800", "communes": "11602",
    "position": "Trưởng phòng",
}  # fmt: skip
PASSWORD = TYPED["current"]
AGREED = ("consents",)  # boxes that are ticked
FIRST = ("jobs-0", "contacts-1", "routes-1")  # lines that somebody fills, not half
LINE = re.compile(r"(\w+-\d+)-")


def filled(form: Posting, **own: str) -> list[tuple[str, str]]:
    """Return the form as somebody sends it: what is there stays, what is empty gets a value.

    `own` says more than what is there; an open choice takes the first that is offered.
    """

    def typed(name: str, value: str) -> str:
        if name in own:
            return own[name]
        line = LINE.match(name)
        if value or form.kinds[name] == "hidden" or (line and line[1] not in FIRST):
            return value
        if form.kinds[name] == "select":
            offered = [one for one in form.options.get(name, ()) if one]
            return offered[0] if offered and not line else ""
        return TYPED.get(name.rpartition("-")[2], "")

    sent = [(name, typed(name, value)) for name, value in form.sent]
    there = {name for name, _value in sent}
    for name, kind in form.kinds.items():
        if name not in there and (kind == "radio" or name in AGREED):
            sent += [(name, value) for value in form.options[name] if value][:1]
    return sent + form.buttons[:1]
