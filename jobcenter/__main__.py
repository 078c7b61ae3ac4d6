"""`python -m jobcenter run`, which `make run` calls: set up whatever is missing, then serve."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from rich.console import Console

from jobcenter.app import create_app
from jobcenter.catalogue import rules as catalogue
from jobcenter.config import ROOT, Settings
from jobcenter.demo import load as demo
from jobcenter.kernel import clock
from jobcenter.kernel.db import db
from jobcenter.matching import index as matching

ADDRESS = os.environ.get("JOBCENTER_BIND", "127.0.0.1:8000")
out = Console(highlight=False)
# Said whenever it is so: a real centre must not run like this.
NO_FACTOR = (
    "Không hỏi mã xác thực khi đăng nhập (dữ liệu mẫu, hoặc JOBCENTER_REQUIRE_TOTP=none) / "
    "no second factor is asked for"
)


def main() -> None:
    """Set up whatever is missing, print how to sign in, and become the server."""
    if sys.argv[1:] not in ([], ["run"], ["run", "--prepare"]):
        out.print("python -m jobcenter run [--prepare]")
        raise SystemExit(2)
    app = create_app()
    with app.app_context():
        prepare(app)
        for line in demo.sign_ins(Path(app.config["SETTINGS"].instance)):
            out.print("  " + line)
        if not app.config["SETTINGS"].factor_roles:
            out.print(NO_FACTOR)
        db.engine.dispose()
    if "--prepare" not in sys.argv:
        serve(app.config["SETTINGS"])


def prepare(app: Flask) -> None:
    """Bring database, lists, demo and index up to date; what is there already is kept."""
    upgrade()
    catalogue.load_shipped(db.session())
    db.session.commit()
    instance = Path(app.config["SETTINGS"].instance)
    try:
        demo.load(db.session(), seed=1, today=clock.today(), instance=instance)
        out.print("Đã tạo dữ liệu mẫu / the demo is made")
    except demo.NotEmpty:
        pass  # a second start keeps what is there
    db.session.rollback()
    matching.holder().fresh(db.session())


def serve(settings: Settings) -> None:
    """Replace this process by the server."""
    out.print(f"http://{ADDRESS}  (Ctrl+C: dừng / stop)")
    server = Path(sys.executable).parent / "gunicorn"
    os.chdir(ROOT)
    os.execv(  # noqa: S606 - the server is ours and takes no input from people
        server,
        [str(server), "--bind", ADDRESS, "--workers", "2", "--worker-class", "gthread",
         "--threads", str(settings.threads), "--log-level", "warning", "wsgi:app"],
    )  # fmt: skip


if __name__ == "__main__":
    main()
