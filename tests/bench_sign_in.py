"""Does the time of an answer tell whether a login exists? `python -m tests.bench_sign_in [tries]`.

Wrong passwords for known and unknown logins in turn, through the whole application with the hash
of production. The last line is JSON: medians, their difference, and the AUC of guessing by time
alone (0.5: nothing to be learned).
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bs4 import BeautifulSoup
from flask_migrate import upgrade

from jobcenter.accounts.choices import Role
from jobcenter.accounts.models import User
from jobcenter.app import create_app
from jobcenter.config import Settings
from jobcenter.kernel.db import db


def main(tries: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(instance=Path(folder), sign_in_tries=10**6))
        with app.app_context():
            upgrade()
            hashed = app.config["HASHER"].hash("mật khẩu thật của người này")
            people = [f"nguoi{n}" for n in range(20)]
            db.session.add_all(
                User(login=one, name=one, role=Role.COUNSELLOR, password_hash=hashed)
                for one in people
            )
            db.session.commit()
        browser = app.test_client()
        page = BeautifulSoup(browser.get("/sign-in").text, "html.parser")
        token = str(page.find("input", {"name": "csrf_token"})["value"])  # type: ignore[index]
        times: dict[str, list[float]] = {"known": [], "unknown": []}
        for number in range(tries + 10):
            for kind in ("known", "unknown") if number % 2 else ("unknown", "known"):
                login = people[number % 20] if kind == "known" else f"khong{number % 20}"
                data = {"csrf_token": token, "login": login, "password": f"sai {number}"}
                started = time.perf_counter()
                answer = browser.post("/sign-in", data=data)
                took = (time.perf_counter() - started) * 1000
                assert answer.status_code == 422, answer.status_code
                if number >= 10:  # the first ones warm caches
                    times[kind].append(took)
    print(json.dumps(figures(times)))


def figures(times: dict[str, list[float]]) -> dict[str, float]:
    known, unknown = times["known"], times["unknown"]
    wins = sum((a > b) + (a == b) / 2 for a in known for b in unknown)
    middle = {kind: statistics.median(values) for kind, values in times.items()}
    return {
        "tries_each": len(known),
        "median_ms_known": round(middle["known"], 2),
        "median_ms_unknown": round(middle["unknown"], 2),
        "median_difference_ms": round(middle["known"] - middle["unknown"], 2),
        "auc": round(wins / (len(known) * len(unknown)), 3),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 300)
