"""An occupation is picked while typing; without JavaScript the same choice comes after saving."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from jobcenter.accounts.choices import Role
from tests.browser.test_pages import WIDTHS, check, enter

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
NEW = "/counsellor/vacancies/new"


def test_the_nearest_occupations_are_offered_while_typing(
    browser: Browser, site: str, town: dict[str, Any]
) -> None:
    context = browser.new_context(viewport=WIDTHS["phone"], bypass_csp=True)
    page = enter(context, site, Role.COUNSELLOR.value)
    page.goto(site + NEW)
    page.fill("#title", "Thợ may")
    page.fill("#headcount", "3")
    page.locator("#occupation_code").press_sequentially("tho may")
    choice = page.get_by_label("Thợ vận hành máy may 8153")
    expect(choice).to_be_visible()
    check(page, NEW, "phone")
    choice.check()
    page.get_by_role("button", name="Lưu vị trí tuyển").click()
    expect(page.get_by_role("main")).to_contain_text("8153 – Thợ vận hành máy may")
    context.close()


def test_without_script_the_choice_stands_there_after_saving(
    browser: Browser, site: str, town: dict[str, Any]
) -> None:
    context = browser.new_context(viewport=WIDTHS["pc"], java_script_enabled=False)
    page = enter(context, site, Role.COUNSELLOR.value)
    page.goto(site + NEW)
    page.fill("#title", "Thợ may")
    page.fill("#headcount", "3")
    page.fill("#occupation_code", "tho may")
    page.get_by_role("button", name="Lưu vị trí tuyển").click()
    page.get_by_label("Thợ vận hành máy may 8153").check()
    assert page.input_value("#title") == "Thợ may"
    page.get_by_role("button", name="Lưu vị trí tuyển").click()
    expect(page.get_by_role("main")).to_contain_text("8153 – Thợ vận hành máy may")
    context.close()
