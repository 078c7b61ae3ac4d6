"""At an erasure: the words that only this person used, the lists that show them, the index.

The index on disk is made anew afterwards (`privacy.erasing.finish`), because its vocabulary holds
every word that anybody wrote.
"""

from __future__ import annotations

import math
from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from jobcenter.kernel.db import transaction_kind
from jobcenter.kernel.erasing import GONE, Subject, eraser
from jobcenter.matching.choices import CANDIDATE_SHEET
from jobcenter.matching.documents import profiles
from jobcenter.matching.index import holder
from jobcenter.matching.models import Lexicon, MatchDocument
from jobcenter.matching.queries import code_for_firm
from jobcenter.papers.models import Paper
from jobcenter.seekers.models import Seeker
from jobcenter.vacancies.models import Vacancy
from ml.documents import Profile
from ml.lexicon import Lexicon as Vocabulary
from ml.lexicon import analyse
from ml.text import fold

FEW = math.log(2) + 1e-9  # a word of one document is this much rarer than one of three


@eraser
def leave_sheets(session: Session, subject: Subject) -> None:
    """Take the person's line out of masked lists that were printed for a firm."""
    files = session.scalars(select(Seeker).where(Seeker.id.in_(subject.seeker_ids))).all()
    sheets = (
        select(Paper, Vacancy.enterprise_id)
        .join(Vacancy, Vacancy.id == Paper.subject_id)
        .where(Paper.kind == CANDIDATE_SHEET.code)
    )
    for paper, firm_id in session.execute(sheets):
        codes = {code_for_firm(file, firm_id or 0) for file in files}
        lines = paper.content.get("ung_vien", [])
        kept = [
            {k: v if k == "stt" else GONE for k, v in line.items()} if line["ma"] in codes else line
            for line in lines
        ]
        if kept != lines:
            paper.content = paper.content | {"ung_vien": kept}


def words_of(session: Session, seeker_ids: Collection[int]) -> list[str]:
    """Return the words of everything that the matcher was ever given of these files."""
    stored = select(MatchDocument.body).where(MatchDocument.seeker_id.in_(seeker_ids))
    documents = [Profile.from_dict(body) for body in session.scalars(stored)]
    documents += profiles(session, list(seeker_ids))
    return sorted(
        {
            word
            for document in documents
            for _weight, runs in analyse(document).fields
            for run in runs
            for word in run
        }
    )


def forget(session: Session, words: Collection[str]) -> list[str]:
    """Make the index anew; return which stored vocabularies hold a rare one of these words.

    Reads alone, in transactions of its own: on a large register this takes its time.
    """
    holder().purge(session)
    found = []
    with transaction_kind(writing=False), Session(session.get_bind()) as own:
        for digest in own.scalars(select(Lexicon.digest).order_by(Lexicon.digest)).all():
            body = own.scalar(select(Lexicon.body).where(Lexicon.digest == digest))
            if body is not None and _tells(Vocabulary.from_bytes(body), words):
                found.append(digest)
    return found


def drop_vocabularies(session: Session, digests: Collection[str]) -> None:
    """Delete stored vocabularies; their lists stay, but cannot be scored again."""
    session.execute(delete(Lexicon).where(Lexicon.digest.in_(digests)))


def _tells(vocabulary: Vocabulary, words: Collection[str]) -> bool:
    """Say whether a word stands in a vocabulary from so few people that it tells of one.

    Folded words are asked: there every word counts, stop words too.
    """
    idf = vocabulary.folded.idf
    places = {word: place for place, word in enumerate(vocabulary.folded_words)}
    known = [places[fold(word)] for word in words if fold(word) in places]
    return any(idf[place] >= idf.max() - FEW for place in known)
