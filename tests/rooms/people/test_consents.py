"""A consent names the words it was given to; its end counts at once, everywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, Role
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.kernel.errors import NotAllowed, Refused
from jobcenter.kernel.paging import Slice
from jobcenter.matching import queries as matching
from jobcenter.matching.choices import Audience
from jobcenter.people.choices import CONSENT_TEXT_VERSION, Purpose, Way
from jobcenter.people.models import Consent
from jobcenter.people.rules import give_consent, withdraw_consent
from jobcenter.people.texts import add_text, every_text, in_force
from jobcenter.seekers.queries import shareable, shown

Make = Callable[..., Any]
BY = system("test", EVERYTHING)
LONG = "Tôi đồng ý theo lời văn mới, viết đủ dài để ai nghe cũng hiểu."


def newest(session: Session) -> Consent:
    return session.scalars(select(Consent).order_by(Consent.id.desc()).limit(1)).one()


def give(session: Session, person: Any, **more: Any) -> None:
    give_consent(
        session, person=person, purpose=Purpose.KEEP, way=Way.COUNTER, evidence="", by=BY, **more
    )


def test_every_purpose_has_words_in_both_languages(session: Session) -> None:
    found = in_force(session, clock.today())
    assert set(found) == set(Purpose)
    for words in found.values():
        assert words.version == CONSENT_TEXT_VERSION
        assert "đồng ý" in words.text_vi
        assert "agree" in words.text_en
    assert "nhạy cảm" in found[Purpose.SENSITIVE].text_vi


def test_new_words_count_from_their_day_and_old_ones_stay_readable(
    session: Session, make_person: Make
) -> None:
    before, after = make_person(consents=()), make_person(consents=())
    give(session, before)
    day = clock.today() + dt.timedelta(days=10)
    add_text(session, purpose=Purpose.KEEP, valid_from=day, text_vi=LONG, text_en=LONG, by=BY)
    session.commit()
    with clock.frozen(dt.datetime.combine(day, dt.time(9), clock.LOCAL)):
        assert in_force(session, clock.today())[Purpose.KEEP].text_vi == LONG
        with pytest.raises(Refused, match="vừa đổi"):
            give(session, after, text=CONSENT_TEXT_VERSION)
        give(session, after, text=day.isoformat())
        assert newest(session).text_version == day.isoformat()
    kept = session.scalars(select(Consent).where(Consent.person_id == before.id)).one()
    texts = {(one.purpose, one.version): one.text_vi for one in every_text(session)}
    assert texts[kept.purpose, kept.text_version] != LONG


@pytest.mark.parametrize(
    ("days", "text"), [(0, LONG), (-1, LONG), (3, "Tôi đồng ý."), (3, "  "), (3, "")]
)
def test_words_in_force_and_empty_ones_are_refused(session: Session, days: int, text: str) -> None:
    day = clock.today() + dt.timedelta(days=days)
    with pytest.raises(Refused):
        add_text(session, purpose=Purpose.KEEP, valid_from=day, text_vi=text, text_en=LONG, by=BY)


def test_only_who_keeps_the_catalogue_writes_words(session: Session) -> None:
    day = clock.today() + dt.timedelta(days=1)
    nobody = Actor(user_id=None, name="", role=Role.COUNSELLOR)
    new = {"purpose": Purpose.KEEP, "valid_from": day, "text_vi": LONG, "text_en": LONG}
    with pytest.raises(NotAllowed):
        add_text(session, **new, by=nobody)
    add_text(session, **new, by=BY)
    with pytest.raises(Refused, match="Đã có lời văn"):
        add_text(session, **new, by=BY)


@pytest.mark.parametrize("purpose", [Purpose.REGISTER, Purpose.PUBLISH])
def test_a_withdrawal_counts_in_the_next_list_search_and_export(
    session: Session, make_seeker: Make, make_vacancy: Make, purpose: Purpose
) -> None:
    """The index still holds the person; every query asks the database who may be shown now."""
    seeker, other = make_seeker(job="May áo"), make_seeker(job="May áo")
    vacancy = make_vacancy(title="Công nhân may")
    session.commit()

    def seen(audience: Audience, keyword: str = "") -> set[int]:
        wanted = matching.CandidateFilter(keyword=keyword)
        firm = Actor(user_id=None, name="", role="firm", enterprise_id=vacancy.enterprise_id)
        found = matching.candidates(
            session, vacancy=vacancy, actor=firm if audience is Audience.ENTERPRISE else BY,
            audience=audience, wanted=wanted, window=Slice(),
        )  # fmt: skip
        return {item.seeker.id for item in found.page.items}

    both = {seeker.id, other.id}
    assert seen(Audience.COUNSELLOR) == seen(Audience.ENTERPRISE) == both
    assert seen(Audience.ENTERPRISE, "may áo") == both
    withdraw_consent(session, person=seeker.person, purpose=purpose, by=BY)
    session.flush()
    assert seen(Audience.ENTERPRISE) == seen(Audience.ENTERPRISE, "may áo") == {other.id}
    assert set(session.scalars(shown())) == {other.id}
    for_staff = {other.id} if purpose is Purpose.REGISTER else both
    assert seen(Audience.COUNSELLOR) == for_staff
    assert set(session.scalars(shareable())) == for_staff
