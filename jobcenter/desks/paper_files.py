"""Answers that are files, and the address where a paper's code is confirmed."""

from __future__ import annotations

import re
from urllib.parse import quote

from flask import Response, current_app, url_for

from jobcenter.kernel import vietnamese

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def confirm_address(code: str) -> str:
    """Return the address that a paper's QR leads to; without a code, what the codes follow."""
    if code:
        return url_for("public.confirm", code=code, _external=True)
    return url_for("public.confirm_form", _external=True) + "/"


def pdf_page(body: bytes, name: str) -> Response:
    """Return a PDF that the browser shows, so that it can be printed at once."""
    return _file(body, f"{name}.pdf", "application/pdf", "inline")


def attachment(body: bytes, name: str, kind: str) -> Response:
    """Return a file to keep."""
    return _file(body, name, kind, "attachment")


def _file(body: bytes, name: str, kind: str, how: str) -> Response:
    plain = re.sub(r"[^a-z0-9.-]+", "-", vietnamese.fold(name)).strip("-") or "giay"
    response = current_app.response_class(body, mimetype=kind)
    marked = quote(name, safe="")
    response.headers["Content-Disposition"] = (
        f"{how}; filename=\"{plain}\"; filename*=UTF-8''{marked}"
    )
    response.headers["Cache-Control"] = "no-store"
    return response
