"""What must not stand in an address, told so that it can: sealed, and opened again by us alone."""

from __future__ import annotations

import base64
import binascii

from cryptography.exceptions import InvalidTag

from jobcenter.kernel import crypto


def hide(text: str, *, purpose: str) -> str:
    """Return `text` as letters that tell nothing; the same text is told differently each time."""
    return (
        base64.urlsafe_b64encode(crypto.keyring().seal(text, purpose=purpose)).decode().rstrip("=")
    )


def reveal(told: str, *, purpose: str) -> str | None:
    """Return what `hide` hid, None for anything else."""
    try:
        sealed = base64.b64decode(told + "=" * (-len(told) % 4), altchars=b"-_", validate=True)
        return crypto.keyring().open(sealed, purpose=purpose) if len(sealed) > 13 else None
    except (InvalidTag, KeyError, ValueError, binascii.Error):
        return None
