"""Naming a browser for people: "Chrome, Windows" instead of what it says of itself."""

from __future__ import annotations

# The first sign that is found counts: Edge and Opera call themselves Chrome too.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("coc_coc", "Cốc Cốc"),
            ("SamsungBrowser", "Samsung"),
            ("Firefox", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"),
            ("Safari", "Safari"))  # fmt: skip
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
           ("Mac OS", "macOS"), ("Linux", "Linux"))  # fmt: skip


def browser_name(raw: str) -> str:
    """Return a short name; what is unknown shows its own first words."""
    found = [
        next((name for sign, name in signs if sign in raw), "") for signs in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(part for part in found if part) or raw[:40] or "–"
