"""A copy of the key file under a passphrase, to be kept apart from the backups of the database.

scrypt makes a key of the passphrase (64 MiB, so that guessing is dear), AES-256-GCM seals the
file. The copy is text, so that it can be printed too.
"""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

KIND = "jobcenter keys, sealed"
COST, LEAST = 2**16, 15


class Unreadable(Exception):
    """The copy is not one of ours, was changed, or the passphrase is another one."""


def write(keys: Path, copy: Path, passphrase: str) -> None:
    """Write a sealed copy of the key file `keys` to `copy`, which must not be there yet."""
    salt, nonce = os.urandom(16), os.urandom(12)
    sealed = AESGCM(_key(passphrase, salt)).encrypt(nonce, keys.read_bytes(), KIND.encode())
    told = {"kind": KIND, "cost": COST, "salt": _text(salt), "nonce": _text(nonce),
            "sealed": _text(sealed)}  # fmt: skip
    handle = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(told, file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def read(copy: Path, passphrase: str) -> dict[str, Any]:
    """Return what a sealed copy holds."""
    try:
        told = json.loads(copy.read_text())
        if told["kind"] != KIND or told["cost"] != COST:
            raise Unreadable
        key = _key(passphrase, base64.b64decode(told["salt"]))
        plain = AESGCM(key).decrypt(
            base64.b64decode(told["nonce"]), base64.b64decode(told["sealed"]), KIND.encode()
        )
    except (InvalidTag, KeyError, TypeError, ValueError) as error:
        raise Unreadable from error
    found: dict[str, Any] = json.loads(plain)
    return found


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=COST, r=8, p=1).derive(passphrase.encode())


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
