"""What a text of a notice is: two languages, three lengths, the names of its values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """One language: a subject, a body, and a short form without marks for a text message."""

    subject: str
    body: str
    short: str


@dataclass(frozen=True, kw_only=True)
class Template:
    """One kind of notice; `params` gives an example for each value in it."""

    code: str
    label: str
    vi: Text
    en: Text
    params: Mapping[str, str]
    is_urgent: bool = False
    in_digest: bool = False
    question: bool = False
    is_inside: bool = False  # stands on the reader's page and is not mailed

    def text(self, locale: str) -> Text:
        """Return the wording in a language."""
        return self.en if locale == "en" else self.vi
