"""The invented people, firms and vacancies: the same everywhere, valid, believable."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import os
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable

import pytest

from jobcenter.catalogue.shipped import rows
from jobcenter.demo.firms import Firm, firms
from jobcenter.demo.lives import SeekerStory, stories
from jobcenter.demo.orders import Order, orders
from jobcenter.demo.vocabulary import trades
from jobcenter.kernel import vietnamese
from jobcenter.vacancies.choices import DISCRIMINATING
from jobcenter.vacancies.wording import flag_discrimination

TODAY = dt.date(2026, 11, 23)
COUNT = 3_000


@pytest.fixture(scope="module")
def told() -> list[SeekerStory]:
    return list(stories(1, COUNT, TODAY))


@pytest.fixture(scope="module")
def town() -> list[Firm]:
    return firms(1)


@pytest.fixture(scope="module")
def asked(town: list[Firm]) -> list[Order]:
    return orders(1, town, today=TODAY)


@pytest.fixture(scope="module")
def codes() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in rows("code_lists.csv"):
        found.setdefault(row["list"], set()).add(row["code"])
    return found


def share(told: list[SeekerStory], holds: Callable[[SeekerStory], object]) -> float:
    return sum(bool(holds(story)) for story in told) / len(told)


def test_the_same_seed_gives_the_same_people_and_a_longer_run_only_adds(
    told: list[SeekerStory],
) -> None:
    assert list(stories(1, 200, TODAY)) == told[:200]
    assert list(stories(2, 200, TODAY)) != told[:200]


def test_the_town_does_not_hang_on_the_hash_seed() -> None:
    script = (
        "import datetime as dt, hashlib\n"
        "from jobcenter.demo.firms import firms\n"
        "from jobcenter.demo.lives import stories\n"
        "from jobcenter.demo.orders import orders\n"
        "day = dt.date(2026, 11, 23)\n"
        "made = firms(3, 12)\n"
        "told = [*stories(3, 150, day), *made, *orders(3, made, 40, today=day)]\n"
        "print(hashlib.sha256('\\n'.join(map(repr, told)).encode()).hexdigest())\n"
    )
    made = firms(3, 12)
    here = [*stories(3, 150, TODAY), *made, *orders(3, made, 40, today=TODAY)]
    found = {hashlib.sha256("\n".join(map(repr, here)).encode()).hexdigest()}
    for seed in ("1", "77"):
        run = subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        )
        found.add(run.stdout.strip())
    assert len(found) == 1


def test_ids_are_valid_nobody_elses_and_seldom_odd(told: list[SeekerStory]) -> None:
    people = [story.identity for story in told]
    ids = [person.id_number for person in people if person.id_number]
    assert len(set(ids)) == len(ids) > 0.9 * COUNT
    assert all(vietnamese.parse_id_number(number) == number for number in ids)
    odd = sum(
        bool(vietnamese.doubt_id_number(p.id_number, birth_year=p.birth_year, sex=p.sex))
        for p in people
        if p.id_number
    )
    assert 0 < odd < 0.03 * COUNT
    home = sum(number.startswith(("030", "031")) for number in ids) / len(ids)
    assert 0.8 < home < 0.97


def test_id_tails_never_meet_even_for_the_whole_zone() -> None:
    assert len({number * 611_953 % 1_000_000 for number in range(200_000)}) == 200_000


def test_phones_are_valid_mobiles_and_some_are_shared(told: list[SeekerStory]) -> None:
    phones = [story.identity.phone for story in told]
    assert all(vietnamese.parse_phone(phone) == phone for phone in phones)
    assert all(phone[3] in "35789" for phone in phones)
    assert 0.01 * COUNT < COUNT - len(set(phones)) < 0.08 * COUNT


def test_names_are_those_of_the_sex_and_composed(told: list[SeekerStory]) -> None:
    families = Counter(story.identity.full_name.split()[0] for story in told)
    assert families.most_common(1)[0][0] == "Nguyễn"
    assert 0.22 < families["Nguyễn"] / COUNT < 0.4
    assert len({story.identity.full_name for story in told}) > 0.6 * COUNT
    for story in told:
        name = story.identity.full_name
        assert unicodedata.is_normalized("NFC", name)
        assert 3 <= len(name.split()) <= 4
        if " Văn " in name:
            assert story.identity.sex != "female"


def test_codes_are_those_of_the_lists(told: list[SeekerStory], codes: dict[str, set[str]]) -> None:
    occupations = {row["code"] for row in rows("occupations.csv")}
    communes = {row["code"] for row in rows("communes.csv")}
    parks = {row["code"] for row in rows("parks.csv")}
    for story in told:
        assert {story.identity.current.code, story.identity.permanent.code} <= communes
        assert {wish.occupation_code for wish in story.wishes} <= occupations
        assert {job.occupation_code for job in story.experiences} <= occupations
        assert set(story.parks or ()) <= parks
        assert story.state in codes["M"]
        for of, value in (
            ("A", story.general_education), ("B", story.qualification), ("C", story.office_it),
            ("E", story.employment_status), ("I", story.mode), ("J", story.purpose),
        ):  # fmt: skip
            assert value is None or value in codes[of]
        for of, values in (
            ("D", story.soft_skills), ("G", story.services), ("K", story.shifts),
            ("L", story.employer_types), ("F", [g.code for g in story.target_groups]),
            ("language", [x.language for x in story.languages]),
        ):  # fmt: skip
            assert set(values or ()) <= codes[of]


def test_lives_hang_together(told: list[SeekerStory]) -> None:
    for story in told:
        assert 1 <= len(story.wishes) <= 3
        assert len({wish.occupation_code for wish in story.wishes}) == len(story.wishes)
        assert story.registered_on <= TODAY
        assert story.pay_min is None or 4_500_000 <= story.pay_min <= 30_000_000
        if story.pay_min and story.pay_wanted:
            assert story.pay_min <= story.pay_wanted
        last = TODAY
        for job in story.experiences:
            assert job.started_on < (job.ended_on or TODAY) <= last
            assert job.started_on.year - story.identity.birth_year >= 15
            last = job.started_on
        for learned in story.qualifications:
            assert learned.level not in ("untrained", "no-certificate")
            assert learned.year <= TODAY.year
        if story.qualification in ("cao-dang", "dai-hoc") and story.general_education:
            assert story.general_education == "thpt"


def test_consents_are_dated_and_groups_have_their_own(told: list[SeekerStory]) -> None:
    for story in told:
        given = {consent.purpose: consent for consent in story.consents}
        assert len(given) == len(story.consents)
        assert "register" in given
        assert not story.target_groups or "sensitive" in given
        assert "publish" not in given or "introduce" in given
        for consent in story.consents:
            back = consent.withdrawn_on
            assert back is None or consent.given_on <= back <= TODAY
    assert 0.85 < share(told, lambda s: any(c.purpose == "introduce" for c in s.consents)) < 0.98
    assert 0.4 < share(told, lambda s: any(c.purpose == "publish" for c in s.consents)) < 0.7
    assert 0.01 < share(told, lambda s: any(c.withdrawn_on for c in s.consents)) < 0.1


def test_many_files_are_incomplete_and_every_state_occurs(told: list[SeekerStory]) -> None:
    for name in ("skills", "shifts", "pay_min", "general_education", "needs_bus", "available_on"):
        missing = sum(getattr(story, name) is None for story in told) / COUNT
        assert 0.1 < missing < 0.45, name
    assert len({story.state for story in told}) == 7
    assert share(told, lambda s: s.state in ("new", "looking", "referred")) > 0.7
    assert share(told, lambda s: not s.experiences) > 0.1


def test_profiles_differ_and_no_blank_is_left(told: list[SeekerStory]) -> None:
    texts = [(s.skills, s.wishes, tuple(j.duties for j in s.experiences)) for s in told]
    assert len(set(texts)) > 0.9 * COUNT
    skills = [story.skills for story in told if story.skills]
    assert len(set(skills)) > 0.8 * len(skills)
    assert "{" not in repr(told)


def test_stories_come_one_at_a_time() -> None:
    assert len(list(itertools.islice(stories(1, 10**9, TODAY), 3))) == 3


def test_every_trade_has_an_occupation_and_enough_words() -> None:
    occupations = {row["code"] for row in rows("occupations.csv") if row["level"] == "4"}
    for trade in trades():
        assert trade.code in occupations
        assert trade.pay[0] < trade.pay[1]
        assert min(len(trade.duties), len(trade.skills), len(trade.titles)) >= 3


def test_firms_are_distinct_and_stand_in_operating_parks(town: list[Firm]) -> None:
    parks = {row["code"]: row for row in rows("parks.csv")}
    assert len({firm.name for firm in town}) == len({firm.tax_number for firm in town}) == 60
    for firm in town:
        assert parks[firm.park_code]["state"] == "operating"
        assert parks[firm.park_code]["commune_code"] == firm.commune_code
        assert firm.contacts
        for contact in firm.contacts:
            assert vietnamese.parse_phone(contact.phone) == contact.phone
        for route in firm.bus_routes:
            times = [stop.at for stop in route.stops]
            assert times == sorted(times)
    assert 0.5 < sum(firm.type == "foreign" for firm in town) / 60 < 0.9
    assert sum(bool(firm.bus_routes) for firm in town) > 30


def test_more_firms_than_names_are_still_told_apart() -> None:
    assert len({firm.name for firm in firms(1, 900)}) == 900


def test_orders_are_mostly_general_labour_with_a_heavy_tail(
    asked: list[Order], codes: dict[str, set[str]]
) -> None:
    general = {trade.code for trade in trades() if trade.general}
    assert sum(order.occupation_code in general for order in asked) == 0.87 * len(asked)
    heads = sorted(order.headcount for order in asked)
    assert heads[0] >= 1
    assert heads[-1] >= 200
    assert heads[len(heads) // 2] <= 30
    assert any(order.certificates for order in asked)
    assert any(order.languages for order in asked)
    for order in asked:
        assert set(order.benefits) <= codes["P"]
        assert set(order.conditions) <= codes["Q"]
        assert order.shift in codes["K"]
        assert order.experience in codes["N"]
        assert order.contract in codes["O"]
        assert order.pay_min is not None
        assert order.pay_min >= 5_310_000  # the minimum of region I in 2026
        assert order.pay_max is None or order.pay_max >= order.pay_min
        assert order.registered_on <= min(order.deadline, TODAY)
        assert (order.deadline < TODAY) == (order.state == "closed")
    assert len({order.description + order.requirement for order in asked}) > 0.97 * len(asked)


def test_protected_words_stand_only_in_what_job_seekers_do_not_see(asked: list[Order]) -> None:
    flagged = [
        order
        for order in asked
        for text in (order.title, order.description, order.requirement)
        if any(flag.kind in DISCRIMINATING for flag in flag_discrimination(text))
    ]
    assert flagged
    assert {order.state for order in flagged} == {"draft", "submitted"}
