"""The blueprint that the modules of this desk hang their views on."""

from __future__ import annotations

from flask import Blueprint

desk = Blueprint("privacy", __name__, url_prefix="/privacy")
