"""flask accounts: add an account, set a password."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from jobcenter.accounts import factor, passwords, rules
from jobcenter.accounts.choices import EVERYTHING, Role
from jobcenter.accounts.queries import find_user
from jobcenter.config import Settings
from jobcenter.kernel.actor import system
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused

group = AppGroup("accounts", help="Accounts: add one, set a password.")
BY = system("flask accounts", EVERYTHING)


@group.command("add")
@click.argument("login")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.password_option()
def add(login: str, name: str, role: str, password: str) -> None:
    """Add an account LOGIN for NAME; asks for the password."""
    try:
        hashed = _hashed(password, login, name, Role(role))
        rules.add_user(
            db.session(), login=login, name=name, role=Role(role), password_hash=hashed, by=BY
        )
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    db.session.commit()


@group.command("password")
@click.argument("login")
@click.password_option()
def password(login: str, password: str) -> None:
    """Set the password of LOGIN; every session of the account ends."""
    user = find_user(db.session(), login)
    if user is None:
        raise click.ClickException(f"Không có tài khoản {login}.")
    try:
        hashed = _hashed(password, user.login, user.name, user.role)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    rules.set_password(db.session(), user=user, password_hash=hashed, by=BY)
    db.session.commit()


@group.command("reset-factor")
@click.argument("login")
def reset_factor(login: str) -> None:
    """Forget the second factor of LOGIN (a lost phone); every session of the account ends."""
    user = find_user(db.session(), login)
    if user is None:
        raise click.ClickException(f"Không có tài khoản {login}.")
    factor.remove(db.session(), user=user, by=BY)
    db.session.commit()


def _hashed(password: str, login: str, name: str, role: Role) -> str:
    settings: Settings = current_app.config["SETTINGS"]
    has_factor = role.value in settings.factor_roles
    plain = passwords.check(password, login=login, name=name, has_factor=has_factor)
    return str(current_app.config["HASHER"].hash(plain))
