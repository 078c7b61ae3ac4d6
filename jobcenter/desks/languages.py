"""Which languages a page speaks: two everywhere, more for firms, where their catalogue is whole.

A language beyond Vietnamese and English is a catalogue, not code: `translations/XX`. It is offered
on the enterprise's desk and its sign-up once enough of the texts of those pages are in it. What a
catalogue lacks is said in English, else in Vietnamese.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.extract import extract
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, request, session
from flask_babel import Babel, Domain, get_locale

from jobcenter.config import ROOT, Settings

LOCALES = ("vi", "en")
MORE = ("ko", "zh", "ja")
NAMES = {"vi": "Tiếng Việt", "en": "English", "ko": "한국어", "zh": "中文", "ja": "日本語"}
TRANSLATIONS = ROOT / "jobcenter" / "translations"
# Public pages on which a firm's people begin.
DOORS = frozenset({"public.sign_up", "public.signed_up", "public.invitation"})
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
# Where the words of the enterprise's desk stand.
SOURCES = (
    ("jinja2", "templates/enterprise/*.html"), ("jinja2", "templates/firms/*.html"),
    ("jinja2", "templates/vacancies/*.html"), ("jinja2", "templates/public/sign*up.html"),
    ("jinja2", "templates/public/invitation*.html"), ("jinja2", "templates/layouts/staff.html"),
    ("jinja2", "templates/base.html"), ("jinja2", "templates/components/vacancy.html"),
    ("jinja2", "templates/components/enterprise.html"),
    ("jinja2", "templates/components/firm_*.html"), ("jinja2", "templates/components/forms.html"),
    ("jinja2", "templates/components/lists.html"), ("jinja2", "templates/components/notices.html"),
    ("jinja2", "templates/components/marks.html"),
    ("python", "jobcenter/desks/enterprise/*.py"), ("python", "jobcenter/desks/firm_*.py"),
    ("python", "jobcenter/desks/vacancy_form.py"), ("python", "jobcenter/desks/forms.py"),
    ("python", "jobcenter/enterprises/choices.py"), ("python", "jobcenter/vacancies/choices.py"),
)  # fmt: skip


def texts() -> frozenset[str]:
    """Return every text that the enterprise's desk and its sign-up may show."""
    return _texts()


@cache
def _texts() -> frozenset[str]:
    return frozenset(text for method, pattern in SOURCES for text in _in(method, pattern))


def _in(method: str, pattern: str) -> Iterator[str]:
    options = {"trim_blocks": "true", "lstrip_blocks": "true"}
    for path in sorted(Path(ROOT).glob(pattern)):
        with path.open("rb") as file:
            for _line, text, _comments, _context in extract(method, file, KEYWORDS, (), options):
                for one in text if isinstance(text, tuple) else (text,):
                    if one:
                        yield one


@cache
def share(locale: str) -> float:
    """Return how much of the enterprise's desk a catalogue says, 0 to 1."""
    catalogue = Translations.load(str(TRANSLATIONS), [locale])
    said = getattr(catalogue, "_catalog", {})
    known = {key[0] if isinstance(key, tuple) else key for key, text in said.items() if text}
    return len(texts() & known) / max(1, len(texts()))


def offered() -> tuple[str, ...]:
    """Return the languages beyond the two whose catalogue is complete enough."""
    settings: Settings = current_app.config["SETTINGS"]
    return tuple(one for one in MORE if share(one) >= settings.language_share)


def speaks_more(endpoint: str | None) -> bool:
    """Say whether the page is one that firms' people read."""
    return endpoint is not None and (endpoint in DOORS or endpoint.startswith("enterprise."))


def of_this_page() -> tuple[str, ...]:
    """Return the languages that the page at hand is offered in."""
    return (*LOCALES, *offered()) if speaks_more(request.endpoint) else LOCALES


def choose() -> str:
    """Return the reader's language: what they chose, English where the page lacks it."""
    chosen = session.get("locale")
    if chosen in LOCALES:
        return str(chosen)
    if chosen in MORE:
        return str(chosen) if chosen in of_this_page() else "en"
    return LOCALES[0]


def may_choose(locale: str) -> bool:
    """Say whether a reader may switch to a language."""
    return locale in LOCALES or locale in offered()


class ChainedDomain(Domain):  # type: ignore[misc]
    """Says in English what a catalogue lacks; what English lacks stays in Vietnamese."""

    def get_translations(self) -> NullTranslations:
        """Return the reader's catalogue, English behind it."""
        locale = str(get_locale())
        found = self.cache.get((locale, "chain"))
        if found is None and locale in MORE:
            found = Translations.load(str(TRANSLATIONS), [locale])
            found.add_fallback(Translations.load(str(TRANSLATIONS), ["en"]))
            self.cache[locale, "chain"] = found
        chosen: NullTranslations = found if found is not None else super().get_translations()
        return chosen


class Languages(Babel):  # type: ignore[misc]
    """Flask-Babel with the chain of catalogues."""

    @property
    def domain_instance(self) -> Domain:
        """Return the one domain of the application."""
        if not hasattr(self, "_chained"):
            self._chained = ChainedDomain(domain=self.domain)
        return self._chained


def attach(app: Flask) -> None:
    """Let pages choose their language."""
    Languages(app, locale_selector=choose)
