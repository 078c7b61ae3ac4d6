"""Reasons add up to what is shown; questions say what the answer would change."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ml import MatchIndex, Profile, State, Vacancy, Verdict, certificates_wanted, most_asked
from ml.gaps import missing_of, open_questions
from ml.scoring import cut, half_up
from tests.ml import market, naive
from tests.ml.market import TODAY


@given(st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_parts_and_words_add_up(seed: int) -> None:
    rng = random.Random(seed)
    index = MatchIndex().fit(market.people(rng, 10))
    vacancy = market.vacancy(rng)
    for match in index.rank(vacancy, today=TODAY):
        for fit in (match.job_fit, match.wish_fit):
            assert sum(part.hundredths for part in fit.parts) == fit.hundredths
            assert 0 <= fit.hundredths <= 10_000
            assert all(0 <= p.hundredths <= p.of_hundredths for p in fit.parts)
            assert all(p.hundredths == p.of_hundredths for p in fit.parts if p.state is State.MET)
            assert all(p.hundredths == 0 for p in fit.parts if p.state is State.UNMET)
        told = index.explain(vacancy, match.profile_id, TODAY)
        assert sum(t.contribution for t in told.terms) == pytest.approx(match.text, abs=1e-5)
        assert all(t.contribution > 0 for t in told.terms)
        assert told.match == replace(match, rank=1, tie_group=None)


@given(
    st.integers(0, 10_000),
    st.lists(
        st.floats(0, 1e6, allow_subnormal=False).map(lambda x: x if x > 1e-6 else 0.0),
        min_size=1,
        max_size=9,
    ),
)
def test_cut_is_exact(total: int, sizes: list[float]) -> None:
    parts = cut(total, sizes)
    assert sum(parts) == (total if sum(sizes) else 0)
    for part, size in zip(parts, sizes, strict=True):
        assert abs(part - total * size / max(sum(sizes), 1e-300)) < 1.001


def test_half_up() -> None:
    assert [half_up(x) for x in (0.49, 0.5, 1.5, 2.5)] == [0, 1, 2, 3]


def test_words_stand_as_they_are_spelt_in_both_texts() -> None:
    person = Profile(id="P", title="Thợ Hàn", experience="kiem hang, ở Đình Vũ")
    index = MatchIndex().fit([person, Profile(id="Q", title="may")])
    told = index.explain(Vacancy(id="V", title="HÀN TIG", requirement="KCS"), "P")
    pairs = {(t.in_vacancy, t.in_profile) for t in told.terms}
    assert ("HÀN", "Hàn") in pairs
    assert {t.in_vacancy for t in told.terms} <= {"HÀN", "KCS"}
    assert ("KCS", "kiem hang") in pairs
    assert told.strongest(1) == told.terms[:1]


def test_somebody_not_indexed_cannot_be_explained() -> None:
    with pytest.raises(KeyError):
        MatchIndex().fit([]).explain(Vacancy(id="V"), "P")


@given(st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_an_answer_of_yes_gives_the_numbers_that_were_promised(seed: int) -> None:
    rng = random.Random(seed)
    person = replace(market.profile(rng, "P"), pay_min=None, parks=(), languages=())
    vacancy = replace(market.vacancy(rng), pay_max=9_000_000, park="vsip", languages=("ko",))
    index = MatchIndex().fit([person, *market.people(rng, 4, "Q")])
    answers = {"pay": {"pay_min": 1}, "park": {"parks": ("vsip",)},
               "languages": {"languages": ("ko",)}}  # fmt: skip
    asks = {ask.code: ask for ask in index.explain(vacancy, "P", TODAY).ask}
    for code, answer in answers.items():
        told = index.score_pair(vacancy, replace(person, **answer), TODAY)
        assert asks[code].score == pytest.approx(told.score, abs=1e-9)
        assert abs(asks[code].job_fit - told.job_fit.hundredths) <= 1
        assert abs(asks[code].wish_fit - told.wish_fit.hundredths) <= 1


def test_what_is_missing_and_what_to_ask() -> None:
    vacancy = Vacancy(id="V", title="hàn", shift="night", certificates=("hàn 3G", "An toàn điện"),
                      general_education="thpt", pay_max=8_000_000)  # fmt: skip
    people = [
        Profile(id="A", title="hàn", general_education="thcs", pay_min=7_000_000),
        Profile(id="B", title="hàn", shifts=("night",)),
        Profile(id="C", title="hàn", shifts=("office",), certificates=("Chứng chỉ hàn 3G",)),
    ]
    index = MatchIndex().fit(people)
    found = index.rank(vacancy, today=TODAY)
    by_id = {m.profile_id: m for m in found}
    assert [(g.code, g.gate) for g in missing_of(by_id["A"])] == [("general_education", False)]
    assert [(gap.code, gap.gate) for gap in missing_of(by_id["C"])] == [
        ("certificates", True), ("shift", True)]  # fmt: skip
    assert certificates_wanted(vacancy, people[2]) == ("An toàn điện",)
    asked = {(q.code, q.gate): (q.people, q.would_pass) for q in most_asked(found)}
    assert asked["certificates", True] == (2, 1)  # B has said the shift
    assert asked["shift", True] == (1, 0)
    assert asked["pay", False] == (2, 0)
    assert [q.gate for q in most_asked(found)][:2] == [True, True]
    assert {g.verdict for g in by_id["B"].gates} == {Verdict.PASS, Verdict.UNKNOWN}


ANSWERS: dict[str, Callable[[Vacancy], object]] = {
    "occupations": lambda v: (v.occupation,),
    "general_education": lambda v: v.general_education,
    "qualification": lambda v: v.qualification,
    "years_experience": lambda v: 3.0,
    "languages": lambda v: v.languages,
    "pay_min": lambda v: 1,
    "parks": lambda v: (v.park,),
    "commune": lambda v: v.commune or "11911",
    "needs_bus": lambda v: False,
    "needs_dormitory": lambda v: False,
    "shifts": lambda v: ("office",),
    "available_on": lambda v: TODAY,
    "certificates": lambda v: ("An toàn điện",),
}


@given(st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_a_question_counts_the_vacancies_that_its_answer_would_settle(seed: int) -> None:
    """The slow twin answers each blank field and looks which unknowns of which vacancy go away."""
    rng = random.Random(seed)
    profile = market.profile(rng, "P")
    vacancies = [market.vacancy(rng, f"V{n}") for n in range(40)]
    found = {q.field: q.vacancies for q in open_questions(profile, vacancies, TODAY)}
    counted = dict.fromkeys(ANSWERS, 0)
    for field, answer in ANSWERS.items():
        if getattr(profile, field) not in (None, "", ()):
            continue
        for vacancy in vacancies:
            told = replace(profile, **{field: answer(vacancy)})
            if field == "commune":  # a commune comes with its centre
                told = replace(told, lat=20.7, lon=106.6)
            counted[field] += unknowns(vacancy, told) < unknowns(vacancy, profile)
    assert found == {field: n for field, n in counted.items() if n}


def unknowns(vacancy: Vacancy, profile: Profile) -> set[str]:
    """What the vacancy asks and nobody knows of the person, written from the text of the rules."""
    found = {code for code, share in naive.shares(vacancy, profile).items() if share is None}
    if vacancy.certificates and not profile.certificates:
        found.add("certificates")
    return found


def test_where_an_answer_decides_stands_first() -> None:
    person = Profile(id="P", title="hàn", certificates=("An toàn điện",))
    wanted = [
        Vacancy(id="1", shift="night", pay_max=9_000_000),
        Vacancy(id="2", shift="night", certificates=("Hàn 6G",)),  # fails at another gate
        Vacancy(id="3", pay_max=9_000_000),
        Vacancy(id="4", pay_max=9_000_000, shift="flexible"),
    ]
    questions = [(q.field, q.vacancies, q.gates, q.opens) for q in open_questions(person, wanted)]
    assert questions == [("shifts", 2, 2, 1), ("pay_min", 3, 0, 0)]
    assert open_questions(person, []) == []
