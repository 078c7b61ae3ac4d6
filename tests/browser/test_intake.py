"""The intake by keyboard alone, a scanner's burst, and a draft that survives a closed browser.

The shortest valid intake is the letters of the name and SHORTEST more keys: Tab to the consent,
Space for the yes, Enter to save. A usual one (name, yes, phone, birth year, sex, ward, wish) needs
USUAL keys beside the letters and digits themselves.
"""

from __future__ import annotations

from typing import Any

from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.drafts.models import Draft
from jobcenter.people.models import Person
from jobcenter.seekers.models import Seeker
from tests.browser import test_pages

pytestmark = test_pages.pytestmark
browser, site, town = test_pages.browser, test_pages.site, test_pages.town
NEW = "/counsellor/seekers/new"
SHORTEST = 3
USUAL = 15
SCAN = (
    "031098004321|012345678|Nguyen Thi Thu Huong|14031998|Nu|"
    "So 5, Lach Tray, Ngo Quyen, Hai Phong|10052021"
)


class Keys:
    """Presses keys one by one and counts them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.typed = 0
        self.other = 0

    def type(self, text: str) -> None:
        for letter in text:
            self.page.keyboard.press("Space" if letter == " " else letter)
            self.typed += 1

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.other += 1


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name || document.activeElement.id"))


def ready(page: Page, site: str) -> None:
    """Open the form and wait until the browser has put the cursor into it, as a person would."""
    page.goto(site + NEW)
    page.wait_for_function("document.activeElement.name === 'full_name'")


def opened(session: Session, name: str) -> Seeker:
    session.expire_all()
    found = select(Seeker).join(Person, Person.id == Seeker.person_id)
    seeker = session.scalars(found.where(Person.full_name == name)).one()
    session.commit()
    return seeker


def test_the_shortest_intake_is_a_name_and_three_keys(
    app: Flask, browser: Browser, site: str, town: dict[str, Any], session: Session
) -> None:
    page = test_pages.enter(browser.new_context(), site, Role.COUNSELLOR.value)
    ready(page, site)
    keys = Keys(page)
    keys.type("Le Thi Mai")
    keys.press("Tab", "Space")
    keys.press("Enter")
    page.wait_for_url("**/slip?*")
    seeker = opened(session, "Le Thi Mai")
    assert keys.other <= SHORTEST
    assert keys.typed + keys.other <= len("Le Thi Mai") + SHORTEST
    assert page.inner_text(".slip-who") == "Le Thi Mai"
    assert page.get_by_role("link", name="Mở hồ sơ").get_attribute("href") == (
        f"/counsellor/seekers/{seeker.key}"
    )
    page.context.close()


def test_a_usual_intake_needs_no_mouse_and_few_keys(
    app: Flask, browser: Browser, site: str, town: dict[str, Any], session: Session
) -> None:
    page = test_pages.enter(browser.new_context(), site, Role.COUNSELLOR.value)
    ready(page, site)
    keys = Keys(page)
    keys.type("Pham Van Tien")
    keys.press("Tab", "Space", "Tab")
    keys.type("0912345678")
    keys.press("Tab")
    keys.type("1990")
    keys.press("Tab", "Tab", "ArrowRight", "ArrowRight", "Tab")
    keys.type("Kien An")
    keys.press("Tab", "Tab", "Tab", "Tab")
    assert focused(page) == "wish"
    keys.type("han")
    keys.press("Enter")
    page.wait_for_url("**/slip?*")
    seeker = opened(session, "Pham Van Tien")
    assert keys.other <= USUAL
    person = seeker.person
    assert (person.phone, person.birth_year, person.sex) == ("+84912345678", 1990, "male")
    assert person.current_commune == "11443"
    page.context.close()


def test_a_scanner_fills_the_form_whatever_has_the_focus(
    app: Flask, browser: Browser, site: str, town: dict[str, Any], session: Session
) -> None:
    for script, focus in ((True, "#consents-0"), (True, "body"), (False, "#full_name")):
        context = browser.new_context(java_script_enabled=script)
        page = test_pages.enter(context, site, Role.COUNSELLOR.value)
        page.goto(site + NEW)
        if focus == "body":
            page.locator("#full_name").blur()
        else:
            page.focus(focus)
        page.keyboard.type(SCAN)
        page.keyboard.press("Enter")
        page.wait_for_selector(".banner")
        assert page.input_value("#id_number") == "031098004321", focus
        assert page.input_value("#full_name") == "Nguyen Thi Thu Huong"
        assert page.input_value("#permanent_commune") == "Phường Gia Viên"
        assert not page.is_checked("#consents-0")
        context.close()
    assert session.scalar(select(Person.id).where(Person.full_name.like("Nguyen%"))) is None


def test_a_draft_survives_a_closed_browser(
    app: Flask, browser: Browser, site: str, town: dict[str, Any], session: Session
) -> None:
    context = browser.new_context()
    page = test_pages.enter(context, site, Role.COUNSELLOR.value)
    page.clock.install()
    page.goto(site + NEW)
    page.focus("#full_name")
    page.keyboard.type("Vu Thi Lan")
    with page.expect_response("**/counsellor/drafts"):
        page.clock.fast_forward(5_000)
    page.wait_for_function("document.querySelector('[data-draft-told]').textContent !== ''")
    context.close()
    session.expire_all()
    assert session.scalars(select(Draft)).one().title == "Vu Thi Lan"
    session.commit()
    page = test_pages.enter(browser.new_context(), site, Role.COUNSELLOR.value)
    page.goto(f"{site}/counsellor/day")
    page.get_by_role("link", name="Vu Thi Lan").click()
    assert page.input_value("#full_name") == "Vu Thi Lan"
    page.context.close()
