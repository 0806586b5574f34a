"""Nothing is believed that does not hold: it is left out and named; and every figure can be computed again."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tenderproof.regional import sources
from tenderproof.regional.report import Yearly
from tenderproof.regional.sources import RegionError, Sources
from tenderproof.seal import signature
from tenderproof.seal.signature import Party
from tenderproof.vocabulary import Decision, Verdict
from tests.certification.bodies import DAY as CERTIFIED
from tests.certification.bodies import house
from tests.certification.sites import WANTED, published
from tests.reporting.results import clause
from tests.seal.runs import sealer

from .platforms import BROKEN, DAY, KEPT, OPEN, folder, heading, kept_and, of, sealed


def _party(at: Path, name: str) -> Party:
    return signature.party(sealer(at, f"{name}.pem").pem, name)


def _two(at: Path) -> Sources:
    return Sources([folder(at / "a", kept_and("甲平台", KEPT)), folder(at / "b", kept_and("乙平台", BROKEN))])


def _written(at: Path, report: Yearly, change: Callable[[dict[str, Any]], object] = lambda _: None) -> Path:
    said = json.loads(report.model_dump_json())
    change(said)
    at.write_text(json.dumps(said), "utf-8")
    return at


def test_each_platform_stands_with_its_decision_and_what_fails(tmp_path: Path) -> None:
    made = sources.yearly(heading(), _two(tmp_path))
    assert {one.name: (one.decision, one.violated) for one in made.platforms} == {
        "甲平台": (Decision.CONFORMANT, []), "乙平台": (Decision.NON_CONFORMANT, ["A-2"]),
    }  # fmt: skip
    assert {count.id: (count.kept, count.violated, count.open) for count in made.clauses} == {"A-1": (2, 0, 0), "A-2": (1, 1, 0)}
    assert (made.certificates, made.since, made.left_out) == (None, None, [])


def test_a_bundle_that_holds_counts_with_who_sealed_it(tmp_path: Path) -> None:
    path = sealed(tmp_path, "甲平台")
    (one,) = sources.yearly(heading(), Sources([path], [_party(tmp_path, "甲平台")])).platforms
    assert (one.sealed, one.trusted, bool(one.signer)) == (True, True, True)
    (one,) = sources.yearly(heading(), Sources([path])).platforms
    assert (one.sealed, one.trusted) == (True, False)


def test_a_bundle_that_does_not_verify_is_left_out_and_named(tmp_path: Path) -> None:
    path, good = sealed(tmp_path, "甲平台"), folder(tmp_path / "good", kept_and("乙平台", KEPT))
    octets = path.read_bytes()
    at = octets.index("甲平台".encode())
    path.write_bytes(octets[:at] + "丙".encode() + octets[at + 3 :])
    made = sources.yearly(heading(), Sources([path, good]))
    assert [one.name for one in made.platforms] == ["乙平台"]
    assert [(one.file, one.code) for one in made.left_out] == [("甲平台.zip", "does_not_hold")]


def test_who_is_not_trusted_is_left_out(tmp_path: Path) -> None:
    made = sources.yearly(heading(), Sources([sealed(tmp_path, "甲"), sealed(tmp_path, "乙")], [_party(tmp_path, "乙")]))
    assert [one.name for one in made.platforms] == ["乙"]
    assert [(one.file, one.code) for one in made.left_out] == [("甲.zip", "not_trusted")]


@pytest.mark.parametrize(
    "change",
    [{"decision": Decision.CONFORMANT}, {"violated": []}, {"level": 3}, {"counts": {Verdict.SATISFIED: 2}}, {"undecided": ["A-1"]}],
)
def test_a_decision_that_its_own_verdicts_do_not_make_is_left_out(tmp_path: Path, change: dict[str, Any]) -> None:
    bad, good = kept_and("甲", BROKEN), folder(tmp_path / "good", kept_and("乙", KEPT))
    bad = bad.model_copy(update={"conclusion": bad.conclusion.model_copy(update=change)})
    made = sources.yearly(heading(), Sources([folder(tmp_path / "bad", bad), good]))
    assert [(one.file, one.code) for one in made.left_out] == [("bad", "contradicts")]


def test_a_clause_that_stands_twice_is_left_out(tmp_path: Path) -> None:
    bad, good = of("甲", clause("A-1"), clause("A-1")), folder(tmp_path / "good", kept_and("乙", KEPT))
    assert sources.yearly(heading(), Sources([folder(tmp_path / "bad", bad), good])).left_out[0].code == "contradicts"


def test_a_run_of_another_year_or_after_the_reports_day_is_left_out(tmp_path: Path) -> None:
    good = kept_and("甲", KEPT)
    late, old = (
        kept_and(name, KEPT, run=good.run.model_copy(update={"finished": good.run.finished + timedelta(days=days)}))
        for name, days in (("乙", 40), ("丙", -366))
    )
    made = sources.yearly(heading(), Sources([folder(tmp_path / str(at), one) for at, one in enumerate((good, late, old))]))
    assert [one.name for one in made.platforms] == ["甲"]
    assert {one.code for one in made.left_out} == {"other_time"}


def test_what_is_not_there_or_no_result_is_left_out_and_without_any_result_there_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(RegionError, match=r"No result can be believed.*empty \(no_result\), no.zip \(missing\)"):
        sources.yearly(heading(), Sources([tmp_path / "empty", tmp_path / "no.zip"]))


def test_two_results_of_one_platform_are_refused(tmp_path: Path) -> None:
    paths = [folder(tmp_path / name, kept_and("甲", verdict)) for name, verdict in (("a", KEPT), ("b", BROKEN))]
    with pytest.raises(RegionError, match="are both of 甲"):
        sources.yearly(heading(), Sources(paths))


def test_what_changed_since_the_year_before_is_told_and_what_is_the_same_is_not(tmp_path: Path) -> None:
    now = _two(tmp_path)
    before = sources.yearly(heading(), now)
    past = before.model_copy(update={"heading": heading(year=DAY.year - 1, day=DAY.replace(year=DAY.year - 1))})
    same = sources.yearly(heading(), replace(now, previous=_written(tmp_path / "same.json", past)))
    assert same.since is not None
    assert (same.since.platforms, same.since.clauses) == ([], [])

    later = Sources([folder(tmp_path / "c", kept_and("乙平台", OPEN)), folder(tmp_path / "d", kept_and("丙平台", KEPT))])
    found = sources.yearly(heading(), replace(later, previous=tmp_path / "same.json")).since
    assert found is not None
    assert {one.name: (one.before, one.after) for one in found.platforms} == {
        "甲平台": (Decision.CONFORMANT, None), "乙平台": (Decision.NON_CONFORMANT, Decision.INCONCLUSIVE),
        "丙平台": (None, Decision.CONFORMANT),
    }  # fmt: skip
    assert [(one.id, one.violated_before, one.violated_after, one.open_before, one.open_after) for one in found.clauses] == [
        ("A-2", 1, 0, 0, 1)
    ]


def test_the_report_of_another_year_or_region_is_no_year_before(tmp_path: Path) -> None:
    now = _two(tmp_path)
    path = _written(tmp_path / "r.json", sources.yearly(heading(), now))
    with pytest.raises(RegionError, match=f"name that of 示例省 for {DAY.year - 1}"):
        sources.yearly(heading(), replace(now, previous=path))


EDITS: dict[str, Callable[[dict[str, Any]], object]] = {
    "a total": lambda said: said["totals"].update(platforms=3),
    "a count": lambda said: said["clauses"][0].update(violated=0),
    "a verdict": lambda said: said["platforms"][0]["verdicts"].update({"A-2": "satisfied"}),
    "a clause less": lambda said: said["clauses"].pop(),
    "the window": lambda said: said.update(in_time=False),
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_report_whose_figures_are_not_those_of_its_platforms_is_refused(tmp_path: Path, edit: str) -> None:
    path = _written(tmp_path / "r.json", sources.yearly(heading(), _two(tmp_path)), EDITS[edit])
    with pytest.raises(RegionError, match="not those of the platforms"):
        sources.read(path)


def test_a_report_that_was_edited_throughout_differs_from_what_the_results_say(tmp_path: Path) -> None:
    of_two = _two(tmp_path)
    true = sources.yearly(heading(), of_two)
    bettered = kept_and("乙平台", KEPT)
    forged = sources.yearly(heading(), Sources([of_two.results[0], folder(tmp_path / "forged", bettered)]))
    read, _ = sources.read(_written(tmp_path / "r.json", forged))
    places = sources.differences(read, true)
    assert "totals.decisions.non_conformant" in places
    assert any(place.endswith("result_sha256") for place in places)
    assert sources.differences(sources.read(_written(tmp_path / "true.json", true))[0], true) == []


def test_the_state_of_certificates_is_that_of_a_register_that_holds(tmp_path: Path) -> None:
    body = house(tmp_path / "house")
    made = CERTIFIED.replace(year=CERTIFIED.year + 1, month=12, day=5)
    site = published(body, tmp_path, made).published
    certified = body.tested().result
    run = certified.run.model_copy(update={"started": certified.run.started, "finished": certified.run.finished + timedelta(days=365)})
    again = folder(tmp_path / "again", certified.model_copy(update={"run": run}))
    stated = heading(year=made.year, day=made)
    found = sources.yearly(stated, Sources([again], registers=[site], bodies=[body.party]))
    assert found.certificates is not None
    assert {one.number for one in found.certificates} == WANTED.keys()
    assert {one.status for one in found.certificates if one.number == "TP-4-WITHDRAWN"} == {"withdrawn"}
    assert {one.status for one in found.certificates if one.number == "TP-7-OVERDUE"} == {"overdue"}
    assert {one.same_result for one in found.certificates} == {False}

    (site / "index.html").write_text("all valid")
    left = sources.yearly(stated, Sources([again], registers=[site], bodies=[body.party]))
    assert left.certificates == []
    assert [(one.code, one.values["why"]) for one in left.left_out] == [("register", "file_changed")]
