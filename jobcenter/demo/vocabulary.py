"""The words the town is made of, read from the two TOML files beside this one."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jobcenter.demo.draw import Draw

DATA = Path(__file__).parent / "data"
LANGUAGES = {"ko": "Hàn", "zh": "Trung", "ja": "Nhật"}


@dataclass(frozen=True)
class Trade:
    """A trade as `trades.toml` tells it; `pay` in VND thousand a month, `code` of the catalogue."""

    code: str
    share: int
    demand: int
    women: int
    general: bool
    sectors: tuple[str, ...]
    pay: tuple[int, int]
    titles: tuple[str, ...]
    products: tuple[str, ...]
    parts: tuple[str, ...]
    machines: tuple[str, ...]
    skills: tuple[str, ...]
    duties: tuple[str, ...]
    conditions: tuple[str, ...]
    certificate: str = ""
    certificate_share: int = 0
    certificate_asked: int = 0
    fields: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    leads: bool = False

    @property
    def interprets(self) -> bool:
        """Whether the trade is speaking a language for others."""
        return self.code == "2643"


@cache
def trades() -> tuple[Trade, ...]:
    """Return every trade, in the order of the file."""
    with (DATA / "trades.toml").open("rb") as file:
        told: dict[str, dict[str, Any]] = tomllib.load(file)
    return tuple(_trade(code, facts) for code, facts in told.items())


def _trade(code: str, facts: dict[str, Any]) -> Trade:
    fixed: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in facts.items()}
    return Trade(code=code, **fixed)


@cache
def words() -> dict[str, Any]:
    """Return the small words: names, lives, firms, sectors."""
    with (DATA / "words.toml").open("rb") as file:
        return tomllib.load(file)


def say(draw: Draw, template: str, trade: Trade, language: str = "") -> str:
    """Fill one of the trade's phrases, so that two people seldom say a thing alike."""
    if "{" not in template:
        return template
    text = template
    if "{machine}" in text:
        text = text.replace("{machine}", draw.pick(trade.machines))
    if "{product}" in text:
        text = text.replace("{product}", draw.pick(trade.products))
    if "{part}" in text:
        text = text.replace("{part}", draw.pick(trade.parts))
    if "{n}" in text:
        text = text.replace("{n}", str(draw.between(3, 60) * 10))
    return text.replace("{language}", language)


def upper_first(text: str) -> str:
    """Return `text` beginning with a capital, the rest untouched."""
    return text[:1].upper() + text[1:]
