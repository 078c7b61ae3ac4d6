"""Postings to judged data: the requirement lines must find the title and description they left.

``python -m ml devset POSTINGS.jsonl DIRECTORY`` writes V.jsonl, P.jsonl and Q.tsv for whoever
holds such a file; the file itself is private and stays out of the repository. Kept are postings
that are in Vietnamese (at least one word in ten carries marks), have both sections, and whose
title with description was not met before (marks and case aside).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ml.text import fold, is_accented, words

_LEAST_WORDS = 5  # fewer in a section is a damaged record, not a task


def convert(postings: Path, directory: Path) -> int:
    """Write the three files; returns how many known items there are."""
    directory.mkdir(parents=True, exist_ok=True)
    found = list(known_items(_records(postings)))
    for name, rows in (("V.jsonl", (v for v, _ in found)), ("P.jsonl", (p for _, p in found))):
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (directory / name).write_text("".join(lines), encoding="utf-8")
    judged = "".join(f"{vacancy['id']}\t{profile['id']}\t3\n" for vacancy, profile in found)
    (directory / "Q.tsv").write_text(judged, encoding="utf-8")
    return len(found)


def known_items(records: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], ...]]:
    """(vacancy, profile) of each posting that can be a task."""
    seen: set[str] = set()
    for record in records:
        title = str(record.get("title") or "")
        requirement = _joined(record.get("requirement"))
        description = _joined(record.get("description"))
        key = fold(" ".join(words(f"{title} {description}")))
        short = min(len(words(requirement)), len(words(description))) < _LEAST_WORDS
        if short or key in seen or not is_accented([title, requirement, description]):
            continue
        seen.add(key)
        yield ({"id": f"V-{record['id']}", "requirement": requirement},
               {"id": f"P-{record['id']}", "title": title, "experience": description})  # fmt: skip


def _joined(lines: object) -> str:
    return "\n".join(str(line) for line in lines) if isinstance(lines, list) else str(lines or "")


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            try:
                record = json.loads(line)
            except json.JSONDecodeError:
                continue  # a damaged line cannot be a task
            if isinstance(record, dict) and "id" in record:
                yield record
