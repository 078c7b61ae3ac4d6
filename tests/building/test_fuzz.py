"""Odd input over every address and form, as each role: a clear answer, never a crash.

The real forms are filled as somebody would, then some of it is spoilt, so that what is odd gets
behind the first check. A seeded sample here; `python -m tests.proof fuzz` sends 20,000 to each
database.
"""

from __future__ import annotations

import os
import random
import re
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from tests.building.test_mass_assignment import SEVERAL, free_to_act, ways
from tests.support.client import Client
from tests.support.crawl import address, routes, send
from tests.support.objects import arguments
from tests.support.postings import PASSWORD, Posting, met_by, postings
from tests.support.realm import Realm
from tests.support.untouched import untouched

pytestmark = pytest.mark.building
SEED = os.environ.get("JOBCENTER_SEED", "1")
COUNT = int(os.environ.get("JOBCENTER_FUZZ", "420"))
ANONYMOUS = "anonymous"
ROLES = (ANONYMOUS, *[role.value for role in Role])
ODD = (
    "", " ", "0", "-1", "99999999999999999999", "2147483648", "9223372036854775808", "1e309",
    "NaN", "\x00", "a\x00b", "\u202eabc\u202c", "\u200f0912345678", "e\u0301\u0323" * 30,
    "đ" * 5_000, "x" * 100_000, "%", "_%", "'", '"', "<script>alert(1)</script>", "{{7*7}}",
    "%(name)s", "=1+1", "|", "a|b", "../../etc/passwd", "31/02/2026", "00/00/0000",
    "01/01/0001", "31/12/9999", "2026-01-01", "12/2026", "0000", "9999", "1899", "yes", "no",
    "on", "\r\n", "a\r\nSet-Cookie: a", "Nguyễn", "Nguye\u0302\u0303n Va\u0306n A", "１２３", "٣",
    "²", "Ⅷ", "0912345678", "+84 912 345 678", "031098001234", "012345678", "true", "[]", "{}",
    "null", "None", "\ud800", "\udfff", "\ufffe", "\U0001f600", "/\\evil", "//evil.example",
    "office", "thcs", "so-cap", "counter", "approve", "1,5", "1.000.000", "-0", "0x10", "١٢٣",
    "x" * 121, "a " * 90, "00000000-0000-0000-0000-000000000000", "|".join("abcdefg"),
    "031098001234|012345678|Nguyễn|99999999|Nữ|x|99999999", "İ" * 60, "ﬁ" * 70,
)  # fmt: skip
# What may stand in the place of a key or a code in an address.
ODD_PARTS = ("", "0", "-1", "..", "%00", "%ff", "%ed%a0%80", "a" * 3000, "é", "x'--", "A" * 36)
PAGING = ("page", "size", "sort", "text", "state", "next", "to", "purpose", "show", "q", "since")
BYTES = ("%00", "%ff", "%ed%a0%80", "%c0%80", "%F4%90%80%80", "%")  # text that is none
KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@pytest.mark.parametrize("role", ROLES)
def test_odd_input_never_crashes(
    app: Flask, client: Client, session: Session, realm: Realm, role: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    draw = random.Random(f"{SEED}-{role}")
    if role != ANONYMOUS:
        account = realm.account(role)
        account.password_hash = app.config["HASHER"].hash(PASSWORD)
        client.sign_in_as(account)
    forms = met_by(app, client, realm)
    free_to_act(session, realm)
    seen = {(form.endpoint, frozenset(form.names)) for form in forms}
    own = {"firm": realm.worlds["a"].rows["enterprise"].name, "height_cm": "170"}
    pages = [rule for rule in routes(app) if "GET" in (rule.methods or ())]
    with client.browser.session_transaction() as cookie:
        kept = dict(cookie)
    crashed, statuses = [], set()
    with untouched(app, monkeypatch):
        for turn in range(COUNT // len(ROLES)):
            body: str | None
            if forms and draw.random() < 0.7:
                # every form in turn, then again
                method, (path, body) = "POST", spoilt(forms[turn % len(forms)], own, draw)
            else:
                method, (path, body) = "GET", asked(app, draw.choice(pages), realm, draw)
            answer = send(
                client, path, method, data=body,
                content_type="application/x-www-form-urlencoded" if method == "POST" else None,
            )  # fmt: skip
            statuses.add(answer.status_code)
            if answer.status_code >= 500:
                crashed.append((method, path[:200], (body or "")[:1500], answer.status_code))
            is_page = answer.mimetype == "text/html" and answer.status_code in (200, 409, 422)
            if method == "POST" and is_page and len(forms) < 400:
                # a page that only an answer shows: a question asked back, a merge
                forms += postings(app, answer.text, path, seen)
            with client.browser.session_transaction() as cookie:
                cookie.clear()
                cookie.update(kept)
    assert not crashed, f"{len(crashed)} crashed, the first: {crashed[:3]}"
    assert statuses & {200, 302, 303}, "nothing was taken"
    assert statuses & {400, 404, 422}, "nothing was refused"


def spoilt(form: Posting, own: dict[str, str], draw: random.Random) -> tuple[str, str]:
    """Return where and what to post: a form filled well, then with some of it made odd."""
    # commits are undone here, and these act in several: they are never proved
    unproved = {"current": "sai"} if form.endpoint in SEVERAL else {}
    sent = list(draw.choice(ways(form, own | unproved)))
    for _n in range(draw.choice((1, 1, 2, 3, 5))):
        deed, place = draw.random(), draw.randrange(len(sent)) if sent else 0
        names = [name for name in sorted(form.names) if name != "csrf_token"] or ["text"]
        name = draw.choice(names)
        if deed < 0.6:
            sent = [one for one in sent if one[0] != name] + [(name, odd(draw))]
        elif deed < 0.7 and sent and sent[place][0] != "csrf_token":
            del sent[place]
        elif deed < 0.8:  # an array where one is meant
            sent += [(name, odd(draw)) for _ in range(draw.choice((1, 2, 40)))]
        elif deed < 0.9:  # a line that the form has not, or a name that is no name
            line = re.sub(r"-\d+-", f"-{draw.choice((0, 7, 199, 99999, -3))}-", name)
            sent.append((draw.choice((line, name + "[]", name + "-0", "", "\x00")), odd(draw)))
        else:  # another's or a made-up key, the version of another day
            sent = [(n, KEY.sub("0" * 8, v) if draw.random() < 0.5 else v) for n, v in sent]
            sent = [
                (n, odd(draw) if n in ("version", "opened", "form_key") else v) for n, v in sent
            ]
    body = encoded(sent)
    if draw.random() < 0.05:
        body += f"&{quote(draw.choice(sorted(form.names)))}={draw.choice(BYTES)}"
    return form.path, body


def asked(app: Flask, rule: Any, realm: Realm, draw: random.Random) -> tuple[str, None]:
    """Return an address with odd questions, or with something odd in its place."""
    world = realm.worlds[draw.choice("ab")].keys
    path = address(app, rule, world)
    if rule.arguments and draw.random() < 0.4:
        keys = [one for one in path.split("/") if KEY.fullmatch(one)]
        codes = [kind for _name, kind, is_key in arguments(rule) if not is_key]
        part = draw.choice([*keys, *codes])
        path = path.replace(part, draw.choice(ODD_PARTS), 1)
    questions = [(draw.choice(PAGING), odd(draw)) for _ in range(draw.randint(0, 4))]
    query = encoded(questions)
    if draw.random() < 0.05:
        query += f"&text={draw.choice(BYTES)}"
    return (f"{path}?{query}" if query else path), None


def odd(draw: random.Random) -> str:
    """Return something that no form expects; now and then two things in one."""
    return "".join(draw.choice(ODD) for _ in range(draw.choice((1, 1, 1, 2))))


def encoded(pairs: list[tuple[str, str]]) -> str:
    """Return pairs as a browser sends them, lone surrogates as the bytes that they are not."""
    return urlencode(pairs, encoding="utf-8", errors="surrogatepass")
