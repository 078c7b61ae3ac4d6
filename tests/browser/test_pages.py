"""Every page in a real browser: accessible at both widths, light, usable without script."""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from jobcenter.accounts.choices import EVERYTHING, Role
from jobcenter.accounts.models import User
from jobcenter.advising import appointments, consultations, plans
from jobcenter.advising.choices import ComplaintKind, ComplaintWay, Doer
from jobcenter.advising.complaints import record_complaint
from jobcenter.advising.consultations import Advised, Told
from jobcenter.advising.sessions import SessionData, record_session
from jobcenter.catalogue.models import Signatory
from jobcenter.desks.access import policy_of
from jobcenter.enterprises.models import Enterprise, FirmRequest, Member, WorkforceFigure
from jobcenter.exchange import rules as imports
from jobcenter.exchange.reading import Table
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.people.choices import Way
from jobcenter.people.models import SuspectedPair
from jobcenter.placements.rules import hire
from jobcenter.placements.terms import record_job
from jobcenter.privacy import breaches
from jobcenter.privacy.choices import Asked, Came
from jobcenter.privacy.models import RetentionDue
from jobcenter.privacy.rules import take_request
from jobcenter.referrals.choices import Verb
from jobcenter.referrals.guards import Said
from jobcenter.referrals.rules import act, ask, draft
from jobcenter.reports import rules as reports
from jobcenter.reports.periods import PeriodKind, current
from jobcenter.settings.models import SettingValue
from jobcenter.vacancies.checks import flag_again
from jobcenter.vacancies.models import RecruitmentSheet
from tests.building.test_access import address, may, routes

pytestmark = [
    pytest.mark.browser,
    # the development server leaves a file to the garbage collector when a browser hangs up
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
WIDTHS = {"pc": {"width": 1366, "height": 768}, "phone": {"width": 360, "height": 740}}
PICTURES = os.environ.get("JOBCENTER_PICTURES")
PASSWORD = "cảng-biển-2026"
STAFF_BUDGET, PLAIN_BUDGET = 200_000, 100_000
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        assert "browser" not in os.environ.get("JOBCENTER_REQUIRE", ""), "chromium is missing"
        pytest.skip("chromium is not installed")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def town(
    app: Flask, session: Session, make_user: Any, make_seeker: Any, make_enterprise: Any,
    make_vacancy: Any, make_visit: Any, make_school: Any,
) -> dict[str, Any]:  # fmt: skip
    """A small centre: a firm with two vacancies, some people, one account per role."""
    firm = make_enterprise(name="Công ty TNHH Dệt may Sao Biển")
    vacancy = make_vacancy(enterprise=firm, certificates=("Thẻ an toàn điện",))
    make_vacancy(enterprise=firm, title="Nhân viên kho", headcount=300, shift="office")
    names = ["Nguyễn Thị Thu Hường", "Đỗ Thị Quyên", "Phạm Thị Mỹ Duyên", "Trần Văn Chiến"]
    seekers = [
        make_seeker(
            job="Công nhân may" if n % 2 else None,
            person={"full_name": name, "id_number": f"03119800{n:04d}"},
        )
        for n, name in enumerate(names)
    ]
    hashed = app.config["HASHER"].hash(PASSWORD)
    users = {
        role: make_user(
            role,
            login=role.value,
            password_hash=hashed,
            enterprise=firm if role == Role.ENTERPRISE_USER else None,
            person=seekers[0].person if role == Role.SEEKER else None,
        )
        for role in Role
    }
    start = dt.date(2026, 1, 1)
    session.add_all(
        [
            Signatory(unit="centre", title_vi="Giám đốc", title_en="Director", name="Lê Thị Ký",
                      valid_from=start),
            SettingValue(key="legal-age", valid_from=dt.date(2099, 1, 1), value="18",
                         changed_by="Vũ Thanh Tùng"),
        ]
    )  # fmt: skip
    guest, colleague = make_user(Role.ENTERPRISE_USER), make_user(Role.ENTERPRISE_USER)
    session.add(Member(user_id=colleague.id, enterprise_id=firm.id, is_admin=False))
    make_enterprise(name="Chi nhánh Sao Biển Cát Hải", parent_id=firm.id, park_code="deep-c-3")
    request = FirmRequest(
        user_id=guest.id, state="waiting", enterprise_id=firm.id, firm_name="Cty CP Sao Biển",
        tax_number="0201234567", name="Vũ Kim Oanh", phone="+84912345678",
    )  # fmt: skip
    session.add(request)
    session.add(
        WorkforceFigure(
            enterprise_id=firm.id,
            as_of=dt.date(2020, 12, 31),
            vietnamese=1200,
            foreign=30,
            source="report",
            recorded_by="Trần Thu Hà",
        )
    )
    session.flush()
    twin = make_seeker(person={"full_name": "Thu Hường Nguyễn Thị"}, job="Đóng gói")
    first, second = sorted((seekers[0].person_id, twin.person_id))
    reasons = ("name-and-birth-date", "swapped-order")
    session.add(SuspectedPair(first_id=first, second_id=second, strength=3, reasons=reasons))
    visit = make_visit(person=seekers[1].person, services=("referral",))
    sheet = RecruitmentSheet(
        number="PN-2026-0001", enterprise_id=firm.id, received_on=start, contact_name="Chị Lan"
    )
    session.add(sheet)
    session.flush()
    vacancy.sheet_id = sheet.id
    everything = system("tests", EVERYTHING)
    hire(session, vacancy=vacancy, seeker=seekers[3], started_on=clock.today(), by=everything)
    ask(session, vacancy=vacancy, seeker=seekers[2], by=everything)
    proposal = draft(session, vacancy=vacancy, seeker=seekers[0], by=everything)
    act(session, referral=proposal, verb=Verb.PROPOSE, by=everything)
    sent = draft(session, vacancy=vacancy, seeker=seekers[1], by=everything)
    act(session, referral=sent, verb=Verb.CONSENT, by=everything, said=Said(way=Way.COUNTER))
    act(session, referral=sent, verb=Verb.SEND, by=everything)
    vacancy.requirement = "Chỉ tuyển nữ, 18-35 tuổi."
    flag_again(vacancy)
    session.commit()
    return {
        "vacancy": vacancy.key, "seeker": seekers[0].key, "enterprise": firm.key,
        "visit": visit.key, "user": users[Role.COUNSELLOR].key,
        "request": request.key, "twin": twin.key, "sheet": sheet.key,
        "import": brought(session, firm),
        **advised(session, seekers, everything),
        "referral": sent.key, "proposal": proposal.key,
        **registers_of_privacy(session, seekers[1].person, everything),
        **make_school(users[Role.TEACHER], [one.person for one in seekers], everything),
    }  # fmt: skip


def brought(session: Session, firm: Any) -> Any:
    """Bring in a firm's figures: a good row, bad ones, a warning; return the import's key."""
    by = replace(system("tests", EVERYTHING), enterprise_id=firm.id)
    heads: list[Any] = ["Tính đến ngày", "Lao động Việt Nam", "Lao động nước ngoài", "Trong đó nữ"]
    rows: list[list[Any]] = [
        ["30/9/26", 1210.0, 30.0, 900.0], ["31/10/2026", "nhiều", 30.0, None],
        ["31/12/2020", 1200.0, 30.0, None],
    ]  # fmt: skip
    table = Table([heads, *rows])
    batch = imports.take(session, kind="workforce", file_name="lao-dong.xlsx", table=table, by=by)
    session.commit()
    imports.judge(session, batch=batch, by=by)
    session.commit()
    return batch.key


def registers_of_privacy(session: Session, person: Any, by: Actor) -> dict[str, Any]:
    """Write a request to erase, a breach and a file at the end of its retention."""
    asked = take_request(session, asked=Asked.ERASE, came=Came.LETTER, person=person, by=by)
    told = breaches.Told(what="Gửi nhầm danh sách cho một doanh nghiệp", people=12)
    breach = breaches.report(session, found_at=clock.now(), told=told, by=by)
    due = RetentionDue(
        person_id=person.id, last_contact=dt.date(2022, 3, 31), due_on=clock.today(),
        state="told", told_at=clock.now(),
    )  # fmt: skip
    session.add(due)
    session.flush()
    return {"data_request": asked.key, "breach": breach.key}


def advised(session: Session, seekers: list[Any], by: Actor) -> dict[str, Any]:
    """Write what the advising pages show: a mobile session and who was advised there."""
    data = SessionData(day=clock.today(), kind="mobile", place="Nhà văn hoá X. An Lão", attended=40)
    held = record_session(session, data=data, by=by)
    people = [Advised(person=seekers[0].person), Advised(name="Cô Lan", phone="0912345678")]
    told = Told(day=clock.today(), channel="mobile", subjects=("job",), next_step="Mang bằng nghề")
    report = reports.draft(session, period=current(PeriodKind.MONTH, clock.today()), by=by)
    rows = consultations.write(session, told=told, people=people, job_session=held, by=by)
    plan = plans.open_plan(session, person=seekers[0].person, goal="Làm may ca ngày", by=by)
    plans.add_step(session, plan=plan, what="Khám sức khoẻ", due_on=clock.today(),
                   doer=Doer.PERSON, by=by)  # fmt: skip
    user_id = session.scalars(select(User.id).where(User.role == Role.COUNSELLOR)).one()
    appointments.book(
        session, person=seekers[0].person, user_id=user_id, time=dt.time(9, 30),
        day=clock.today() + dt.timedelta(days=1), channel="in-person", about="Xem 3 việc", by=by,
    )  # fmt: skip
    old = clock.today() - dt.timedelta(days=45)
    firm = session.scalars(select(Enterprise).order_by(Enterprise.id)).first()
    assert firm is not None
    told = record_complaint(
        session, kind=ComplaintKind.FEE, way=ComplaintWay.PHONE, text="Đòi 2 triệu", by=by,
        person=seekers[0].person, enterprise=firm,
    )  # fmt: skip
    job = record_job(session, seeker=seekers[1], enterprise=firm, started_on=old, by=by)
    session.commit()
    return {
        "session": held.key,
        "consultation": rows[1].key,
        "placement": job.key,
        "complaint": told.key,
        "report": report.key,
    }


def enter(context: BrowserContext, site: str, role: str) -> Page:
    page = context.new_page()
    page.goto(f"{site}/sign-in")
    page.fill("[name=login]", role)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    assert "/sign-in" not in page.url, page.inner_text("main")
    return page


# They lead elsewhere or answer machines.
NO_PAGES = frozenset(
    {
        "public.language",
        "privacy.breach_notice",
        "public.health",
        "public.home",
        "public.ready",
        "public.version",
        "public.metrics",
    }
)


def addresses(app: Flask, role: str, town: dict[str, Any]) -> list[str]:
    """Return every page that `role` may open, with the town's objects in place of keys."""
    found = []
    for rule in routes(app):
        is_page = rule.endpoint not in NO_PAGES and not rule.rule.endswith((".ics", ".xlsx"))
        is_page = is_page and "GET" in (rule.methods or ())
        if not is_page or not may(app, rule.endpoint, role):
            continue
        keys = {name: key_for(rule.rule, name, town) for name in rule.arguments}
        found.append(address(app, rule, keys))
    return found


# Objects whose addresses carry a code, by the front of the address.
CODES: dict[str, dict[str, str]] = {
    "/admin/lists/": {"of": "K", "code": "night"},
    "/admin/occupations/": {"code": "8153"},
    "/admin/communes/": {"code": "11581"},
    "/admin/parks/": {"code": "nomura"},
    "/admin/target-groups/": {"code": "HN"},
    "/admin/units/": {"code": "centre"},
    "/admin/settings/": {"key": "legal-age"},
    "/manager/reports/indicators/": {"code": "referrals"},
    "/manager/reports/frozen/": {"code": "consultations"},
    "/school/types/": {"code": "so-cap-1"},
    "/imports/new/": {"code": "workforce"},
}


# Arguments that say by their own name what they are a key of.
OWN_NAMES = {
    "seeker_key": "seeker", "with_key": "twin", "sheet_key": "sheet", "session_key": "session",
    "firm_key": "enterprise", "request_key": "request", "class_key": "class",
    "programme_key": "programme", "enrolment_key": "enrolment", "lesson_key": "held",
    "trainer_key": "trainer", "room_key": "room", "person_key": "person",
    "held_key": "held", "certificate_key": "certificate",
    "report_key": "report",
}  # fmt: skip
# Objects that stand behind one front of an address alone, or behind one whole rule.
PLACES = {
    "/admin/users/": "user",
    "/counsellor/referrals/": "referral",
    "/enterprise/referrals/": "referral",
    "/me/referrals/": "proposal",
    "/imports/<uuid:import_key>": "import",
    "/privacy/breaches/": "breach",
    "/privacy/data-requests/": "data_request",
}


def key_for(rule: str, name: str, town: dict[str, Any]) -> Any:
    if name in OWN_NAMES:
        return town[OWN_NAMES[name]]
    before = rule.split("<", maxsplit=1)[0]
    if before in CODES:
        return CODES[before].get(name)
    if place := PLACES.get(rule) or PLACES.get(before):
        return town[place]
    for word, key in (("consultations", "consultation"), ("placements", "placement"),
                      ("complaints", "complaint"),
                      ("vacanc", "vacancy"), ("seekers", "seeker"), ("enterprises", "enterprise"),
                      ("visits", "visit")):  # fmt: skip
        if word in before:
            return town[key]
    return None


def check(page: Page, path: str, width: str) -> None:
    """No axe finding, no sideways scroll."""
    faults = findings(page, path, width)
    assert not faults, faults


def findings(page: Page, path: str, width: str) -> list[str]:
    """Return what axe and a ruler find on a page."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run(document)).violations")
    lines = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if wide > 0:
        lines.append(f"scrolls sideways by {wide} px")
    return [f"{path} at {width}: {line}" for line in lines]


@pytest.mark.parametrize("role", [role.value for role in Role])
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_are_accessible(
    app: Flask, browser: Browser, site: str, town: dict[str, Any], role: str, width: str
) -> None:
    context = browser.new_context(viewport=WIDTHS[width], bypass_csp=True)
    page = enter(context, site, role)
    paths = addresses(app, role, town)
    assert paths
    faults: list[str] = []
    for path in paths:
        answer = page.goto(site + path)
        assert answer is not None
        if answer.status not in (200, 404):
            faults.append(f"{path}: {answer.status}")
        if answer.status == 200:
            faults += findings(page, path, width)
            if PICTURES:
                name = path.strip("/").replace("/", "_").replace("?", "_") or "home"
                page.screenshot(path=f"{PICTURES}/{role}-{width}-{name[:60]}.png", full_page=True)
    context.close()
    assert not faults, faults


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_pages_are_accessible_in_english(
    app: Flask, browser: Browser, site: str, town: dict[str, Any], role: str
) -> None:
    """Six pages of each role by the seed of the run; all of them with JOBCENTER_ALL_PAGES."""
    context = browser.new_context(viewport=WIDTHS["pc"], bypass_csp=True)
    page = enter(context, site, role)
    page.goto(f"{site}/language/en")
    paths = sorted(addresses(app, role, town))
    if not os.environ.get("JOBCENTER_ALL_PAGES"):
        seed = os.environ.get("JOBCENTER_SEED", "1")
        paths = random.Random(f"{seed} {role}").sample(paths, min(len(paths), 6))
    faults: list[str] = []
    for path in paths:
        answer = page.goto(site + path)
        if answer is not None and answer.status == 200:
            assert page.get_attribute("html", "lang") == "en", path
            faults += findings(page, path, "pc")
    context.close()
    assert not faults, faults


@pytest.mark.parametrize("role", [Role.COUNSELLOR.value, Role.SEEKER.value])
def test_first_visits_are_light(
    app: Flask, browser: Browser, site: str, town: dict[str, Any], role: str
) -> None:
    context = browser.new_context(viewport=WIDTHS["pc"])
    seen: list[str] = []
    errors: list[str] = []
    page = context.new_page()
    page.on("requestfinished", lambda request: seen.append(request.url))
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.goto(f"{site}/sign-in")
    page.fill("[name=login]", role)
    page.fill("[name=password]", PASSWORD)
    seen.clear()
    page.click("main button")
    page.wait_for_load_state("networkidle")
    sizes = page.evaluate(
        "performance.getEntriesByType('resource').concat("
        "performance.getEntriesByType('navigation')).map(e => e.transferSize)"
    )
    assert not errors, errors
    assert all(url.startswith(site) for url in seen), seen
    assert len(sizes) <= 12
    assert sum(sizes) <= (STAFF_BUDGET if role != Role.SEEKER else PLAIN_BUDGET), sizes
    context.close()


def test_a_counsellor_finds_a_person_without_script(
    app: Flask, browser: Browser, site: str, town: dict[str, Any]
) -> None:
    context = browser.new_context(viewport=WIDTHS["pc"], java_script_enabled=False)
    page = enter(context, site, Role.COUNSELLOR.value)
    page.fill("#q", "do thi quyen")
    page.press("#q", "Enter")
    assert "Đỗ Thị Quyên" in page.inner_text("main")
    assert "Nguyễn Thị Thu Hường" not in page.inner_text("main")
    context.close()


def test_every_public_page_is_accessible(
    app: Flask, browser: Browser, site: str, town: dict[str, Any]
) -> None:
    for width, size in WIDTHS.items():
        context = browser.new_context(viewport=size, bypass_csp=True)
        page = context.new_page()
        for path in ("/sign-in", "/help", "/nowhere", "/enterprise-sign-up"):
            page.goto(site + path)
            check(page, path, width)
            if PICTURES:
                page.screenshot(
                    path=f"{PICTURES}/public-{width}-{path.strip('/')}.png", full_page=True
                )
        assert policy_of(app, "public.guide") == "public"
        context.close()
