"""Typed settings from the environment. A default stands only where it is safe in production."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from jobcenter.kernel import keyfile

VERSION = "0.1.0"
ROOT = Path(__file__).resolve().parent.parent


# The demo's invented accounts sign in with their password alone; real staff do not.
FACTOR_ROLES = frozenset(
    {"administrator", "manager", "counsellor", "school-staff", "teacher", "firm-administrator"}
)


class Settings(BaseSettings):
    """What differs between installations; docs/running.md explains each."""

    model_config = SettingsConfigDict(env_prefix="JOBCENTER_", frozen=True)

    instance: Path = ROOT / "instance"
    database_url: str | None = Field(default=None, validation_alias="DATABASE_URL")
    https: bool = False
    # Web servers in front whose X-Forwarded-* headers are believed; 0: nobody's.
    proxies: int = 0
    threads: int = 4
    idle_minutes: int = 30
    session_hours: int = 12
    sign_in_tries: int = 5
    sign_in_window_seconds: int = 60
    # Who must have a second factor: roles and "firm-administrator", comma between; or "none".
    require_totp: str = "auto"
    factor_tries: int = 10
    factor_window_seconds: int = 1_800
    proof_minutes: int = 15
    sign_up_tries: int = 5
    sign_up_window_seconds: int = 3600
    language_share: float = 0.5
    argon2_memory_kib: int = 65_536
    argon2_time_cost: int = 3
    max_upload_bytes: int = 16 * 1024 * 1024
    match_prices: bool = True
    # An empty database is filled with an invented town, or waits for its first administrator.
    demo: bool = True
    # A training copy looks different on every page and paper and sends nothing out.
    training: bool = False
    redis_url: str | None = None
    # smtp://, smtp+starttls:// or smtps://user:password@host:port; without it mail goes to files.
    mail_url: str | None = None
    mail_from: str = "khong-tra-loi@localhost"
    # "package.module:function" that makes a sender from these settings.
    sms_sender: str | None = None
    zalo_sender: str | None = None
    call_back_phone: str = "0225 3842 111"

    @property
    def url(self) -> str:
        """Return the database address; SQLite in the instance folder when none is set."""
        url = self.database_url or f"sqlite:///{self.instance / 'jobcenter.sqlite3'}"
        for plain in ("postgresql://", "postgres://"):
            if url.startswith(plain):
                return "postgresql+psycopg://" + url.removeprefix(plain)
        return url

    @property
    def sends_out(self) -> bool:
        """Say whether anything may leave the machine; every sender asks."""
        return not self.training

    @property
    def cookie(self) -> str:
        """Return the session cookie's name; a training copy beside a real one has its own."""
        name = "jobcenter-training" if self.training else "jobcenter"
        return f"__Host-{name}" if self.https else name

    @property
    def queue_file(self) -> Path | None:
        """Return the file of the workers' queue; None where Redis holds it."""
        return None if self.redis_url else self.instance / "queue.sqlite3"

    @property
    def index_directory(self) -> Path:
        """Return where the match index lies."""
        return self.instance / "index"

    @property
    def factor_roles(self) -> frozenset[str]:
        """Return whose sign-in needs a second factor: all staff unless told, nobody in the demo."""
        if self.require_totp != "auto":
            return frozenset(part.strip() for part in self.require_totp.split(","))
        is_demo = (self.instance / "demo-accounts.json").exists()
        return frozenset() if is_demo else FACTOR_ROLES

    @property
    def key_file(self) -> Path:
        """Return where the secrets lie."""
        return self.instance / "keys.json"

    @property
    def seal_heads(self) -> Path:
        """Return where the newest seals are noted, outside the database."""
        return self.instance / "seal-heads.json"

    @cached_property
    def keys(self) -> keyfile.Keys:
        """Return the secret keys of this installation."""
        return keyfile.load(self.key_file)
