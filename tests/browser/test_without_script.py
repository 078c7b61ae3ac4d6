"""The main paths in a browser that runs no script: everything is done, nothing is lost."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from jobcenter.accounts.choices import Role
from jobcenter.kernel import clock
from tests.browser.test_pages import WIDTHS, enter

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture
def plain(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without JavaScript, the size of a phone."""
    context = browser.new_context(viewport=WIDTHS["phone"], java_script_enabled=False)
    yield context
    context.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()


def test_a_person_comes_in_and_two_editors_meet(
    plain: BrowserContext, site: str, town: dict[str, Any]
) -> None:
    page = enter(plain, site, Role.COUNSELLOR.value)
    page.goto(f"{site}/counsellor/seekers/new")
    page.fill("#full_name", "Phạm Văn Lâm")
    page.fill("#phone", "0936 51")
    page.fill("#wish", "Thợ hàn")
    for box in page.locator("[name=consents]").all():
        box.check()
    press(page, "Lưu hồ sơ")
    # the phone is wrong: told above and at the field, and what was typed stands there
    expect(page.get_by_role("alert").first).to_contain_text("Cần 10 số, đang có 6.")
    expect(page.locator("#wish")).to_have_value("Thợ hàn")
    page.fill("#phone", "0936 512 214")
    press(page, "Lưu hồ sơ")
    expect(page.get_by_role("heading", level=1)).to_have_text("Phạm Văn Lâm")
    expect(page.get_by_role("main")).to_contain_text("0936 512 214")

    page.get_by_role("link", name="Sửa hồ sơ").click()
    address = page.url
    other = plain.new_page()
    other.goto(address)
    page.fill("#skills", "hàn TIG")
    press(page, "Lưu hồ sơ")
    expect(page.get_by_role("main")).to_contain_text("hàn TIG")
    other.fill("#skills", "hàn MIG")
    press(other, "Lưu hồ sơ")
    # the second is told, sees both, keeps what was typed, and saves on purpose
    main = other.get_by_role("main")
    expect(main).to_contain_text("hàn TIG")
    other.get_by_label("Bản đang gõ: hàn MIG").check()
    press(other, "Lưu theo lựa chọn này")
    expect(other.get_by_role("heading", level=1)).to_have_text("Phạm Văn Lâm")
    expect(other.get_by_role("main")).to_contain_text("hàn MIG")


def test_a_vacancy_is_drafted_published_and_somebody_set_aside(
    plain: BrowserContext, site: str, town: dict[str, Any]
) -> None:
    page = enter(plain, site, Role.COUNSELLOR.value)
    page.goto(f"{site}/counsellor/vacancies/new")
    page.fill("#firm", "Công ty TNHH Dệt may Sao Biển")
    page.fill("#title", "Công nhân may mẫu")
    page.fill("#headcount", "12")
    page.fill("#description", "May áo theo mẫu")
    page.fill("#requirement", "May được máy 1 kim")
    page.fill("#occupation_code", "công nhân may")
    page.fill("#pay_min", "9.000.000")
    page.fill("#pay_max", "11.000.000")
    page.fill("#deadline", f"{clock.today() + dt.timedelta(days=30):%d/%m/%Y}")
    page.select_option("#shift", "office")
    press(page, "Lưu vị trí tuyển")
    expect(page.get_by_role("heading", level=1)).to_have_text("Công nhân may mẫu")
    expect(page.get_by_role("main")).to_contain_text("8153 – Thợ vận hành máy may")
    press(page, "Đăng tuyển")
    expect(page.get_by_role("main")).to_contain_text("Đang tuyển")

    page.get_by_role("link", name=re.compile("^Phù hợp")).click()
    first = page.locator(".cands > li").first
    name = first.locator(".c-who > a").inner_text()
    first.locator("summary").click()
    first.locator("select[name=reason]").select_option(index=1)
    first.locator("input[name=note]").fill("đã có việc")
    first.get_by_role("button", name="Bỏ qua người này").click()
    expect(page.locator(".cands")).not_to_contain_text(name)
    aside = page.get_by_role("complementary")
    expect(aside).to_contain_text(name)
    expect(aside).to_contain_text("đã có việc")
    page.get_by_role("button", name=re.compile(f"Đưa lại vào danh sách.*{name}")).click()
    expect(page.locator(".cands")).to_contain_text(name)


def test_a_firm_asks_switches_the_language_and_leaves(
    plain: BrowserContext, site: str, town: dict[str, Any]
) -> None:
    page = enter(plain, site, Role.ENTERPRISE_USER.value)
    page.goto(f"{site}/enterprise/vacancies/{town['vacancy']}/candidates")
    code = page.locator("table.answers tbody th").first.inner_text()
    page.get_by_role("button", name=f"Xin giới thiệu {code}").click()
    expect(page.get_by_role("status").first).to_contain_text(f"Đã xin giới thiệu {code}")
    expect(page.get_by_role("button", name=f"Xin giới thiệu {code}")).to_have_count(0)

    page.locator("header summary", has_text="Ngôn ngữ").click()
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Matching candidates")
    page.locator("header summary", has_text="Language").click()
    page.get_by_role("link", name="Tiếng Việt").click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")

    page.locator(".who-menu summary", has_text="đăng xuất").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    page.goto(f"{site}/enterprise/vacancies/{town['vacancy']}/candidates")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    page = enter(plain, site, Role.COUNSELLOR.value)
    page.goto(f"{site}/counsellor/introductions")
    expect(page.get_by_role("main")).to_contain_text("Dệt may Sao Biển")
