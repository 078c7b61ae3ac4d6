"""Files made to hurt are refused in words, quickly, and the process that serves lives on.

Sixteen here by the seed of the run; `python -m tests.proof uploads` tries 200.
"""

from __future__ import annotations

import os
import random

from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.exchange.check import check
from jobcenter.exchange.kinds import KINDS
from jobcenter.exchange.reading import read
from jobcenter.kernel.actor import system
from jobcenter.kernel.errors import Refused
from tests.support.hostile import corpus, good

SEED = os.environ.get("JOBCENTER_SEED", "1")
COUNT = int(os.environ.get("JOBCENTER_HOSTILE", "16"))
BY = system("tests", EVERYTHING)


def refusal(session: Session, data: bytes) -> Refused | None:
    try:
        check(session, kind=KINDS["people"], table=read(data), by=BY)
    except Refused as refused:
        return refused
    return None


def test_hostile_files_are_refused_and_hurt_nobody(session: Session) -> None:
    taken = []
    for name, data in corpus(SEED, COUNT):
        told = refusal(session, data)
        if told is None or told.field != "file" or len(str(told)) < 10:
            taken.append((name, told))
    assert not taken
    sound = check(session, kind=KINDS["people"], table=read(good(random.Random(1))), by=BY)
    assert [row.state for row in sound.rows] == ["good"]
