"""New passwords: long rather than odd, and none of those that guessing tries first."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcenter.accounts import passwords
from jobcenter.kernel.errors import Refused


def verdict(password: str, **kw: object) -> str:
    try:
        passwords.check(password, login="hatt", name="Trần Thu Hà", **kw)  # type: ignore[arg-type]
    except Refused as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize(
    "password",
    [
        "con mèo leo cây cau", "cảng-biển-hoa-phượng", "correct horse battery staple",
        "7f3a9c1be20d4588", "한국어비밀번호열다섯자이상됩니다", "một hai ba bốn " * 13,
    ],
)  # fmt: skip
def test_a_long_sentence_of_any_kind_passes(password: str) -> None:
    assert verdict(password) == ""


@pytest.mark.parametrize(
    "password",
    [
        "mật khẩu 123456789", "Matkhau@2026matkhau", "123456789012345", "qwertyuiopasdfgh",
        "aaaaaaaaaaaaaaaa", "abcabcabcabcabc", "anhyeuem123456789", "p@ssw0rdp@ssw0rd",
        "iloveyou-iloveyou-2", "!!!!!!!!!!!!!!!!", "welcomeadmin12345", "1qaz2wsx3edc4rfv5tgb",
    ],
)  # fmt: skip
def test_what_guessing_tries_first_is_refused(password: str) -> None:
    assert "dễ đoán" in verdict(password)


@pytest.mark.parametrize(
    "password",
    ["tranthuha20262026", "Tran Thu Ha 1985 !!", "hatt-hatt-hatt-hatt", "haiphong2026haiphong",
     "Việc Làm Hải Phòng 2026"],
)  # fmt: skip
def test_names_of_the_person_and_the_house_are_refused(password: str) -> None:
    assert "tên" in verdict(password)


def test_fifteen_alone_eight_beside_a_second_factor() -> None:
    assert verdict("cây cau mèo leo") == ""  # just fifteen
    assert "15" in verdict("mèo leo cây")
    assert verdict("mèo leo cây", has_factor=True) == ""
    assert "8" in verdict("mèo leo", has_factor=True)
    assert "dài nhất" in verdict("mèo leo cây cau " * 20)
    assert verdict("mèo leo cây cau rồi ngã xuống ao " * 2) == ""  # 66 letters and no shortening


def test_composed_and_decomposed_letters_are_one_password() -> None:
    plain = "con mèo leo cây cau"
    assert passwords.check(unicodedata.normalize("NFD", plain)) == plain


def test_the_list_is_folded_and_without_doubles() -> None:
    lines = [x for x in passwords.LIST.read_text().splitlines() if x and x[0] != "#"]
    assert len(lines) == len(set(lines)) > 300
    assert all(line.isascii() and line.isalnum() and line == line.lower() for line in lines)


@given(st.text(min_size=0, max_size=250))
def test_any_text_gets_a_clear_answer(password: str) -> None:
    verdict(password)
