"""`python -m jobcenter run`, which `make run` calls: set up whatever is missing, then serve.

`python -m jobcenter work` is the worker alone, for installations that start it by themselves.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from rich.console import Console
from sqlalchemy import inspect, text

from jobcenter.accounts import setup
from jobcenter.accounts.choices import EVERYTHING
from jobcenter.app import create_app
from jobcenter.audit import sealing
from jobcenter.catalogue import rules as catalogue
from jobcenter.config import ROOT, Settings
from jobcenter.demo import load as demo
from jobcenter.jobs import worker
from jobcenter.kernel import clock
from jobcenter.kernel.actor import system
from jobcenter.kernel.db import db
from jobcenter.matching import index as matching

ADDRESS = os.environ.get("JOBCENTER_BIND", "127.0.0.1:8000")
out = Console(highlight=False)
NOT_INVENTED = (
    "JOBCENTER_TRAINING=1, nhưng cơ sở dữ liệu này không phải dữ liệu mẫu. Dùng một thư mục "
    "JOBCENTER_INSTANCE mới / this database is not the invented town: take another one"
)
# Said whenever it is so: a real centre must not run like this.
NO_FACTOR = (
    "Không hỏi mã xác thực khi đăng nhập (dữ liệu mẫu, hoặc JOBCENTER_REQUIRE_TOTP=none) / "
    "no second factor is asked for"
)


def main() -> None:
    """Set up whatever is missing, print how to sign in, and serve."""
    if sys.argv[1:] not in ([], ["run"], ["run", "--prepare"], ["work"]):
        out.print("python -m jobcenter run [--prepare] | work")
        raise SystemExit(2)
    app = create_app()
    if sys.argv[1:] == ["work"]:
        worker.serve(app)
        return
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
    if not is_migrated(app):  # the owner of a PostgreSQL database migrates it, not we
        upgrade()
    catalogue.load_shipped(db.session())
    db.session.commit()
    settings: Settings = app.config["SETTINGS"]
    if settings.training and demo.has_real_people(db.session()):
        raise SystemExit(NOT_INVENTED)
    if settings.demo or settings.training:
        try:
            demo.load(
                db.session(), seed=1, today=clock.today(), instance=settings.instance,
                with_2020=True,
            )  # fmt: skip
            out.print("Đã tạo dữ liệu mẫu / the demo is made")
        except demo.NotEmpty:
            pass  # a second start keeps what is there
    elif setup.is_empty(db.session()):
        code = setup.new_code(db.session(), by=system("python -m jobcenter", EVERYTHING))
        db.session.commit()
        out.print(f"Cài đặt lần đầu / first set-up: http://{ADDRESS}/setup   {code}")
    db.session.rollback()
    matching.holder().fresh(db.session())
    db.session.rollback()
    sealing.seal_all(db.engine, app.config["SETTINGS"].seal_heads)


def is_migrated(app: Flask) -> bool:
    """Say whether the database stands at the newest migration."""
    newest = ScriptDirectory(app.extensions["migrate"].directory).get_current_head()
    if not inspect(db.engine).has_table("alembic_version"):
        return False
    with db.engine.connect() as connection:
        return bool(connection.scalar(text("SELECT version_num FROM alembic_version")) == newest)


def serve(settings: Settings) -> None:
    """Run the server and the worker until one ends or somebody says stop; then end both."""
    out.print(f"http://{ADDRESS}  (Ctrl+C: dừng / stop)")
    server = Path(sys.executable).parent / "gunicorn"
    os.chdir(ROOT)
    commands = (
        [str(server), "--bind", ADDRESS, "--workers", "2", "--worker-class", "gthread",
         "--threads", str(settings.threads), "--log-level", "warning", "wsgi:app"],
        [sys.executable, "-m", "jobcenter", "work"],
    )  # fmt: skip
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    shared = settings.instance / "figures"  # what the server processes count together, from 0
    shutil.rmtree(shared, ignore_errors=True)
    shared.mkdir()
    environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(shared)}
    running = [
        subprocess.Popen(command, env=environment)  # noqa: S603 - our own, no input
        for command in commands
    ]
    try:
        while all(one.poll() is None for one in running):
            time.sleep(0.5)
    except KeyboardInterrupt:
        pass
    finally:
        for one in running:
            one.terminate()
        for one in running:
            one.wait()


if __name__ == "__main__":
    main()
