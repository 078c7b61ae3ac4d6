"""Tokens, folding, short forms, and what must never be scored."""

from __future__ import annotations

import unicodedata

import pytest

from ml import MatchIndex, Profile, Vacancy
from ml.fairness import swap_test
from ml.text import fold, is_accented, readings, scored_words, segments, words


def test_a_decomposed_text_gives_the_same_tokens_and_scores() -> None:
    text = "Vận hành máy tiện CNC, kiểm tra chất lượng ở Đình Vũ; cần thợ điện"
    other = unicodedata.normalize("NFD", text)
    assert other != text
    assert words(other) == words(text)
    assert fold(other) == fold(text)
    index = MatchIndex().fit([Profile(id="P", experience=text), Profile(id="Q", title=other)])
    assert index.rank(Vacancy(id="V", title=other)) == index.rank(Vacancy(id="V", title=text))


def test_one_letter_words_and_digits_are_words() -> None:
    assert words("Y sĩ, ô tô 5T_A-3!") == ["y", "sĩ", "ô", "tô", "5t", "a", "3"]


@pytest.mark.parametrize(("text", "folded"), [
    ("Đường", "duong"), ("ĐÌNH VŨ", "dinh vu"), ("hoà", "hoa"), ("hòa", "hoa"), ("ASCII", "ascii"),
    ("Cẩm Giàng", "cam giang"),
])  # fmt: skip
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", [
    "Tuyển {} công nhân may", "Giới tính: {}", "công nhân may {} từ 18 - 35 tuổi", "{}, 18-35",
    "ưu tiên {}", "{} dưới 40 tuổi, có sức khỏe", "{} giới, độ tuổi 20 đến 45",
])  # fmt: skip
def test_swapping_the_sex_leaves_no_trace(text: str) -> None:
    asked = {tuple(scored_words(text.format(sex))) for sex in ("nữ", "nam", "Nữ", "NAM", "nam/nữ")}
    assert len(asked) == 1


@pytest.mark.parametrize(("text", "left"), [
    ("Nữ 18-35 tuổi, biết may", ["biết", "may"]),
    ("Độ tuổi từ 20 - 40; ngoại hình ưa nhìn", []),
    ("tuổi: dưới 35 tuổi, 2 năm kinh nghiệm", ["2", "kinh", "nghiệm"]),
    ("vòng bi, tủ điện, cửa gỗ, tai nạn", ["vòng", "bi", "tủ", "điện", "cửa", "gỗ", "tai", "nạn"]),
    ("sinh năm 1990 - 2000, hàn TIG", ["hàn", "tig"]),
    ("chưa kết hôn, hộ khẩu Hải Phòng", ["chưa", "hải", "phòng"]),
    ("Nu 18-35 tuoi, biet may", ["biet", "may"]),
    ("female, age 20-30, sewing", ["sewing"]),
    ("làm ở Việt Nam, KCN Nam Đình Vũ", ["làm", "việt", "nam", "kcn", "nam", "đình", "vũ"]),
    ("nam châm, miền Nam", ["nam", "châm", "miền", "nam"]),
    ("máy 18 tấn, 35 người", ["máy", "18", "tấn", "35", "người"]),
])  # fmt: skip
def test_protected_words_are_out_and_their_lookalikes_stay(text: str, left: list[str]) -> None:
    assert scored_words(text) == left


def test_swapping_protected_words_moves_no_bit() -> None:
    people = [Profile(id="P", title="Nữ công nhân may", experience="Nữ, 25 tuổi, may 2 năm"),
              Profile(id="Q", skills="lao động nữ tại Việt Nam")]  # fmt: skip
    vacancies = [Vacancy(id="V", title="Công nhân may nữ", requirement="nữ 18-35 tuổi, biết may"),
                 Vacancy(id="W", description="tuyển nữ, ở Việt Nam")]  # fmt: skip
    index = MatchIndex().fit(people)

    def swap(text: str) -> str:
        return text.replace("nữ", "nam").replace("Nữ", "Nam").replace("18-35", "40-60")

    assert swap_test(index, vacancies, people, swap) == []
    assert swap_test(index, vacancies, people, lambda text: text.replace("may", "hàn")) != []


def test_a_short_form_brings_every_reading() -> None:
    assert ("kế", "toán") in readings("KT")
    assert ("kỹ", "thuật") in readings("kt")
    assert readings("may") == ()
    assert [" ".join(run) for run in segments("tuyển LDPT").runs] == [
        "tuyển ldpt", "lao động phổ thông"]  # fmt: skip


@pytest.mark.parametrize(("asked", "found"), [
    ("KT", "kế toán"), ("KT", "kỹ thuật"), ("QC", "kiểm tra chất lượng"),
    ("LĐPT", "lao động phổ thông"),
    ("NVKD", "nhân viên kinh doanh"), ("PCCC", "phòng cháy chữa cháy"), ("CĐ", "cao đẳng"),
    ("ATVSLĐ", "an toàn vệ sinh lao động"), ("CN", "công nhân"), ("CN", "cử nhân"),
])  # fmt: skip
def test_short_and_long_find_each_other(asked: str, found: str) -> None:
    others = [Profile(id=f"X{n}", title=word) for n, word in enumerate(("bếp", "lái xe", "mộc"))]
    index = MatchIndex().fit([Profile(id="long", title=found), *others])
    assert index.rank(Vacancy(id="V", title=asked)).items[0].profile_id == "long"
    index = MatchIndex().fit([Profile(id="short", title=asked), *others])
    assert index.rank(Vacancy(id="V", title=found)).items[0].profile_id == "short"


def test_text_without_marks_finds_text_with_marks_and_the_other_way_round() -> None:
    people = [Profile(id="A", title="công nhân hàn"), Profile(id="B", title="cong nhan han"),
              Profile(id="C", title="đầu bếp")]  # fmt: skip
    index = MatchIndex().fit(people)
    bare = index.rank(Vacancy(id="V", title="cong nhan han"))
    assert {m.profile_id: round(m.text, 5) for m in bare} == {"A": 1.0, "B": 1.0, "C": 0.0}
    typed = index.rank(Vacancy(id="V", title="công nhân hàn"))
    assert {m.profile_id: round(m.text, 5) for m in typed} == {"A": 1.0, "B": 1.0, "C": 0.0}


def test_marks_decide_what_accented_means() -> None:
    assert is_accented(["Công nhân may"])
    assert not is_accented(["cong nhan may", ""])
    assert not is_accented(["a long English text about welding of pipes in the yard, Hà"])
    assert not is_accented([])


def test_tones_tell_words_apart_where_both_sides_have_them() -> None:
    people = [Profile(id="may", title="thợ may"), Profile(id="máy", title="thợ máy")]
    index = MatchIndex().fit(people)
    assert index.rank(Vacancy(id="V", title="thợ máy")).items[0].profile_id == "máy"
    both = index.rank(Vacancy(id="V", title="tho may"))
    assert both.items[0].tie_group == both.items[1].tie_group == 1
