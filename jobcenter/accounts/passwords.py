"""What a new password must be: NIST SP 800-63B with a blocklist of our own.

Long rather than odd: 15 letters where it is the only factor, 8 beside a second one, no rule about
capitals or signs, no change by the calendar. Refused is what guessing tries first: the commonest
passwords, names of the person and the house, years, runs and repeats, alone or joined.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jobcenter.kernel import vietnamese
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_

ALONE, WITH_FACTOR, LONGEST = 15, 8, 200
LIST = Path(__file__).parent / "data" / "common_passwords.txt"
HOUSE = (
    "jobcenter", "vieclam", "timviec", "trungtam", "dichvu", "khukinhte", "khucongnghiep", "heza",
    "haiphong", "tuvan", "tuyendung", "truongnghe", "daotao", "banquanly",
)  # fmt: skip
_ROWS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm",
         "1qaz2wsx3edc4rfv5tgb6yhn7ujm")  # fmt: skip
_LOOKS_LIKE = str.maketrans("013457@$!", "oieastasi")
_MOST_PIECES = 2
_LEAST_OWN = 4


def least(*, has_factor: bool) -> int:
    """Return how many letters a password needs at least."""
    return WITH_FACTOR if has_factor else ALONE


def check(password: str, *, login: str = "", name: str = "", has_factor: bool = False) -> str:
    """Return the password as it will be hashed (NFC), or refuse with what is wrong with it."""
    plain = vietnamese.nfc(password)
    shortest = least(has_factor=has_factor)
    if len(plain) < shortest:
        raise Refused(
            N_("Mật khẩu cần ít nhất %(least)s ký tự. Ghép vài từ cho dễ nhớ."),
            field="password", least=shortest,
        )  # fmt: skip
    if len(plain) > LONGEST:
        raise Refused(N_("Mật khẩu dài nhất %(most)s ký tự."), field="password", most=LONGEST)
    own = _own_words(login, name) | set(HOUSE)
    if _is_made_of(plain, own | common()):
        is_own = any(word in _squash(plain) for word in own)
        raise Refused(
            N_("Đừng dùng tên người, tên đăng nhập hay tên cơ quan. Ghép vài từ không liên quan.")
            if is_own
            else N_("Mật khẩu này nhiều người dùng, rất dễ đoán. Ghép vài từ không liên quan."),
            field="password",
        )
    return plain


@cache
def common() -> frozenset[str]:
    """Return the commonest passwords, folded."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _own_words(login: str, name: str) -> set[str]:
    words = [*re.split(r"[^a-z0-9]+", vietnamese.fold(f"{login} {name}")), _squash(name)]
    return {word for word in words if len(word) >= 3}


def _squash(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", vietnamese.fold(text))


def _is_made_of(password: str, pieces: set[str]) -> bool:
    """Say whether hardly anything is left once pieces, years, runs and repeats are taken out."""
    folded = vietnamese.fold(password)
    forms = {
        re.sub(r"[^a-z0-9]", "", folded),
        re.sub(r"[^a-z0-9]", "", folded.translate(_LOOKS_LIKE)),
    }
    if not any(forms):  # signs alone, or another script, where the list says nothing
        return len(set(password)) <= _LEAST_OWN
    return any(_is_repeat(form) or _hardly_more_than(form, pieces) for form in forms)


def _is_repeat(text: str) -> bool:
    """Say whether `text` is one short unit over and over ("abcabcabcabcabc")."""
    unit = (text + text).find(text, 1)
    return unit < len(text) and unit <= 7


def _hardly_more_than(text: str, pieces: set[str]) -> bool:
    used = 0
    for piece in sorted(pieces, key=len, reverse=True):
        if piece in text:
            text, used = text.replace(piece, " "), used + 1
    for run in re.findall(r"[a-z0-9]+", text):
        text = text.replace(run, _without_runs(run))
    own = len(re.sub(r"(19|20)\d\d|(\w)\2{2,}|\s", "", text))
    return own < _LEAST_OWN and used <= _MOST_PIECES


def _without_runs(text: str) -> str:
    """Take out stretches of four and more that follow an alphabet or a keyboard row."""
    kept, start = "", 0
    while start < len(text):
        end = start + 4
        while end <= len(text) and any(
            text[start:end] in way for row in _ROWS for way in (row, row[::-1])
        ):
            end += 1
        if end > start + 4:
            start = end - 1
        else:
            kept, start = kept + text[start], start + 1
    return kept
