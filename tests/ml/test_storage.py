"""A saved index answers with the same bits, is read-only, is replaced whole, and can be retold."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from ml import Filters, IndexUnreadable, MatchIndex, Profile, Vacancy, postings
from ml.storage import Documents
from tests.ml import market
from tests.ml.market import TODAY


@pytest.fixture(scope="module")
def index() -> MatchIndex:
    index = MatchIndex().fit(market.people(random.Random(5), 60))
    index.learn_prices([market.vacancy(random.Random(n), f"V{n}") for n in range(8)])
    return index


VACANCIES = [market.vacancy(random.Random(n), f"V{n}") for n in range(12)]


def test_a_loaded_index_gives_the_same_bits(index: MatchIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    loaded = MatchIndex.load(tmp_path)
    for vacancy in VACANCIES:
        for filters in (None, Filters(communes=frozenset({"11911"})), Filters(keyword="may")):
            wanted = index.rank(vacancy, filters=filters, today=TODAY, limit=60)
            assert loaded.rank(vacancy, filters=filters, today=TODAY, limit=60) == wanted
    assert list(loaded.profiles()) == list(index.profiles())
    assert loaded.log_prices == index.log_prices


def test_files_are_mapped_read_only_and_hold_no_pickle(index: MatchIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    loaded = MatchIndex.load(tmp_path)
    rows = loaded.block.rows
    for array in (rows.data, rows.indices, loaded.block.postings.data):
        assert not array.flags.writeable
        assert not array.flags.owndata
    with pytest.raises(ValueError, match="read-only"):
        rows.data[0] = 1
    loaded.update([Profile(id="new", title="may")])
    assert "new" in loaded
    names = {path.suffix for path in tmp_path.glob("generation-*/*")}
    assert names == {".npy", ".json", ".jsonl"}
    for path in tmp_path.glob("generation-*/*.npy"):
        assert np.load(path, allow_pickle=False).dtype != object


def test_a_new_generation_replaces_the_old_whole(index: MatchIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    reader = MatchIndex.load(tmp_path)
    before = reader.rank(VACANCIES[0], today=TODAY)
    for n in range(4):
        MatchIndex().fit([Profile(id=f"only{n}", title="may")]).save(tmp_path)
    assert reader.rank(VACANCIES[0], today=TODAY) == before
    assert list(MatchIndex.load(tmp_path).ids()) == ["only3"]
    assert len(list(tmp_path.glob("generation-*"))) == 2
    assert not list(tmp_path.glob(".writing-*"))


def test_saving_an_edited_index_folds_the_edits_in(tmp_path: Path) -> None:
    index = MatchIndex().fit(market.people(random.Random(5), 10))
    index.update([Profile(id="P0", title="thợ hàn")])
    index.remove(["P1"])
    index.save(tmp_path)
    loaded = MatchIndex.load(tmp_path)
    assert loaded.get("P0") == Profile(id="P0", title="thợ hàn")
    assert "P1" not in loaded


@pytest.mark.parametrize("damage", ["missing", "format", "broken"])
def test_an_unreadable_directory_says_so(index: MatchIndex, tmp_path: Path, damage: str) -> None:
    if damage != "missing":
        index.save(tmp_path)
        facts = next(tmp_path.glob("generation-*/index.json"))
        facts.write_text('{"format": 0}' if damage == "format" else "{", encoding="utf-8")
    with pytest.raises(IndexUnreadable):
        MatchIndex.load(tmp_path)


def test_an_empty_index_can_be_saved(tmp_path: Path) -> None:
    MatchIndex().fit([]).save(tmp_path)
    assert len(MatchIndex.load(tmp_path)) == 0


def test_a_stored_list_is_retold_bit_for_bit_from_its_own_documents(index: MatchIndex) -> None:
    for vacancy in VACANCIES:
        told = index.rank(vacancy, today=TODAY, limit=6)
        kept = [person for m in told if (person := index.get(m.profile_id))]
        small = index.lexicon([vacancy, *kept])
        assert len(small) < len(index.lexicon())
        for lexicon in (small, index.lexicon()):
            retold = MatchIndex.from_lexicon(lexicon, kept, log_prices=index.log_prices)
            again = retold.rank(vacancy, today=TODAY, limit=6)
            assert [m.score.hex() for m in again] == [m.score.hex() for m in told]
            assert [(m.profile_id, m.text, m.job_fit, m.wish_fit, m.gates) for m in again] == [
                (m.profile_id, m.text, m.job_fit, m.wish_fit, m.gates) for m in told]  # fmt: skip


def test_a_lexicon_is_no_pickle(index: MatchIndex) -> None:
    with pytest.raises(ValueError, match=r"."):
        MatchIndex.from_lexicon(b"no lexicon", [])


def test_posting_lists_rows_and_the_public_product_agree_bit_for_bit(index: MatchIndex) -> None:
    block = index.block
    rows = block.rows
    matrix = sp.csr_array((rows.data, rows.indices, rows.indptr), shape=(len(block), block.n_terms))
    everybody = np.arange(len(block))
    for vacancy in VACANCIES:
        query = index._request(vacancy, None).query
        dense = np.zeros(block.n_terms, dtype=np.float32)
        dense[query.terms] = query.weights
        lists = block.postings
        by_postings = lists.add_up(query.terms, query.weights, 0, len(block))
        assert np.array_equal(by_postings, block._by_rows(query, everybody))
        assert np.array_equal(by_postings, matrix @ dense)
        turned = matrix.tocsc().T  # terms x people
        assert np.array_equal(by_postings, turned[query.terms].T @ query.weights)
        assert lists.mass(query.terms) == turned[query.terms].nnz
        for first, last in ((0, 1), (17, 44), (30, len(block))):
            part = lists.add_up(query.terms, query.weights, first, last)
            assert np.array_equal(by_postings[first:last], part)
        few = np.array([3, 40, 59])
        assert np.array_equal(by_postings[few], block._by_rows(query, few))


def test_index_arrays_are_int32(index: MatchIndex) -> None:
    block = index.block
    for array in (block.rows.indptr, block.rows.indices, block.postings.indptr,
                  block.postings.indices):  # fmt: skip
        assert array.dtype == np.int32


def test_documents_read_like_a_list() -> None:
    people = market.people(random.Random(1), 7)
    packed = Documents.of(people)
    assert list(packed) == people
    assert packed[2:5] == people[2:5]
    assert json.loads(packed.text[: int(packed.ends[0])].tobytes()) == people[0].to_dict()
    assert Vacancy(id="x").to_dict() == {"id": "x"}


@given(st.integers(0, 10_000), st.integers(1, 60), st.integers(1, 9))
@settings(max_examples=40, deadline=None)
def test_lists_of_one_place_are_the_lists_of_everybody_cut(
    seed: int, people: int, places: int
) -> None:
    """Wherever slices begin and whichever lists are long: the same bits, within any run."""
    random = np.random.default_rng(seed)
    terms = 12
    dense = np.where(random.random((people, terms)) < 0.5, random.random((people, terms)), 0)
    rows = sp.csr_array(dense.astype(np.float32))
    rows.indices, rows.indptr = rows.indices.astype(np.int32), rows.indptr.astype(np.int32)
    starts = sorted({0, *random.integers(0, people, places).tolist()})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "_LONG", int(random.integers(1, 20)))
        patch.setattr(postings, "_SLICES", int(random.integers(1, 9)))
        lists = postings.Postings.build(rows, starts)
    asked = np.flatnonzero(random.random(terms) < 0.7).astype(np.int32)
    if not len(asked):
        return
    weights = random.random(len(asked)).astype(np.float32)
    query = np.zeros(terms, dtype=np.float32)
    query[asked] = weights
    whole = lists.add_up(asked, weights, 0, people)
    assert np.array_equal(whole, rows @ query)
    first, last = sorted(random.integers(0, people + 1, 2).tolist())
    assert np.array_equal(lists.add_up(asked, weights, first, last), whole[first:last])
    having = {int(p) for p in lists.people_with(asked.tolist())}
    assert having == set(np.flatnonzero((dense[:, asked] > 0).any(axis=1)).tolist())
