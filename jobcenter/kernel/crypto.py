"""Encryption of sensitive columns and blind indexes for looking them up.

AES-256-GCM with a random nonce; the first byte names the key, so that keys can rotate. A blind
index is an HMAC-SHA-256 of the plain value under a key of its own. Keys come from the settings,
never from the database.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM


@dataclass(frozen=True)
class Keyring:
    """Data keys by number (1..255; `current` encrypts), the key of the blind indexes, and the
    keys under which the logs are sealed (the highest number seals).
    """

    data: Mapping[int, bytes]
    current: int
    index: bytes
    seals: Mapping[int, bytes]

    @property
    def seal_number(self) -> int:
        """Return which key seals now."""
        return max(self.seals)

    def seal(self, plain: str, *, purpose: str) -> bytes:
        """Encrypt `plain`; `purpose` (table.column) is bound in, so values cannot be swapped."""
        return self.seal_bytes(plain.encode(), purpose=purpose)

    def open(self, sealed: bytes, *, purpose: str) -> str:
        """Decrypt what `seal` made; raises cryptography's InvalidTag when it was changed."""
        return self.open_bytes(sealed, purpose=purpose).decode()

    def seal_bytes(self, plain: bytes, *, purpose: str) -> bytes:
        """Encrypt bytes, as `seal` does text."""
        nonce = os.urandom(12)
        sealed = AESGCM(self.data[self.current]).encrypt(nonce, plain, purpose.encode())
        return bytes([self.current]) + nonce + sealed

    def open_bytes(self, sealed: bytes, *, purpose: str) -> bytes:
        """Decrypt what `seal_bytes` made."""
        key = AESGCM(self.data[sealed[0]])
        return key.decrypt(sealed[1:13], sealed[13:], purpose.encode())

    def blind(self, plain: str, *, purpose: str) -> str:
        """Return the blind index of `plain` in 64 hexadecimal digits."""
        return hmac.new(self.index, f"{purpose}\0{plain}".encode(), hashlib.sha256).hexdigest()


_source: Callable[[], Keyring] | None = None


def use(source: Callable[[], Keyring]) -> None:
    """Set where the process's keys come from; called once by the application factory."""
    global _source  # noqa: PLW0603 - column types have no other way to reach the settings
    _source = source


def keyring() -> Keyring:
    """Return the process's keys."""
    if _source is None:
        raise RuntimeError("no keys: create_app has not run")
    return _source()
