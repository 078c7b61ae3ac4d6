"""From a fresh process to the first list: ``python -m ml.coldstart DIRECTORY < task.json``.

The benchmark starts it with a saved index, a vacancy and communes. It prints seconds: opening the
index, the first list, the second one. What is left of the whole is Python and its imports.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from ml.documents import Vacancy
from ml.filters import Filters
from ml.index import MatchIndex


def main() -> None:
    """Open the index, make two lists, say how long each step took."""
    task = json.load(sys.stdin)
    vacancy = Vacancy.from_dict(task["vacancy"])
    filters = Filters(communes=frozenset(task["communes"])) if task["communes"] else None
    marks = [time.perf_counter()]
    index = MatchIndex.load(Path(sys.argv[1]))
    marks.append(time.perf_counter())
    for _ in range(2):
        index.rank(vacancy, filters=filters, today=date.fromisoformat(task["today"]))
        marks.append(time.perf_counter())
    steps = zip(("open_s", "first_list_s", "second_list_s"), marks, marks[1:], strict=False)
    print(json.dumps({name: after - before for name, before, after in steps}))  # noqa: T201


def fresh_process(directory: Path, task: dict[str, Any], *, forget_files: bool) -> dict[str, float]:
    """Run this module as a process of its own; ``to_first_list_s`` is from its start.

    ``forget_files``: the system is asked to drop the index from its memory first, so that the
    disk is read (only pages already written can be dropped).
    """
    if forget_files:
        os.sync()
        for path in directory.glob("generation-*/*"):
            file = os.open(path, os.O_RDONLY)
            os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(file)
    start = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "ml.coldstart", str(directory)], input=json.dumps(task),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    total = time.perf_counter() - start
    told: dict[str, float] = json.loads(done.stdout)
    spent = {"python_and_imports_s": total - sum(told.values()), **told,
             "to_first_list_s": total - told["second_list_s"]}  # fmt: skip
    return {name: round(seconds, 3) for name, seconds in spent.items()}


if __name__ == "__main__":
    main()
