"""The panel beside the intake form: it appears while one types, and goes when it is answered."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.people.models import Person
from tests.browser.test_pages import WIDTHS, enter, findings

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_panel_comes_while_typing_and_is_answered(
    app: Flask, browser: Browser, site: str, town: dict[str, Any], session: Session, width: str
) -> None:
    known = session.scalars(select(Person).where(Person.full_name == "Đỗ Thị Quyên")).one()
    session.commit()  # it would hold SQLite's one writer's place
    context = browser.new_context(viewport=WIDTHS[width], bypass_csp=True)
    page = enter(context, site, "counsellor")
    errors: list[str] = []
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    path = "/counsellor/seekers/new"
    page.goto(site + path)
    page.type("[name=full_name]", "Quyen Do Thi")
    page.type("[name=birth]", "14/03/1998")
    panel = page.locator("#lookalikes section")
    panel.wait_for()
    assert known.full_name in panel.inner_text()
    assert "Họ và tên viết đảo thứ tự" in panel.inner_text()
    assert not findings(page, path, width)
    assert page.evaluate("document.activeElement.name") == "birth"  # typing goes on
    page.click("#lookalikes button[name=other]")
    panel.wait_for(state="detached")
    assert page.input_value("[name=full_name]") == "Quyen Do Thi"
    page.check("[name=consents][value=register]")
    page.press("[name=full_name]", "Enter")  # saves: nobody is asked about again
    page.wait_for_url("**/slip?*")  # the visitor leaves with a slip
    assert not errors, errors
    context.close()
