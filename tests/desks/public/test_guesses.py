"""Many guesses at once: never more than the limit is tried, and nobody else is held up."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Any

from argon2 import PasswordHasher
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.kernel import clock

PASSWORD = "cảng-biển-xanh-2026"
GUESSERS = 32


class Counting(PasswordHasher):
    """Counts how often a password was really tried."""

    tried = 0
    lock = threading.Lock()

    def verify(self, *args: Any) -> Any:
        with self.lock:
            self.tried += 1
        return super().verify(*args)


def ready(app: Flask, address: str) -> tuple[Any, str]:
    """Return a browser at `address` with the sign-in page open, and its token."""
    browser = app.test_client()
    page = browser.get("/sign-in", environ_base={"REMOTE_ADDR": address})
    field = BeautifulSoup(page.text, "html.parser").find("input", {"name": "csrf_token"})
    return browser, str(field["value"])  # type: ignore[index]


def send(browser: Any, token: str, address: str, password: str) -> int:
    return browser.post(
        "/sign-in",
        data={"csrf_token": token, "login": "hatt", "password": password},
        environ_base={"REMOTE_ADDR": address},
    ).status_code


def test_parallel_guesses_never_exceed_the_limit(
    app: Flask, session: Session, make_user: Any, monkeypatch: Any
) -> None:
    hasher = Counting(time_cost=1, memory_cost=8, parallelism=1)
    make_user(Role.COUNSELLOR, login="hatt", password_hash=hasher.hash(PASSWORD))
    session.commit()
    monkeypatch.setitem(app.config, "HASHER", hasher)
    limit = app.config["SETTINGS"].sign_in_tries
    answers: Counter[int] = Counter()
    start = threading.Barrier(GUESSERS + 1)
    guessers = [ready(app, "10.0.0.66") for _ in range(GUESSERS)]
    at_the_counter = ready(app, "10.0.0.7")

    def guess(number: int) -> None:
        start.wait()
        status = send(*guessers[number], "10.0.0.66", f"sai-{number}")
        with Counting.lock:
            answers[status] += 1

    with clock.frozen(clock.now()):
        threads = [threading.Thread(target=guess, args=(n,)) for n in range(GUESSERS)]
        for thread in threads:
            thread.start()
        start.wait()
        # the person themselves, from their own desk, meanwhile
        assert send(*at_the_counter, "10.0.0.7", PASSWORD) == 302
        for thread in threads:
            thread.join()
    assert answers == {422: limit, 429: GUESSERS - limit}
    assert hasher.tried == limit + 1
