"""Languages of the enterprise's desk: offered when whole enough, English behind them."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask

from jobcenter.accounts.choices import Role
from jobcenter.desks import languages
from tests.support.client import Client

pytestmark = pytest.mark.building
PLACE = re.compile(r"%\(\w+\)[sd]")


@pytest.mark.parametrize("locale", languages.MORE)
def test_a_catalogue_is_sound_and_its_share_is_told(
    locale: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = languages.TRANSLATIONS / locale / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=locale)
    said = {}
    for message in catalogue:
        if message.id and not message.fuzzy:
            many = isinstance(message.id, tuple)
            key = message.id[0] if many else message.id
            text = message.string[0] if many else message.string
            said[key] = text
            assert set(PLACE.findall(key)) == set(PLACE.findall(text)), key
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    assert path.with_suffix(".mo").read_bytes() == compiled.getvalue()
    known = [text for text in languages.texts() if said.get(text)]
    assert languages.share(locale) == pytest.approx(len(known) / len(languages.texts()))
    missing = sorted(languages.texts() - set(known))
    with capsys.disabled():
        told = f"{len(known)} of {len(languages.texts())} texts of the enterprise's desk"
        print(f"\n{locale}: {told}; {len(missing)} in English, such as {missing[:2]}")


def test_more_languages_stand_on_firms_pages_alone_and_fall_back(
    app: Flask, client: Client, make_user: Any, make_enterprise: Any, make_vacancy: Any
) -> None:
    with app.app_context():
        offered = languages.offered()
    assert set(offered) <= set(languages.MORE)
    firm = make_enterprise(park_code="nomura", type="foreign", capital_country="kr")
    make_vacancy(enterprise=firm, deadline=dt.date(2026, 12, 31))
    client.sign_in_as(make_user(Role.ENTERPRISE_USER, enterprise=firm))
    for locale, word, day in (
        ("ko", "채용 요청", "2026. 12. 31."), ("zh", "招聘需求", "2026年12月31日"),
        ("ja", "求人", "2026/12/31"),
    ):  # fmt: skip
        client.get(f"/language/{locale}", query_string={"next": "/enterprise/vacancies"})
        page = client.get("/enterprise/vacancies").text
        assert client.page.html["lang"] == (locale if locale in offered else "vi")
        if locale in offered:
            assert word in page
            assert day in page
            assert languages.NAMES["ja"] in page
        # names of code lists are English where the language has none
        record = client.get("/enterprise/firm").text
        assert ("Japan - Hai Phong Industrial Zone" in record) is (locale in offered)
        client.get("/help")
        assert client.page.html["lang"] == ("en" if locale in offered else "vi")
    assert client.get("/language/xx").status_code == 302


def test_a_catalogue_that_is_too_thin_is_not_offered(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(languages, "share", lambda _locale: 0.1)
    client.get("/language/ko", query_string={"next": "/enterprise-sign-up"})
    client.get("/enterprise-sign-up")
    assert client.page.html["lang"] == "vi"
    assert languages.NAMES["ko"] not in client.page.get_text()
