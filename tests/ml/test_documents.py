"""What comes in: protected keys refused, unknowns in four spellings, errors that name the line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from ml import DocumentError, Profile, Vacancy, read_jsonl


@pytest.mark.parametrize("key", [
    "name", "sex", "gender", "birth_date", "age", "ethnicity", "religion", "marital_status",
    "disability", "photo", "address", "phone", "target_groups",
])  # fmt: skip
@pytest.mark.parametrize("kind", [Profile, Vacancy])
def test_protected_and_unknown_keys_are_refused_by_name(
    kind: type[Profile] | type[Vacancy], key: str
) -> None:
    with pytest.raises(DocumentError, match=f"unknown key '{key}'"):
        kind.from_dict({"id": "1", key: ""})


@pytest.mark.parametrize("unknown", [None, "", []])
def test_four_spellings_of_unknown_are_one(unknown: object) -> None:
    keys = ("title", "years_experience", "certificates", "shift", "headcount", "start_on")
    assert Vacancy.from_dict({"id": "1", **dict.fromkeys(keys, unknown)}) == Vacancy(id="1")


def test_zero_and_false_are_answers() -> None:
    profile = Profile.from_dict({"id": 7, "years_experience": 0, "needs_bus": False})
    assert (profile.id, profile.years_experience, profile.needs_bus) == ("7", 0.0, False)
    assert profile.to_dict() == {"id": "7", "years_experience": 0.0, "needs_bus": False}


@pytest.mark.parametrize(("key", "value"), [
    ("shift", "day"), ("general_education", "dai-hoc"), ("pay_min", -1), ("pay_min", "9 triệu"),
    ("years_experience", float("nan")), ("start_on", "02/03/2026"), ("certificates", {"a": 1}),
    ("has_bus", "yes"), ("title", 5), ("headcount", 1.5), ("lat", True),
])  # fmt: skip
def test_ill_values_name_their_key(key: str, value: object) -> None:
    with pytest.raises(DocumentError, match=f"key '{key}' must be"):
        Vacancy.from_dict({"id": "1", key: value})


def test_a_missing_id_is_an_error() -> None:
    with pytest.raises(DocumentError, match="'id' is missing"):
        Vacancy.from_dict({"title": "may"})


def test_round_trip_and_hash() -> None:
    profile = Profile.from_dict({"id": "1", "tags": ["b", "a"], "available_on": "2026-03-02",
                                 "occupations": ["8153", "8212"], "introduced": 2})  # fmt: skip
    assert profile.available_on == date(2026, 3, 2)
    again = Profile.from_dict(json.loads(json.dumps(profile.to_dict())))
    assert again == profile
    assert again.content_hash() == profile.content_hash()
    assert profile.content_hash() != Profile(id="1").content_hash()
    same = Profile.from_dict({"id": 1, "title": "", "introduced": 0})
    assert same.content_hash() == Profile(id="1").content_hash()


@pytest.mark.parametrize(("line", "reason"), [
    ('{"id": 2, "sex": "nữ"}', "unknown key 'sex'"), ("{broken", "Expecting"),
    ("[1]", "not a JSON object"),
])  # fmt: skip
def test_a_bad_line_is_named(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "P.jsonl"
    path.write_text(f'{{"id": 1}}\n\n{line}\n', encoding="utf-8")
    with pytest.raises(DocumentError, match=f"P.jsonl line 3: {reason}"):
        list(read_jsonl(path, Profile))
