"""Measures against slow twins, the judged format end to end, and the commands' shapes."""

from __future__ import annotations

import json
import math
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ml.__main__ import main
from ml.evaluate import evaluate, load, pipeline
from ml.fairness import exposures, selection_audit
from ml.metrics import MEASURES, gini, interval

SAMPLE = Path(__file__).parent / "data"
FILES = [f"--{name}={SAMPLE / file}" for name, file in
         (("vacancies", "V.jsonl"), ("profiles", "P.jsonl"), ("judgements", "Q.tsv"))]  # fmt: skip


@given(st.integers(0, 10**6))
def test_measures_against_slow_twins(seed: int) -> None:
    rng = random.Random(seed)
    ranking = [f"p{n}" for n in range(130)]
    rng.shuffle(ranking)
    grades = {f"p{rng.randrange(130)}": rng.randrange(4) for _ in range(rng.randrange(1, 40))}
    gains = [2 ** grades.get(id_, 0) - 1 for id_ in ranking]
    dcg = sum(g / math.log2(i + 2) for i, g in enumerate(gains[:10]))
    ideal = sum(g / math.log2(i + 2) for i, g in enumerate(sorted(gains, reverse=True)[:10]))
    good = [i for i, id_ in enumerate(ranking) if grades.get(id_, 0) >= 2]
    wanted = {
        "ndcg@10": dcg / ideal if ideal else 0,
        "map": sum((n + 1) / (i + 1) for n, i in enumerate(good)) / len(good) if good else 0,
        "mrr": 1 / (good[0] + 1) if good else 0,
        "recall@100": sum(i < 100 for i in good) / len(good) if good else 0,
    }
    assert {name: f(ranking, grades) for name, f in MEASURES.items()} == pytest.approx(wanted)


def test_gini_against_all_pairs() -> None:
    amounts = [0, 0, 1, 4, 5, 10]
    pairs = sum(abs(a - b) for a in amounts for b in amounts)
    assert gini(amounts) == pytest.approx(pairs / (2 * len(amounts) * sum(amounts)))
    assert gini([3, 3, 3]) == pytest.approx(0)
    assert gini([0, 0]) == gini([]) == 0


def test_an_interval_holds_its_mean_and_is_the_same_each_time() -> None:
    values = np.random.default_rng(1).random(50).tolist()
    found = interval(values)
    assert found["low"] < found["value"] < found["high"]
    assert found == interval(values)
    assert interval([]) == {"value": 0.0, "low": 0.0, "high": 0.0}


def test_exposure_is_the_mean_of_the_discount() -> None:
    found = exposures([["a", "b"], ["b"]], ["a", "b", "c"])
    assert found == pytest.approx({"a": 0.5, "b": (1 / math.log2(3) + 1) / 2, "c": 0.0})


def test_audit_names_the_group_left_behind_and_the_ones_too_small() -> None:
    groups = {f"{group}{n}": group for group, count in (("x", 200), ("y", 200), ("z", 29))
              for n in range(count)}  # fmt: skip
    chosen = {*(f"x{n}" for n in range(100)), *(f"y{n}" for n in range(50)), "z1"}
    x, y, z = selection_audit(groups, chosen)
    assert (x.ratio, x.alarm, x.too_few) == (1.0, False, False)
    assert y.ratio == pytest.approx(0.5)
    assert y.low is not None
    assert y.high is not None
    assert 0.3 < y.low < 0.5 < y.high < 0.7
    assert y.alarm
    assert z.too_few
    assert not z.alarm
    assert all(s.too_few for s in selection_audit({"a": "x"}, {"a"}))


def test_the_sample_is_ranked_well_and_text_alone_is_another_list() -> None:
    judged = load(SAMPLE / "V.jsonl", SAMPLE / "P.jsonl", SAMPLE / "Q.tsv")
    found = evaluate(judged)
    assert found["pipeline"]["ndcg@10"]["value"] > found["plain_tfidf"]["ndcg@10"]["value"]
    assert pipeline(judged) == pipeline(judged)
    assert pipeline(judged) != pipeline(judged, text_only=True)
    everybody = sorted(p.id for p in judged.profiles)
    assert all(sorted(ranking) == everybody for ranking in pipeline(judged).values())


@pytest.mark.parametrize("channel", ["all", "text"])
def test_evaluate_prints_the_agreed_json(capsys: pytest.CaptureFixture[str], channel: str) -> None:
    assert main(["evaluate", *FILES, "--channel", channel, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"pipeline", "plain_tfidf", "exposure"}
    assert set(found["exposure"]) == {"gini@10", "never_shown@10"}
    for side in ("pipeline", "plain_tfidf"):
        assert set(found[side]) == set(MEASURES)
        for value in found[side].values():
            assert set(value) == {"value", "low", "high"}
            assert 0 <= value["low"] <= value["value"] <= value["high"] <= 1


def test_evaluate_prints_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", *FILES]) == 0
    assert "ndcg@10" in capsys.readouterr().out


@pytest.mark.parametrize(("file", "line", "reason"), [
    ("V.jsonl", '{"id": "V9", "age": 20}', "V.jsonl line 2: unknown key 'age'"),
    ("P.jsonl", '{"id": "P1"}', "P.jsonl: id 'P1' occurs 2 times"),
    ("Q.tsv", "V1\tP1", "Q.tsv line 2: want"), ("Q.tsv", "V1\tP1\t4", "Q.tsv line 2: want"),
    ("Q.tsv", "V1\tP7\t1", "Q.tsv line 2: unknown vacancy or profile"),
])  # fmt: skip
def test_bad_judged_data_is_named_on_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, line: str, reason: str
) -> None:
    good = {"V.jsonl": '{"id": "V1"}', "P.jsonl": '{"id": "P1"}', "Q.tsv": "V1\tP1\t3"}
    for name, text in good.items():
        (tmp_path / name).write_text(f"{text}\n" + (f"{line}\n" if name == file else ""))
    files = [f"--{n}={tmp_path / f}" for n, f in
             zip(("vacancies", "profiles", "judgements"), good, strict=True)]  # fmt: skip
    assert main(["evaluate", *files]) == 1
    assert reason in capsys.readouterr().err


def test_benchmark_prints_the_agreed_json_and_every_design_is_exact(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["benchmark", "--profiles", "400", "--queries", "6", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"profiles", "queries", "designs", "ratio_to_sklearn", "ratio_to_csr", "edit_ms",
            "one_location_ratio", "bandwidth_limit_ms", "peak_rss_mb", "build_s",
            "open_s"} <= set(found)  # fmt: skip
    designs = found["designs"]
    assert set(designs) == {"jobcenter", "sklearn_cosine", "csr_argpartition", "bm25s_numba"}
    for name in ("jobcenter", "sklearn_cosine", "csr_argpartition"):
        assert designs[name]["exact"] == "6/6"
        assert designs[name]["p50_ms"] > 0
    assert designs["bm25s_numba"]["why"]


def test_devset_makes_known_items(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    long = "vận hành máy ép nhựa theo ca ở xưởng"
    rows = [
        {"id": 1, "title": "Công nhân ép nhựa", "description": [long], "requirement": [long]},
        {"id": 2, "title": "CÔNG NHÂN ép nhựa", "description": [long], "requirement": [long, "x"]},
        {"id": 3, "title": "Engineer", "description": ["we build big things here"] * 2,
         "requirement": ["you know how things are built"]},
        {"id": 4, "title": "Thợ hàn", "description": [long, "hàn"], "requirement": ["ngắn"]},
        {"id": 5, "title": "Thợ hàn", "description": long, "requirement": long},
    ]  # fmt: skip
    file = tmp_path / "postings.jsonl"
    file.write_text("\n".join([*map(json.dumps, rows), "{damaged"]), encoding="utf-8")
    assert main(["devset", str(file), str(tmp_path / "out")]) == 0
    assert capsys.readouterr().out == "2 known items\n"
    judged = load(*(tmp_path / "out" / name for name in ("V.jsonl", "P.jsonl", "Q.tsv")))
    assert {v: list(g) for v, g in judged.grades.items()} == {"V-1": ["P-1"], "V-5": ["P-5"]}
    assert judged.vacancies[0].requirement == judged.profiles[0].experience == long
