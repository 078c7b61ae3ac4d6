"""A client that behaves like a browser: it follows forms, and every page is inspected."""

from __future__ import annotations

import time
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from jobcenter.accounts.models import User
from jobcenter.accounts.rules import start_session
from jobcenter.kernel.db import declare_kind
from tests.support.pagecheck import inspect


class Client:
    """Wraps Flask's test client; what the test's session wrote is committed before each call."""

    def __init__(self, app: Flask, session: Session) -> None:
        self.app = app
        self.session = session
        self.browser = app.test_client()
        self._html = ""
        self._page: BeautifulSoup | None = None

    @property
    def page(self) -> BeautifulSoup | None:
        """The last page, read into a tree when a test first asks for it."""
        if self._page is None and self._html:
            self._page = BeautifulSoup(self._html, "html.parser")
        return self._page

    @page.setter
    def page(self, page: BeautifulSoup | None) -> None:
        self._html, self._page = "", page

    def sign_in_as(self, user: User) -> Client:
        """Sign in without a password, as a browser that did so before."""
        token = start_session(self.session, user=user, hours=12, browser="test")
        self.session.commit()
        with self.browser.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True
            cookie["seen"] = int(time.time())
        self.token = token
        self.page = None
        return self

    def open(self, path: str, *, method: str = "GET", look: bool = True, **kw: Any) -> TestResponse:
        """Send a request; HTML answers are inspected and kept as `page`, unless not looked at."""
        self.session.commit()
        try:
            response = self.browser.open(path, method=method, **kw)
            response.get_data()
            response.close()
        finally:
            declare_kind(writing=True)
        self.session.expire_all()
        is_page = look and response.mimetype == "text/html" and method != "HEAD"
        if is_page and response.status_code not in (301, 302, 303, 308):
            self.page, self._html = None, response.get_data(as_text=True)
            inspect(self._html, f"{method} {path}")
        return response

    def get(self, path: str, **kw: Any) -> TestResponse:
        """Fetch a page."""
        return self.open(path, **kw)

    def post(self, path: str, data: dict[str, Any] | None = None, **kw: Any) -> TestResponse:
        """Post `data` with the token of the last page (fetching one if there was none)."""
        return self.open(path, method="POST", data={"csrf_token": self.csrf()} | (data or {}), **kw)

    def csrf(self) -> str:
        """Return a token for this browser."""
        if self.page is None or not self.page.find("input", {"name": "csrf_token"}):
            self.get("/help")
            if self.page is None or not self.page.find("input", {"name": "csrf_token"}):
                self.get("/sign-in")
        field = self.page.find("input", {"name": "csrf_token"}) if self.page else None
        return str(field["value"]) if isinstance(field, Tag) else ""

    def submit(
        self, path: str, values: dict[str, Any], *, action: str | None = None
    ) -> TestResponse:
        """Open `path`, fill its form (the one that posts to `action`) and send it."""
        self.get(path)
        return self.send(path, values, action=action)

    def send(self, path: str, values: dict[str, Any], *, action: str | None = None) -> TestResponse:
        """Fill the form of the page at hand and send it."""
        form = self.form(action)
        target = str(form.get("action") or path)
        return self.open(target, method="POST", data=fields(form) | values)

    def form(self, action: str | None = None) -> Tag:
        """Return the posting form of the page: by its action, else the one with most fields."""
        assert self.page is not None
        forms = [f for f in self.page.find_all("form") if f.get("method", "").lower() == "post"]
        if action is not None:
            forms = [f for f in forms if action in str(f.get("action", ""))]
        assert forms, "no such form on the page"
        return max(forms, key=lambda form: len(form.find_all(["input", "select", "textarea"])))


def fields(form: Tag) -> dict[str, Any]:
    """Return what a browser would send for an untouched form."""
    sent: dict[str, Any] = {}
    for field in form.find_all(["input", "select", "textarea"]):
        name = field.get("name")
        if not name or field.has_attr("disabled"):
            continue
        for value in _values(field):
            before = sent.get(name)
            sent[name] = value if before is None else [*_list(before), value]
    return sent


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _values(field: Tag) -> list[str]:
    if field.name == "textarea":
        return [field.get_text().removeprefix("\n")]
    if field.name == "select":
        chosen = field.find_all("option", selected=True)
        options = chosen or ([] if field.has_attr("multiple") else field.find_all("option")[:1])
        return [str(option.get("value", option.get_text())) for option in options]
    if field.get("type") in ("checkbox", "radio") and not field.has_attr("checked"):
        return []
    if field.get("type") in ("submit", "button", "file"):
        return []
    return [str(field.get("value", "on" if field.get("type") == "checkbox" else ""))]
