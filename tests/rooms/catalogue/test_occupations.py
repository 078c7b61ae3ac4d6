"""Finding an occupation by what people type."""

from __future__ import annotations

import unicodedata

import pytest
from sqlalchemy.orm import Session

from jobcenter.catalogue.occupations import Several, named, read_occupation, suggest
from jobcenter.kernel.errors import Refused


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("8153", "8153"),
        ("8153 – Thợ vận hành máy may", "8153"),
        ("8153 – Sewing machine operators", "8153"),
        ("72121", "72121"),
        ("81", "81"),
        ("Thợ vận hành máy may", "8153"),
        ("tho van hanh may may", "8153"),
        ("công nhân may", "8153"),
        ("CN may", "8153"),
        ("thợ hàn", "7212"),
        ("tho han", "7212"),
        ("thợ máy", "7233"),
        ("welder", "7212"),
        ("lái xe nâng", "8344"),
        ("  qc ", "7543"),
        ("", None),
        (" \x00 ", None),
    ],
)
def test_codes_names_and_trade_words_lead_to_one_occupation(
    session: Session, typed: str, code: str | None
) -> None:
    assert read_occupation(session, typed) == code
    assert read_occupation(session, unicodedata.normalize("NFD", typed)) == code


@pytest.mark.parametrize("typed", ["may", "thợ may", "tho may", "hoá chất", "kỹ thuật viên"])
def test_words_that_fit_several_are_asked_back(session: Session, typed: str) -> None:
    with pytest.raises(Several) as refused:
        read_occupation(session, typed, field="occupation_code")
    assert refused.value.field == "occupation_code"
    assert 2 <= len(refused.value.found) <= 8
    assert refused.value.found == suggest(session, typed)


def test_marks_decide_where_they_are_typed(session: Session) -> None:
    tailors = [found.code for found in suggest(session, "thợ may", limit=2)]
    assert tailors == ["8153", "7531"]
    assert suggest(session, "thợ máy")[0].code == "7233"
    assert {"7233", "8153", "7531"} == {
        found.code for found in suggest(session, "tho may", limit=3)
    }
    # one tone, placed in the old way and in the new
    assert suggest(session, "hoá chất") == suggest(session, "hóa chất")


def test_words_may_be_begun_and_stand_in_any_order(session: Session) -> None:
    assert suggest(session, "xe nâ")[0].code == "8344"
    assert "8344" in [found.code for found in suggest(session, "nang van hanh")]
    assert [found.code for found in suggest(session, "815")] == [
        "8151", "8152", "8153", "8154", "8155", "8156", "8157", "8159",
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["9z", "zzzz", "!!!", "9999", "\u3164", "%", "_", "8" * 300])
def test_what_names_no_occupation_is_refused(session: Session, typed: str) -> None:
    with pytest.raises(Refused) as refused:
        read_occupation(session, typed)
    assert not isinstance(refused.value, Several)
    assert suggest(session, typed) == []


def test_an_occupation_by_its_code(session: Session) -> None:
    found = named(session, "8153")
    assert found is not None
    assert found.name_en == "Sewing machine operators"
    assert named(session, "nothing") is named(session, None) is None
