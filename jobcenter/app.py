"""Puts settings, extensions, desks and commands together. Nothing else."""

from __future__ import annotations

from argon2 import PasswordHasher
from flask import Flask
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined

from jobcenter import cli
from jobcenter.config import ROOT, Settings
from jobcenter.desks import (
    access,
    deeds,
    errors,
    headers,
    languages,
    observing,
    pages,
    phrases,
    sights,
    signin,
    static_files,
)
from jobcenter.desks.account import desk as account
from jobcenter.desks.admin import desk as admin
from jobcenter.desks.counsellor import desk as counsellor
from jobcenter.desks.enterprise import desk as enterprise
from jobcenter.desks.imports import desk as imports
from jobcenter.desks.manager import desk as manager
from jobcenter.desks.privacy import desk as privacy
from jobcenter.desks.public import desk as public
from jobcenter.desks.school import desk as school
from jobcenter.desks.seeker import desk as seeker
from jobcenter.desks.work import desk as work
from jobcenter.kernel import crypto, keyfile, training
from jobcenter.kernel.db import db, declare_kind, engine_options, prepare
from jobcenter.matching import index
from jobcenter.work import queue

DESKS = (
    public, account, counsellor, enterprise, school, manager, admin, seeker, work, privacy,
    imports,
)  # fmt: skip


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application; `settings` come from the environment unless a test gives them."""
    settings = settings or Settings()
    settings.instance.mkdir(parents=True, exist_ok=True)
    app = Flask(
        "jobcenter",
        root_path=str(ROOT),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
        instance_path=str(settings.instance.resolve()),
    )
    configure(app, settings)
    crypto.use(keyfile.living(settings.key_file))
    training.use(is_training=settings.training)
    index.use(index.IndexHolder(settings.index_directory, prices=settings.match_prices))
    queue.use(queue.make(settings.queue_file, settings.redis_url))
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    CSRFProtect(app)
    signin.manager.init_app(app)
    languages.attach(app)
    app.before_request(lambda: declare_kind(writing=access.writes()))
    app.before_request(access.guard)
    headers.attach(app, https=settings.https, proxies=settings.proxies)
    observing.attach(app)
    static_files.attach(app)
    errors.attach(app)
    sights.attach(app)
    pages.attach(app)
    phrases.attach(app)
    deeds.attach(app)
    for desk in DESKS:
        app.register_blueprint(desk)
    cli.attach(app)
    access.require_policies(app)
    return app


def configure(app: Flask, settings: Settings) -> None:
    """Fill Flask's configuration from ours."""
    app.config |= {
        "SETTINGS": settings,
        "SECRET_KEY": settings.keys.session,
        "HASHER": PasswordHasher(
            time_cost=settings.argon2_time_cost,
            memory_cost=settings.argon2_memory_kib,
            parallelism=1,
        ),
        "SQLALCHEMY_DATABASE_URI": settings.url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings.url, settings.threads),
        "SESSION_COOKIE_NAME": settings.cookie,
        "SESSION_COOKIE_SECURE": settings.https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": settings.max_upload_bytes,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "MAX_FORM_PARTS": 2_000,
        "WTF_CSRF_TIME_LIMIT": 12 * 3600,
        "BABEL_DEFAULT_LOCALE": "vi",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Ho_Chi_Minh",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "jobcenter" / "translations"),
    }
    app.config["DUMMY_HASH"] = app.config["HASHER"].hash("not a password of anybody")
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
