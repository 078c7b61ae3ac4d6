"""Senders: mail over SMTP; text messages and Zalo by whatever the installation plugs in.

The default writes files: nothing leaves the machine before somebody set an address to send by.
"""

from __future__ import annotations

import importlib
import json
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from jobcenter.config import Settings
from jobcenter.notices.choices import Channel

SECONDS = 20


@dataclass(frozen=True)
class Outgoing:
    """One message as a sender gets it; `message_id` stays the same at every try."""

    to: str
    subject: str
    body: str
    short: str
    message_id: str


class Sender(Protocol):
    """Brings one message out of the house or raises."""

    def __call__(self, message: Outgoing) -> None:
        """Send; an exception is a failed try."""


class FileSender:
    """Writes each message to a file named by its id: a second try writes the same file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, message: Outgoing) -> None:
        """Write the message."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = "".join(c if c.isalnum() or c in "-._" else "_" for c in message.message_id)
        text = json.dumps(asdict(message), ensure_ascii=False, indent=2)
        (self.folder / f"{name.strip('_')}.json").write_text(text, encoding="utf-8")


class SmtpSender:
    """Mail over SMTP: smtp://, smtp+starttls:// or smtps://user:password@host:port."""

    def __init__(self, address: str, sender: str) -> None:
        self.at, self.sender = urlsplit(address), sender

    def __call__(self, message: Outgoing) -> None:
        """Send one mail."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self.sender, message.to, message.subject
        mail["Message-ID"], mail["Date"] = message.message_id, formatdate()
        mail.set_content(message.body)
        host, port = self.at.hostname or "localhost", self.at.port
        kind = smtplib.SMTP_SSL if self.at.scheme == "smtps" else smtplib.SMTP
        with kind(host, port or 0, timeout=SECONDS) as server:
            if self.at.scheme == "smtp+starttls":
                server.starttls(context=ssl.create_default_context())
            if self.at.username:
                server.login(unquote(self.at.username), unquote(self.at.password or ""))
            server.send_message(mail)


def senders(settings: Settings) -> dict[Channel, Sender]:
    """Return how each channel leaves this installation."""
    folder = settings.instance / "outbox"
    found: dict[Channel, Sender] = {
        channel: FileSender(folder / channel.value)
        for channel in (Channel.EMAIL, Channel.SMS, Channel.ZALO)
    }
    if not settings.sends_out:
        return found
    if settings.mail_url:
        found[Channel.EMAIL] = SmtpSender(settings.mail_url, settings.mail_from)
    for channel, name in ((Channel.SMS, settings.sms_sender), (Channel.ZALO, settings.zalo_sender)):
        if name:
            found[channel] = plugged(name)(settings)
    return found


def plugged(name: str) -> Callable[[Settings], Sender]:
    """Return the factory "package.module:function" that makes a sender from the settings."""
    module, _sep, function = name.partition(":")
    made: Callable[[Settings], Sender] = getattr(importlib.import_module(module), function)
    return made
