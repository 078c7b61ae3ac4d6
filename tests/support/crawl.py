"""Walking through everything that a role may open, fast: answers are read, not inspected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from jobcenter.kernel.db import declare_kind
from tests.support.client import Client
from tests.support.objects import arguments, values
from tests.support.realm import Realm

LINK = re.compile(r'(?:href|action|src)="(/[^"#]*)')
KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
CARRIES = re.compile(rf'value="{KEY.pattern}')
MOST_LINKS = 150
NOT_OPENED = ("static", "public.sign_out", "public.language")


def routes(app: Flask) -> Iterator[Rule]:
    """Yield every rule but the static files, in the order of the addresses."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        if rule.endpoint != "static":
            yield rule


def address(app: Flask, rule: Rule, keys: dict[str, Any]) -> str:
    """Return an address of a rule, with keys by table (`values`) or by argument."""
    found = values(rule, keys) if set(rule.arguments) - set(keys) else keys
    with app.test_request_context():
        return app.url_map.bind("localhost").build(
            rule.endpoint, {name: found[name] for name in rule.arguments}
        )


def send(client: Client, path: str, method: str = "GET", **kw: Any) -> TestResponse:
    """Send a request and return the answer whole; nothing is inspected."""
    client.session.commit()
    try:
        response = client.browser.open(path, method=method, **kw)
        response.get_data()
        response.close()
    finally:
        declare_kind(writing=True)
    return response


def first_addresses(app: Flask, realm: Realm) -> Iterator[str]:
    """Yield each address that can be read: of the worlds a and b, and searched for somebody."""
    b = {one.column: one.text for one in realm.markers if one.world == "b"}
    asks = [
        {"text": b["person.full_name"], "q": b["person.full_name"], "purpose": "xem"},
        {"text": b["person.id_number"][-4:], "login": b["user.login"], "show": "all"},
    ]
    for rule in routes(app):
        if "GET" not in (rule.methods or ()) or rule.endpoint in NOT_OPENED:
            continue
        has_key = any(is_key for _name, _kind, is_key in arguments(rule))
        for world in ("a", "b") if has_key else ("a",):
            path = address(app, rule, realm.worlds[world].keys)
            yield path
            if has_key and world == "b":
                yield f"{path}?{urlencode({'purpose': 'xem', 'show': 'all'})}"
        if not rule.arguments:
            yield from (f"{path}?{urlencode(ask)}" for ask in asks)


def fields_with_keys(app: Flask, html: str, path: str) -> Iterator[tuple[str, str]]:
    """Yield (endpoint, name) of fields and parameters on a page that carry a record's key."""
    for link in LINK.findall(html):
        for name, value in parse_qsl(urlsplit(link.replace("&amp;", "&")).query):
            if KEY.fullmatch(value):
                yield endpoint_of(app, link, "GET"), name
    if not CARRIES.search(html):
        return
    for one in BeautifulSoup(html, "html.parser").select("input, option, button"):
        form, choice = one.find_parent("form"), one.find_parent("select")
        name = one.get("name") or (choice.get("name") if choice else None)
        if form and name and KEY.match(str(one.get("value", ""))):
            method = str(form.get("method", "get")).upper()
            yield endpoint_of(app, str(form.get("action") or path), method), str(name)


def endpoint_of(app: Flask, target: str, method: str) -> str:
    """Return the endpoint behind an address, or the address where there is none."""
    try:
        return str(app.url_map.bind("localhost").match(target.partition("?")[0], method)[0])
    except HTTPException:
        return target


def shape_of(link: str) -> tuple[str, ...]:
    """Return what makes links alike: the address without keys, and what it asks for."""
    parts = urlsplit(link)
    asked = parse_qsl(parts.query, keep_blank_values=True)
    return (KEY.sub("*", parts.path), *sorted({name for name, _value in asked}))


def crawl(app: Flask, client: Client, realm: Realm) -> Iterator[tuple[str, TestResponse]]:
    """Open every address, then what the pages link to and was not seen in that shape yet."""
    queue, shapes, seen = list(first_addresses(app, realm)), set(), set()
    followed = 0
    while queue:
        path = queue.pop(0)
        if path in seen:
            continue
        seen.add(path)
        response = send(client, path)
        yield path, response
        if response.mimetype != "text/html":
            continue
        for link in LINK.findall(response.text):
            link = link.replace("&amp;", "&")
            shape = shape_of(link)
            is_new = shape not in shapes and not link.startswith(("/static/", "/language/"))
            if is_new and followed < MOST_LINKS and link != "/sign-out":
                shapes.add(shape)
                followed += 1
                queue.append(link)
