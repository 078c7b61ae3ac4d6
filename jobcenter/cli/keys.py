"""flask keys: rotate the keys, and keep a copy of them."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from jobcenter.config import Settings
from jobcenter.kernel import keyfile, keyvault, rotation
from jobcenter.kernel.db import db

group = AppGroup("keys", help="Keys: rotate, back up, restore. See docs/running.md first.")


def _file() -> Path:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.key_file


@group.command("rotate")
def rotate() -> None:
    """Make a new data key and put everything under it; run again after a break, it goes on."""
    current = keyfile.load(_file()).ring.current
    held = rotation.key_numbers(db.engine)
    if set(held) - {current}:
        click.echo(f"Làm tiếp với khoá {current}.")
    else:
        current = keyfile.add_data_key(_file())
        click.echo(f"Khoá mới: {current}.")
    with click.progressbar(length=sum(held.values()), label="Mã hoá lại") as bar:
        done = rotation.reencrypt(db.engine, lambda _name, count: bar.update(count))
    click.echo(f"Đã mã hoá lại {done} giá trị. Khoá cũ còn giữ: flask keys backup, rồi retire.")


@group.command("retire")
def retire() -> None:
    """Forget the old data keys, once nothing is under them any more."""
    current = keyfile.load(_file()).ring.current
    held = rotation.key_numbers(db.engine)
    left = sum(count for number, count in held.items() if number != current)
    if left:
        raise click.ClickException(f"Còn {left} giá trị dưới khoá cũ. Chạy flask keys rotate.")
    gone = keyfile.drop_old_data_keys(_file())
    click.echo(f"Đã bỏ {len(gone)} khoá. Bản sao lưu làm trước đó cần bản sao khoá làm trước đó.")


@group.command("rotate-index")
@click.option("--go-on", is_flag=True, help="Làm tiếp sau khi bị ngắt, không tạo khoá mới.")
def rotate_index(go_on: bool) -> None:
    """Make a new key for looking up sealed numbers. Stop the servers first."""
    if not go_on:
        keyfile.new_index_key(_file())
    with click.progressbar(length=0, label="Lập lại chỉ mục mù") as bar:
        done = rotation.rebuild_blinds(db.engine, lambda _name, count: bar.update(count))
    click.echo(f"Đã lập lại {done} chỉ mục.")


@group.command("rotate-seal")
def rotate_seal() -> None:
    """Make a new key for the seals to come; the old ones go on checking what they sealed."""
    click.echo(f"Khoá niêm phong mới: {keyfile.add_seal_key(_file())}.")


@group.command("rotate-cookies")
def rotate_cookies() -> None:
    """Make a new key for cookies: after a restart everybody signs in anew."""
    keyfile.new_session_key(_file())
    click.echo("Khởi động lại máy chủ; mọi người đăng nhập lại.")


@group.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.password_option("--passphrase", help="Ít nhất 15 ký tự; không có nó thì không mở được.")
def backup(file: Path, passphrase: str) -> None:
    """Write a copy of the keys to FILE, sealed with a passphrase; keep it apart from the data."""
    if len(passphrase) < keyvault.LEAST:
        raise click.ClickException(f"Câu mật cần ít nhất {keyvault.LEAST} ký tự.")
    keyfile.load(_file())
    try:
        keyvault.write(_file(), file, passphrase)
    except FileExistsError:
        raise click.ClickException(f"{file} đã có. Chọn tên khác.") from None
    click.echo(f"{file}: cất riêng với bản sao lưu, câu mật cất riêng với cả hai.")


@group.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--passphrase", prompt=True, hide_input=True)
def restore(file: Path, passphrase: str) -> None:
    """Put the keys of the copy FILE in place; never over keys that the database needs."""
    try:
        held = keyvault.read(file, passphrase)
    except keyvault.Unreadable:
        raise click.ClickException("Sai câu mật, hoặc tệp đã bị thay đổi.") from None
    if rotation.is_needed(db.engine):
        raise click.ClickException("Dữ liệu ở đây đang dùng khoá hiện có. Không thay.")
    keyfile.write(_file(), held)
    click.echo("Đã đặt khoá. Khởi động lại máy chủ.")


@group.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--passphrase", prompt=True, hide_input=True)
def verify(file: Path, passphrase: str) -> None:
    """Open the copy FILE and say whether it holds the keys of today."""
    try:
        held = keyvault.read(file, passphrase)
    except keyvault.Unreadable:
        raise click.ClickException("Sai câu mật, hoặc tệp đã bị thay đổi.") from None
    now = keyfile.read(_file())
    if held != now:
        raise click.ClickException("Mở được, nhưng không phải khoá hiện nay. Làm bản sao mới.")
    click.echo(f"{file}: mở được, đúng khoá hiện nay.")
