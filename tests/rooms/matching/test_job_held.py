"""A job once held is told as a reason only where it is of the trade that is asked for."""

from __future__ import annotations

import pytest

from jobcenter.matching.words import of_the_trade
from ml.documents import Vacancy as Opening


@pytest.mark.parametrize(
    ("title", "is_told"),
    [
        ("CN may chuyền", False),
        ("Công nhân", False),
        ("Nhân viên kho", True),
        ("thu kho", True),
        ("Lái xe nâng", True),  # asked for among the requirements
    ],
)
def test_a_job_is_told_where_its_name_shares_a_telling_word(title: str, is_told: bool) -> None:
    asked = Opening(
        id="1",
        title="Thủ kho",
        description="Công nhân may giao hàng về chuyền",
        requirement="Ưu tiên biết lái xe nâng, làm công nhân kho",
    )
    assert of_the_trade(title, asked) is is_told
