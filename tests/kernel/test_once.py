"""A form key leads to its first answer, for the person who sent it and nobody else."""

from __future__ import annotations

from sqlalchemy.orm import Session

from jobcenter.kernel.once import already, remember


def test_a_key_is_remembered_for_its_sender(session: Session) -> None:
    assert already(session, form_key="k", user_id=1) is None
    remember(session, form_key="k", user_id=1, location="/a")
    assert already(session, form_key="k", user_id=1) == "/a"
    assert already(session, form_key="k", user_id=2) is None


def test_a_key_that_is_no_key_is_not_kept(session: Session) -> None:
    for key in ("", "x" * 65):
        remember(session, form_key=key, user_id=1, location="/a")
        assert already(session, form_key=key, user_id=1) is None


def test_a_rollback_forgets(session: Session) -> None:
    remember(session, form_key="k", user_id=1, location="/a")
    session.rollback()
    assert already(session, form_key="k", user_id=1) is None
