"""The main job on running platforms: the honest reference, platforms that are none, and a run that is killed and resumed."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tenderproof import content, journal, reference
from tenderproof.journal import CheckFinished
from tenderproof.prove import enemies
from tenderproof.testing import keys
from tests.certification.bodies import house
from tests.dossier import desks
from tests.evidence.server import plain, serving
from tests.seal.identities import identity

from .command import command, environment, tenderproof

SOME = ["EB-27-3", "EB-27-4", "EB-27-1", "EB-27-2", "EB-31-1", "A-110"]
ONLY = [part for clause in SOME for part in ("--only", clause)]


@pytest.fixture(scope="module")
def candidate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The declaration of a running reference."""
    with reference.running(tmp_path_factory.mktemp("reference")) as running:
        yield running.candidate


def verdicts(folder: Path) -> dict[str, str]:
    """Clause → verdict and reason of a finished run."""
    result = json.loads((folder / "result.json").read_text("utf-8"))
    return {clause["id"]: f"{clause['verdict']}: {clause['reason']['code']}" for clause in result["clauses"]}


def test_the_last_line_names_decision_level_counts_and_the_folder_with_everything(candidate: Path, tmp_path: Path) -> None:
    said = tenderproof("audit", candidate, *ONLY, "--out", tmp_path / "out", "--json")
    line = json.loads(said.stdout.splitlines()[-1])

    assert said.returncode == 2, said.stderr
    assert (line["decision"], line["level"], line["folder"]) == ("inconclusive", 0, str(tmp_path / "out"))
    assert line["counts"]["satisfied"] >= len(SOME)
    assert line["counts"]["violated"] == line["counts"]["inconclusive"] == 0
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"result.json", "report.html", "report.en.html", "junit.xml", "journal.jsonl", "evidence"} <= written
    assert all(verdicts(tmp_path / "out")[clause] == "satisfied: checks_passed" for clause in SOME)


def test_a_plan_may_be_a_file_with_figures_of_its_own_beside_it(candidate: Path, tmp_path: Path) -> None:
    plans = content.specs_dir() / "plans"
    figures = (plans / "parameters" / "figures.yaml").read_text("utf-8")
    (tmp_path / "parameters").mkdir()
    (tmp_path / "parameters" / "ours.yaml").write_text(figures, "utf-8")
    text = (plans / "trading-1.yaml").read_text("utf-8")
    (tmp_path / "own.yaml").write_text(re.sub(r"(?m)^figures: .*$", "figures: ours", text).replace("id: trading-1", "id: own"), "utf-8")

    said = tenderproof("audit", candidate, "--plan", tmp_path / "own.yaml", "--only", "EB-27-3", "--out", tmp_path / "out", "--json")

    assert (said.returncode, "Traceback" in said.stderr) == (2, False), said.stderr
    assert json.loads((tmp_path / "out" / "result.json").read_text("utf-8"))["basis"]["plan"] == "own"
    assert verdicts(tmp_path / "out")["EB-27-3"] == "satisfied: checks_passed"


def test_the_verdicts_are_compared_with_a_file_and_a_difference_is_named(candidate: Path, tmp_path: Path) -> None:
    expect = tmp_path / "expected.json"
    first = tenderproof("audit", candidate, *ONLY, "--out", tmp_path / "a", "--expect", expect, "--accept")
    again = tenderproof("audit", candidate, *ONLY, "--out", tmp_path / "b", "--expect", expect)
    expect.write_text(expect.read_text("utf-8").replace('"EB-27-3": "satisfied', '"EB-27-3": "violated'), "utf-8")
    other = tenderproof("audit", candidate, *ONLY, "--out", tmp_path / "c", "--expect", expect)

    assert (first.returncode, again.returncode, other.returncode) == (0, 0, 1)
    assert re.search(r"Checks: [1-9]\d* passed, 0 failed, \d+ undecided, \d+ not tested\nNarrowed by --area or --only", again.stdout)
    assert "EB-27-3: expected violated: checks_passed, found satisfied: checks_passed" in other.stdout


def test_a_run_that_is_killed_is_resumed_and_loses_nothing_that_it_saw(candidate: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = subprocess.Popen(
        command("audit", candidate, *ONLY, "--out", out, "--json"),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment(), start_new_session=True,
    )  # fmt: skip
    for _ in range(600):
        if seen_by(out):
            break
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    before = seen_by(out)

    other = tenderproof("audit", pointing(candidate, "http://127.0.0.1:1"), *ONLY, "--resume", out)
    said = tenderproof("audit", candidate, *ONLY, "--resume", out, "--json")
    after = [event for event in journal.read_run(out / "journal") if isinstance(event, CheckFinished)]

    assert before
    assert (other.returncode, "another declaration" in other.stderr) == (64, True)
    assert said.returncode == 2, said.stderr
    assert not (out / "checks-3.txt").exists()
    assert all(verdicts(out)[clause] == "satisfied: checks_passed" for clause in SOME)
    assert {event.check for event in after if event.attempt == 2}.isdisjoint(before)
    assert json.loads((out / "result.json").read_text("utf-8"))["run"]["attempts"] == 2


def seen_by(folder: Path) -> set[str]:
    """The checks that a run has finished so far."""
    return {event.check for event in journal.read_run(folder / "journal") if isinstance(event, CheckFinished)}


@pytest.mark.parametrize(
    ("body", "head", "code", "blame"),
    [
        (b"<html>", "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n", "answers_html", "platform"),
        (b"\x00", "HTTP/1.1 200 OK\r\n", "answers_garbage", "platform"),
        (b"{}", "HTTP/1.1 500 Oh\r\n", "broken", "platform"),
    ],
    ids=["html", "garbage", "500"],
)
def test_a_platform_that_is_none_is_inconclusive_and_the_report_is_written(
    candidate: Path, tmp_path: Path, body: bytes, head: str, code: str, blame: str
) -> None:
    with serving(plain(body, head)) as url:
        said = tenderproof("audit", pointing(candidate, url), *ONLY, "--out", tmp_path / "out", "--json")

    assert said.returncode == 2
    result = json.loads((tmp_path / "out/result.json").read_text("utf-8"))
    late = next(clause for clause in result["clauses"] if clause["id"] == "EB-27-3")
    assert (late["verdict"], late["blame"], late["reason"]["values"]["what"]) == ("inconclusive", blame, code)
    assert (tmp_path / "out/report.html").is_file()


def test_a_platform_that_is_down_is_the_networks_matter(candidate: Path, tmp_path: Path) -> None:
    said = tenderproof("audit", pointing(candidate, "http://127.0.0.1:1"), *ONLY, "--out", tmp_path / "out", "--json")

    assert said.returncode == 2
    assert verdicts(tmp_path / "out")["EB-27-3"] == "inconclusive: check_errored"
    result = json.loads((tmp_path / "out/result.json").read_text("utf-8"))
    assert {check["blame"] for check in result["checks"]} == {"network"}


def pointing(candidate: Path, url: str) -> Path:
    """The same declaration for another address."""
    other = candidate.with_name(f"candidate-{abs(hash(url))}.toml")
    other.write_text(re.sub(r'(?m)^base_url = ".*"', f'base_url = "{url}"', candidate.read_text("utf-8")), "utf-8")
    return other


def test_a_platform_that_declares_production_is_never_acted_upon(candidate: Path, tmp_path: Path) -> None:
    production = candidate.with_name("candidate-production.toml")
    production.write_text(candidate.read_text("utf-8").replace("enabled = true", "enabled = false"), "utf-8")
    tenderproof("audit", production, *ONLY, "--out", tmp_path / "out", "--json")

    assert verdicts(tmp_path / "out")["EB-27-3"] == "not_tested: not_a_sandbox"
    assert all(event.startswith("run_") or "check" not in event for event in kinds(tmp_path / "out" / "journal"))


def kinds(folder: Path) -> set[str]:
    """The kinds of events of a run."""
    return {event.event for event in journal.read_run(folder)}


@pytest.mark.parametrize(
    ("item", "why"), [("A-10", "carries no # mark"), ("EB-27-3", "is no certification item"), ("Z-9", "is no certification item")]
)
def test_an_exemption_without_its_mark_is_refused(candidate: Path, tmp_path: Path, item: str, why: str) -> None:
    declared = candidate.with_name(f"candidate-{item}.toml")
    exemption = f'\n[[exemptions]]\nitem = "{item}"\nground = "not_needed"\nexplanation = "x"\n'
    declared.write_text(candidate.read_text("utf-8") + exemption, "utf-8")
    said = tenderproof("audit", declared, "--out", tmp_path / "out")

    assert said.returncode == 64
    assert why in said.stderr


def test_an_exemption_counts_once_it_is_signed_and_not_before(candidate: Path, tmp_path: Path) -> None:
    declared = candidate.with_name("candidate-exempt.toml")
    (candidate.parent / "signer.pem").write_bytes(desks.public_pem("王芳"))
    (candidate.parent / "signer.key").write_bytes(keys.pem(desks.private("王芳")))
    (candidate.parent / "statements.toml").write_text('[[exemptions]]\nitem = "A-71"\n', "utf-8")
    signer = '\n[[papers.signers]]\nname = "王芳"\ntitle = "技术负责人"\nkey = "signer.pem"\n'
    exemption = '\n[[exemptions]]\nitem = "A-71"\nground = "not_needed"\nexplanation = "不开展资格预审"\n'
    declared.write_text(candidate.read_text("utf-8") + signer + exemption, "utf-8")
    paper = ("--key", candidate.parent / "signer.key", "--from", candidate.parent / "statements.toml")

    tenderproof("audit", declared, *ONLY, "--out", tmp_path / "before", "--json")
    signed = tenderproof("attest", declared, *paper)
    tenderproof("audit", declared, *ONLY, "--out", tmp_path / "after", "--json", "--prepared-by", "赵六")

    assert signed.returncode == 0, signed.stderr
    assert verdicts(tmp_path / "before")["A-71"] != "not_applicable: exempted"
    assert faults(tmp_path / "before")["exemption"] == "unsigned"
    assert verdicts(tmp_path / "after")["A-71"] == "not_applicable: exempted"
    assert faults(tmp_path / "after")["exemption"] is None


def faults(folder: Path) -> dict[str, str | None]:
    """Kind of paper → why it counts as absent."""
    result = json.loads((folder / "result.json").read_text("utf-8"))
    return {paper["kind"]: paper["fault"] and paper["fault"]["code"] for paper in result["papers"]}


@pytest.mark.parametrize(
    ("other_end", "verdict"),
    [
        ("", "not_tested: prerequisite_missing"),
        ('url = "http://127.0.0.1:9", token = { env = "INTAKE_TOKEN" }', "inconclusive: check_errored"),
        (None, "satisfied: checks_passed"),
    ],
)
def test_what_came_to_the_public_service_platform_is_read_where_the_declaration_says(
    candidate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other_end: str | None, verdict: str
) -> None:
    monkeypatch.setenv("INTAKE_TOKEN", "anything")
    declared = candidate.with_name("candidate-counterparts.toml")
    said = candidate.read_text("utf-8")
    if other_end is not None:
        said = re.sub(r"(?m)^\[counterparts\]\npublic_service = .*\nexpert_base = .*\n", "", said)
    if other_end:
        said += f"\n[counterparts]\npublic_service = {{ {other_end} }}\n"
    declared.write_text(said, "utf-8")
    tenderproof("audit", declared, "--only", "A-70", "--out", tmp_path / "out", "--json")

    assert verdicts(tmp_path / "out")["A-70"] == verdict


def test_a_folder_that_holds_something_else_is_left_alone(candidate: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    said = tenderproof("audit", candidate, "--out", tmp_path)

    assert said.returncode == 64
    assert (tmp_path / "mine.txt").read_text("utf-8") == "mine"


def test_the_finished_run_of_another_candidate_stays_unless_it_is_told_to_give_way(candidate: Path, tmp_path: Path) -> None:
    another = json.dumps({"sample": {"name": "另一平台", "operator": {}, "base_url": "https://another.example"}})
    (tmp_path / "result.json").write_text(another, "utf-8")
    refused = [tenderproof("audit", who, "--only", "A-70", "--out", tmp_path) for who in (candidate, "--reference")]

    assert [(said.returncode, "另一平台" in said.stderr, "--replace" in said.stderr) for said in refused] == [(64, True, True)] * 2
    assert (tmp_path / "result.json").read_text("utf-8") == another
    replaced = tenderproof("audit", candidate, "--only", "A-70", "--out", tmp_path, "--replace")
    assert replaced.returncode == 2, replaced.stderr
    assert "另一平台" not in (tmp_path / "result.json").read_text("utf-8")


@pytest.mark.parametrize(
    "wrong", ["declaration", "plan", "clause", "area", "check", "nothing left", "signatories", "known signers", "auditor's key"]
)
def test_wrong_use_leaves_an_earlier_run_as_it_was(wrong: str, candidate: Path, tmp_path: Path) -> None:
    out, bad = tmp_path / "out", tmp_path / "bad.toml"
    out.mkdir()
    (out / "result.json").write_text("{}", "utf-8")
    bad.write_text('[platform]\nname = "x"\n', "utf-8")
    asked: dict[str, list[str | Path]] = {
        "declaration": ["audit", bad, "--plan", "trading-1"],
        "plan": ["audit", candidate, "--plan", "trading-9"],
        "clause": ["audit", candidate, "--only", "NOBODY-1"],
        "area": ["audit", candidate, "--area", "gardening"],
        "check": ["audit", candidate, "--only", "function/gardening::test_roses"],
        "nothing left": ["audit", candidate, "--plan", "trading-record", "--only", "EB-27-2"],
        "signatories": ["audit", candidate, "--signatories", bad],
        "known signers": ["audit", candidate, "--known-signers", bad],
        "auditor's key": ["audit", candidate, "--auditor-key", bad],
    }
    ended = tenderproof(*asked[wrong], "--out", out)

    assert (ended.returncode, "Traceback" in ended.stderr) == (64, False), ended.stderr
    assert (out / "result.json").read_text("utf-8") == "{}"


THREE = ("--prepared-by", "甲", "--reviewed-by", "乙", "--approved-by", "丙")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--kind", "certificate"), "There is no kind of report 'certificate'; the kinds are self_test, test_report, surveillance_report"),
        (("--laboratory", "示例"), "A self-test names no laboratory"),
        (("--kind", "test_report", *THREE), "say --laboratory NAME"),
        (("--kind", "test_report", "--laboratory", "示例"), "needs who prepared"),
        (("--kind", "test_report", "--laboratory", "示例", *THREE[:4], "--approved-by", "甲"), "different persons"),
        (("--kind", "surveillance_report", "--laboratory", "示例", *THREE), "say --baseline RUN"),
        (("--baseline", "run"), "and it alone, is compared"),
        (("--certificate", "a.jwt"), "name it with --baseline"),
        (("--kind", "surveillance_report", "--laboratory", "示例", *THREE, "--baseline", "none"), "name that with --certificate"),
    ],
)
def test_a_kind_of_report_is_ordered_whole_or_not_at_all(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    ended = tenderproof("audit", "--reference", "--plan", "trading-1", "--out", tmp_path / "out", *arguments)

    assert ended.returncode == 64
    assert said in ended.stderr
    assert not (tmp_path / "out").exists()


def test_a_run_is_certified_only_by_a_certificate_that_its_body_has_signed(tmp_path: Path) -> None:
    settled, other = house(tmp_path / "house"), identity(tmp_path, "other")
    (tmp_path / "TP.jwt").write_text(settled.credential(), "ascii")
    order = ("--kind", "surveillance_report", "--laboratory", "示例", *THREE, "--certificate", tmp_path / "TP.jwt", "--certified-by")
    for body, baseline, said in (
        (other.certificate, settled.folder / "run", "is no certificate of"),
        (settled.body.certificate, tmp_path, "no result to compare with"),
        (settled.body.certificate, settled.folder / "run", "compares one platform with itself"),
    ):
        only = ("--only", "EB-27-3", "--out", tmp_path / "out")
        ended = tenderproof("audit", "--reference", "--plan", "trading-1", *only, *order, body, "--baseline", baseline)

        assert (ended.returncode, "Traceback" in ended.stderr) == (64, False)
        assert said in ended.stderr


def test_the_certified_run_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_text("{}", "utf-8")
    order = ("--kind", "surveillance_report", "--laboratory", "示例", *THREE, "--baseline", tmp_path, "--out", tmp_path)
    ended = tenderproof("audit", "--reference", "--plan", "trading-1", *order)

    assert ended.returncode == 64
    assert "this one would take its place" in ended.stderr
    assert (tmp_path / "result.json").read_text("utf-8") == "{}"


def test_a_passive_run_acts_nowhere_and_says_so(candidate: Path, tmp_path: Path) -> None:
    said = tenderproof("audit", candidate, "--only", "EB-8-2", "--dose", "passive", "--out", tmp_path / "out", "--json")

    assert said.returncode == 2, said.stderr
    result = json.loads((tmp_path / "out/result.json").read_text("utf-8"))
    assert (result["run"]["dose"], {check["way"] for check in result["checks"]}) == ("passive", {"record"})
    assert verdicts(tmp_path / "out")["EB-27-3"] == "not_tested: only_reading"
    assert "被动" in (tmp_path / "out/report.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("dose", "sandbox", "why"),
    [
        ("hard", "enabled = true", "There is no dose 'hard'; the doses are passive, standard, intrusive."),
        ("intrusive", "enabled = true", "needs the reference of a written authorisation (sandbox.authorisation)"),
        ("intrusive", "enabled = false\nauthorisation = '授权书 7'", "needs a sandbox (sandbox.enabled = true)"),
    ],
)
def test_a_dose_that_nobody_has_authorised_is_refused(candidate: Path, tmp_path: Path, dose: str, sandbox: str, why: str) -> None:
    declared = candidate.with_name(f"candidate-{abs(hash(sandbox))}.toml")
    text = re.sub(r"(?m)^authorisation = .*\n", "", candidate.read_text("utf-8"))
    declared.write_text(text.replace("enabled = true", sandbox), "utf-8")
    said = tenderproof("audit", declared, "--dose", dose, "--out", tmp_path / "out")

    assert (said.returncode, why in said.stderr) == (64, True), said.stderr
    assert not (tmp_path / "out").exists()


def test_a_list_of_vantage_points_that_cannot_be_used_is_told_before_anything_is_begun(tmp_path: Path) -> None:
    (tmp_path / "vantages.toml").write_text('[auditor]\ncertificate = "a.pem"\n', "utf-8")
    for file, said in (("none.toml", "No such file"), ("vantages.toml", "it must be TOML with")):
        ended = tenderproof("audit", "--reference", "--vantages", tmp_path / file, "--out", tmp_path / "out")
        assert ended.returncode == 64
        assert said in ended.stderr
        assert "Traceback" not in ended.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("resolver", ["dns.example", "192.0.2.1:99999", ""])
def test_what_is_no_resolver_is_told_before_anything_is_begun(tmp_path: Path, resolver: str) -> None:
    ended = tenderproof("audit", "--reference", "--resolver", resolver, "--out", tmp_path / "out")

    assert (ended.returncode, "is no resolver" in ended.stderr, "Traceback" in ended.stderr) == (64, True, False), ended.stderr
    assert not (tmp_path / "out").exists()


@contextmanager
def dawdling(like: Path) -> Iterator[Path]:
    """The declaration of a platform that says no to everything, each time just before it is given up."""
    program = [sys.executable, "-m", "hostile", "dawdler-introduced", "--like", str(like)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, env=reference.environment()) as process:
        assert process.stdout is not None
        try:
            yield enemies.hurried(Path(json.loads(process.stdout.readline())["candidate"]))
        finally:
            process.kill()


def test_a_platform_that_answers_each_request_just_in_time_does_not_hold_an_audit_up(candidate: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with dawdling(candidate) as declared:
        said = tenderproof("audit", declared, "--area", "fairness", "--at-most", "0.25", "--workers", "1", "--out", out, "--json")
        first, page = json.loads((out / "result.json").read_text("utf-8")), (out / "report.en.html").read_text("utf-8")
        again = tenderproof("audit", declared, "--area", "fairness", "--at-most", "0.25", "--workers", "1", "--resume", out)
    second = json.loads((out / "result.json").read_text("utf-8"))
    late, later = ([c for c in found["checks"] if c["reason"] == "out_of_time"] for found in (first, second))

    assert said.returncode == 2, said.stderr
    assert json.loads(said.stdout)["out_of_time"] == len(late) > len(later)
    assert {(check["state"], check["blame"]) for check in late} == {("errored", "platform")}
    assert "The time that was set for this run (0.25 min) was spent" in page
    assert ("was spent before" in again.stdout) == bool(later)
    assert (first["run"]["at_most_minutes"], second["run"]["attempts"]) == (0.25, 2)


def test_a_time_of_no_sense_is_wrong_use(candidate: Path) -> None:
    assert tenderproof("audit", candidate, "--at-most", "-1").returncode == 64
