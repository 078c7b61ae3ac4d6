"""What ails an installation: settings, database, keys, worker, disk. Each line says how to mend it.

A symptom is a fact that an administrator can act on; what has no remedy is not looked at.
"""

from __future__ import annotations

import datetime as dt
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory
from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from jobcenter.accounts.setup import is_empty
from jobcenter.audit.models import LedgerEntry
from jobcenter.catalogue.rules import unloaded
from jobcenter.config import ROOT, Settings
from jobcenter.kernel import clock
from jobcenter.kernel.words import N_
from jobcenter.matching.index import CURRENT
from jobcenter.notices.choices import NoticeState
from jobcenter.notices.models import Notice
from jobcenter.upkeep.choices import Level
from jobcenter.work.queries import runs
from jobcenter.work.timetable import SCHEDULES

NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "ceph", "glusterfs"}
)
LEAST_FREE = 2 * 2**30  # bytes; a backup and an index of a large register fit
BACKUP_NOTE = "last-backup"
BACKUP_AGE = dt.timedelta(days=2)


@dataclass(frozen=True)
class Symptom:
    """One thing looked at: how it is and, unless well, what to do."""

    code: str
    level: Level
    says: str
    remedy: str = ""
    params: dict[str, Any] = field(default_factory=dict)


def examine(session: Session, settings: Settings) -> list[Symptom]:
    """Look at everything; without a database that answers there is nothing more to look at."""
    try:
        return [symptom for look in LOOKS for symptom in look(session, settings)]
    except (OperationalError, ProgrammingError) as error:
        session.rollback()
        return [
            Symptom(
                "database", Level.BAD, N_("Không dùng được cơ sở dữ liệu: %(why)s"),
                N_("Xem DATABASE_URL, máy chủ cơ sở dữ liệu, rồi chạy: flask db upgrade"),
                {"why": str(error.orig).strip().splitlines()[0]},
            )
        ]  # fmt: skip


def worst(symptoms: list[Symptom]) -> Level:
    """Return the worst level among symptoms."""
    levels = {symptom.level for symptom in symptoms}
    return next((level for level in (Level.BAD, Level.WARN) if level in levels), Level.OK)


def newest_migration() -> str:
    """Return the migration that this program's code needs."""
    return str(ScriptDirectory(str(ROOT / "migrations")).get_current_head())


def migration(session: Session) -> str | None:
    """Return the migration at which the database stands."""
    if not inspect(session.connection()).has_table("alembic_version"):
        return None
    found: str | None = session.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def is_behind(session: Session) -> bool:
    """Say whether the database does not stand at the newest migration."""
    return migration(session) != newest_migration()


def late_schedules(session: Session, now: dt.datetime) -> list[str]:
    """Return scheduled work that should have run by now: the worker is away, or stuck."""
    seen = runs(session)
    starts = {name: run.started_at for name, run in seen.items()}
    return [
        one.name
        for one in SCHEDULES
        if (at := starts.get(one.name)) is None or now - at > 2 * one.every + one.most
    ]


def _database(session: Session, settings: Settings) -> Iterator[Symptom]:
    here, wanted = migration(session), newest_migration()
    if here == wanted:
        yield Symptom(
            "migrations", Level.OK, N_("Cơ sở dữ liệu đúng bản %(here)s."), params={"here": here}
        )
    else:
        yield Symptom(
            "migrations", Level.BAD,
            N_("Cơ sở dữ liệu ở bản %(here)s, chương trình cần %(wanted)s."),
            N_("Sao lưu rồi chạy: flask db upgrade"), {"here": here, "wanted": wanted},
        )  # fmt: skip
    if session.get_bind().dialect.name == "sqlite":
        yield from _sqlite(session, settings)
    else:
        yield from _postgresql(session)


def _sqlite(session: Session, settings: Settings) -> Iterator[Symptom]:
    kind = filesystem(Path(settings.url.removeprefix("sqlite:///")))
    if kind in NETWORK:
        yield Symptom(
            "network-disk", Level.BAD, N_("Tệp SQLite nằm trên ổ mạng (%(kind)s)."),
            N_("Chuyển thư mục instance về ổ trong máy, hoặc dùng PostgreSQL."), {"kind": kind},
        )  # fmt: skip
    state = session.scalar(text("PRAGMA quick_check(1)"))
    if state == "ok":
        yield Symptom("sqlite", Level.OK, N_("Tệp SQLite đọc được nguyên vẹn."))
    else:
        yield Symptom(
            "sqlite", Level.BAD, N_("Tệp SQLite hỏng: %(state)s"),
            N_("Dừng máy chủ, khôi phục bản sao lưu gần nhất: flask restore"), {"state": state},
        )  # fmt: skip


def _postgresql(session: Session) -> Iterator[Symptom]:
    owner = session.scalar(
        text("SELECT tableowner = current_user FROM pg_tables WHERE tablename = 'ledger_entry'")
    )
    if owner:
        yield Symptom(
            "database-role", Level.WARN,
            N_("Chương trình chạy bằng vai trò sở hữu bảng, sửa được cả nhật ký."),
            N_("Tạo vai trò riêng: flask database roles, rồi đổi DATABASE_URL."),
        )  # fmt: skip
    else:
        yield Symptom("database-role", Level.OK, N_("Chương trình chạy bằng vai trò riêng."))


def _keys(_session: Session, settings: Settings) -> Iterator[Symptom]:
    mode = stat.S_IMODE(settings.key_file.stat().st_mode)
    if mode & 0o077:
        yield Symptom(
            "keys", Level.BAD, N_("Người khác trên máy đọc được tệp khoá."),
            N_("Chạy: chmod 600 instance/keys.json, rồi đổi khoá: flask keys rotate"),
        )  # fmt: skip
    else:
        yield Symptom("keys", Level.OK, N_("Tệp khoá chỉ chủ của nó đọc được."))


def _door(session: Session, settings: Settings) -> Iterator[Symptom]:
    is_real = not (settings.instance / "demo-accounts.json").exists()
    if is_real and not settings.https:
        yield Symptom(
            "https", Level.WARN, N_("Máy chủ chưa đứng sau https."),
            N_("Đặt máy chủ web có chứng thư ở trước, rồi JOBCENTER_HTTPS=1, JOBCENTER_PROXIES=1."),
        )  # fmt: skip
    if is_real and not settings.factor_roles:
        yield Symptom(
            "second-factor", Level.BAD, N_("Nhân viên đăng nhập chỉ bằng mật khẩu."),
            N_("Bỏ JOBCENTER_REQUIRE_TOTP=none."),
        )  # fmt: skip
    if is_empty(session):
        yield Symptom(
            "no-account", Level.WARN, N_("Chưa có tài khoản nào."), N_("Chạy: flask setup-code")
        )


def _lists(session: Session, _settings: Settings) -> Iterator[Symptom]:
    missing = unloaded(session)
    if missing:
        yield Symptom(
            "lists", Level.WARN, N_("Danh mục kèm bản này chưa nạp: %(names)s."),
            N_("Chạy: flask catalogue load"), {"names": ", ".join(missing)},
        )  # fmt: skip
    else:
        yield Symptom("lists", Level.OK, N_("Danh mục đúng với bản này."))


def _index(_session: Session, settings: Settings) -> Iterator[Symptom]:
    if (settings.index_directory / CURRENT).exists():
        yield Symptom("index", Level.OK, N_("Chỉ mục tìm người có sẵn."))
    else:
        yield Symptom(
            "index", Level.WARN, N_("Chưa có chỉ mục tìm người, lần mở đầu sẽ chậm."),
            N_("Chạy: flask match rebuild"),
        )  # fmt: skip


def _worker(session: Session, _settings: Settings) -> Iterator[Symptom]:
    late = late_schedules(session, clock.now())
    if late:
        yield Symptom(
            "worker", Level.BAD, N_("Việc theo lịch quá giờ chưa chạy: %(names)s."),
            N_("Chạy bộ chạy nền: python -m jobcenter work"), {"names": ", ".join(late)},
        )  # fmt: skip
    else:
        yield Symptom("worker", Level.OK, N_("Bộ chạy nền làm việc đúng giờ."))
    failed = sorted(name for name, run in runs(session).items() if run.is_good is False)
    if failed:
        yield Symptom(
            "schedules", Level.BAD, N_("Lần chạy gần nhất không xong: %(names)s."),
            N_("Mở trang “Việc theo lịch” xem lý do."), {"names": ", ".join(failed)},
        )  # fmt: skip


def _mail(session: Session, settings: Settings) -> Iterator[Symptom]:
    dead = select(func.count()).select_from(Notice).where(Notice.state == NoticeState.DEAD)
    count = session.scalar(dead) or 0
    if count:
        yield Symptom(
            "outbox", Level.WARN, N_("%(count)s tin gửi mãi không được."),
            N_("Mở trang “Tin gửi đi”, xem lý do, gửi lại hoặc bỏ."), {"count": count},
        )  # fmt: skip
    if settings.sends_out and settings.mail_url is None:
        yield Symptom(
            "mail", Level.WARN, N_("Chưa đặt máy chủ thư: thư nằm trong thư mục outbox."),
            N_("Đặt JOBCENTER_MAIL_URL."),
        )  # fmt: skip


def _disk(_session: Session, settings: Settings) -> Iterator[Symptom]:
    free = shutil.disk_usage(settings.instance).free
    figures = {"free": f"{free / 2**30:.1f}"}
    if free < LEAST_FREE:
        yield Symptom(
            "disk", Level.BAD, N_("Ổ đĩa chỉ còn %(free)s GB."),
            N_("Dọn ổ đĩa, chuyển bản sao lưu cũ đi nơi khác."), figures,
        )  # fmt: skip
    else:
        yield Symptom("disk", Level.OK, N_("Ổ đĩa còn %(free)s GB."), params=figures)


def _backup(_session: Session, settings: Settings) -> Iterator[Symptom]:
    note = settings.instance / BACKUP_NOTE
    if not note.exists():
        yield Symptom(
            "backup", Level.WARN, N_("Máy này chưa sao lưu lần nào."),
            N_("Đặt lịch chạy: flask backup"),
        )  # fmt: skip
        return
    at = dt.datetime.fromtimestamp(note.stat().st_mtime, dt.UTC)
    old = clock.now() - at > BACKUP_AGE
    yield Symptom(
        "backup", Level.WARN if old else Level.OK, N_("Sao lưu gần nhất %(at)s."),
        N_("Xem lịch sao lưu còn chạy không.") if old else "",
        {"at": clock.local(at).strftime("%H:%M %d/%m/%Y")},
    )  # fmt: skip


def _time(session: Session, _settings: Settings) -> Iterator[Symptom]:
    last = session.scalar(select(func.max(LedgerEntry.at)))
    if last is not None and last > clock.now() + dt.timedelta(minutes=1):
        yield Symptom(
            "clock", Level.BAD, N_("Đồng hồ máy chậm hơn dòng nhật ký cuối."),
            N_("Bật đồng bộ giờ (NTP)."),
        )  # fmt: skip


def filesystem(path: Path) -> str:
    """Return the kind of file system that holds `path`; empty where that cannot be told."""
    try:
        lines = Path("/proc/mounts").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    mounts = [(Path(parts[1]), parts[2]) for line in lines if len(parts := line.split()) > 2]
    holding = [(at, kind) for at, kind in mounts if path.resolve().is_relative_to(at)]
    return max(holding, key=lambda one: len(one[0].parts), default=(path, ""))[1]


Look = Callable[[Session, Settings], Iterator[Symptom]]
LOOKS: tuple[Look, ...] = (
    _database, _keys, _door, _lists, _index, _worker, _mail, _disk, _backup, _time,
)  # fmt: skip
