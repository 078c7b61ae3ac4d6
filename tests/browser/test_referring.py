"""From finding a person to the printed letter, and a firm's answers, by keyboard alone."""

from __future__ import annotations

from typing import Any

from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.papers.models import Paper
from jobcenter.referrals.models import Referral
from jobcenter.seekers.models import Seeker
from tests.browser import test_pages
from tests.browser.test_pages import WIDTHS, enter

pytestmark = test_pages.pytestmark
MOST_TABS = 160
HERE = """() => { const e = document.activeElement;
  if (!/^(A|BUTTON|INPUT|SELECT|SUMMARY|TEXTAREA)$/.test(e.tagName)) return '';
  const label = e.labels && e.labels.length ? e.labels[0].innerText : '';
  const said = [e.getAttribute('aria-label'), label, e.innerText, e.value];
  return said.filter(Boolean).join(' | '); }"""


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has the focus says these words."""
    for _n in range(MOST_TABS):
        if words in str(page.evaluate(HERE)):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way by keyboard to {words!r} on {page.url}")


def back_to(page: Page, words: str) -> None:
    """Go back to what says these words by Shift and Tab, and press Enter on it."""
    for _n in range(MOST_TABS):
        if words in str(page.evaluate(HERE)):
            break
        page.keyboard.press("Shift+Tab")
    follow(page, words)


def follow(page: Page, words: str) -> None:
    """Go to what says these words by Tab, and press Enter on it."""
    tab_to(page, words)
    before = page.url
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != before)
    page.wait_for_load_state()


def test_find_match_refer_and_print_by_keyboard(
    browser: Browser, app: Flask, site: str, town: dict[str, Any], session: Session
) -> None:
    context = browser.new_context(viewport=WIDTHS["pc"])
    page = enter(context, site, Role.COUNSELLOR.value)
    page.goto(f"{site}/counsellor/day")
    page.keyboard.press("Control+k")
    page.wait_for_function("document.activeElement.type === 'search'")
    page.keyboard.type("pham thi my duyen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/seekers?**")
    follow(page, "Phạm Thị Mỹ Duyên")
    follow(page, "Việc hợp")
    tab_to(page, "Chọn Nhân viên kho")
    page.keyboard.press("Space")
    page.keyboard.press("Shift+Tab")
    back_to(page, "Giới thiệu vào nơi đã chọn")
    expect(page.get_by_role("main")).to_contain_text("Nhân viên kho")
    tab_to(page, "Chưa hỏi: gửi lời hỏi")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Giới thiệu 1 lượt")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Đã làm xong 1 trên 1")
    follow(page, "Phạm Thị Mỹ Duyên")
    follow(page, "Lập phiếu giới thiệu")
    tab_to(page, "In")
    session.expire_all()
    found = session.execute(
        select(Referral.state, Paper.state)
        .join(Seeker, Seeker.id == Referral.seeker_id)
        .join(Paper, Paper.subject_id == Referral.id)
        .where(Paper.kind == "referral-letter")
    ).one()
    assert tuple(found) == ("sent", "numbered")
    context.close()


def test_a_firm_answers_by_keyboard(
    browser: Browser, app: Flask, site: str, town: dict[str, Any], session: Session
) -> None:
    context = browser.new_context(viewport=WIDTHS["pc"])
    page = enter(context, site, Role.ENTERPRISE_USER.value)
    page.goto(f"{site}/enterprise/vacancies/{town['vacancy']}/referrals")
    tab_to(page, "Mời")
    radio = page.locator("input[type=radio]").first
    for _n in range(MOST_TABS):
        if radio.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    for _n in range(3):
        page.keyboard.press("ArrowRight")  # to the refusal, whose reason comes into sight
    page.keyboard.press("Tab")
    page.keyboard.type("Chưa đủ tay nghề")
    follow(page, "Xem lại câu trả lời")
    expect(page.get_by_role("main")).to_contain_text("Chưa đủ tay nghề")
    tab_to(page, "Gửi 1 câu trả lời")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Đã ghi 1 trên 1")
    context.close()
