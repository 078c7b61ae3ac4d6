"""The signed address of a link for answers: made and read here, stored nowhere."""

from __future__ import annotations

import uuid

from flask import current_app, url_for
from itsdangerous import BadSignature, URLSafeSerializer

from jobcenter.kernel.errors import Missing


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="answer-link")


def token_of(key: uuid.UUID) -> str:
    """Return the token of a link: its key and the signature of this installation."""
    return _signer().dumps(key.hex)


def address_of(key: uuid.UUID) -> str:
    """Return the whole address, for a mail or a QR."""
    return url_for("public.answer_sheet", token=token_of(key), _external=True)


def key_of(token: str) -> uuid.UUID:
    """Return whose token it is; one that was not signed here is as one that never was."""
    try:
        return uuid.UUID(str(_signer().loads(token)))
    except (BadSignature, ValueError):
        raise Missing from None
