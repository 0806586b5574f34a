"""``tenderproof audit --records``."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tenderproof import content

from .command import tenderproof

PROCESS = {
    "ocid": "o-1", "id": "1", "date": "2026-03-02T00:00:00Z", "buyer": {"name": "A town"},
    "tender": {
        "title": "Road", "procurementMethod": "open",
        "tenderPeriod": {"startDate": "2026-01-01T00:00:00Z", "endDate": "2026-01-20T00:00:00Z"},
    },
}  # fmt: skip


def written(folder: Path, *rows: object) -> Path:
    file = folder / "data.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return file


def test_a_data_set_is_judged_and_its_findings_are_shown(tmp_path: Path) -> None:
    file = written(tmp_path, PROCESS, *(PROCESS | {"ocid": f"o-{n}"} for n in range(2, 6)))
    done = tenderproof("audit", "--records", file, "--plan", "records-example", "--out", tmp_path / "out")

    assert (done.returncode, done.stderr) == (1, "")
    assert "Decision: non-conformant" in done.stdout
    assert "data.jsonl: 5 rows of 5 tenders; rows that could not be read: 0; findings: 5 (artefacts/findings.jsonl)" in done.stdout
    assert "OCX-PERIOD  o-1 (data.jsonl, line 1): expected ≥ 2026-01-31T00:00:00+00:00, found 2026-01-20T00:00:00Z" in done.stdout
    assert "OCX-PERIOD  and 2 more" in done.stdout
    assert "Level" not in done.stdout
    for name in ("result.json", "report.html", "report.en.html", "junit.xml", "journal.jsonl", "artefacts/findings.jsonl"):
        assert (tmp_path / "out" / name).is_file(), name
    page = (tmp_path / "out" / "report.en.html").read_text("utf-8")
    assert "Published records were judged, and no platform" in page
    assert "o-5" in page


def test_the_answer_for_programs_counts_what_was_found(tmp_path: Path) -> None:
    file = written(tmp_path, PROCESS, {"ocid": 5})
    done = tenderproof("audit", "--records", file, "--plan", "records-example", "--out", tmp_path / "out", "--json")
    told = json.loads(done.stdout)

    assert (told["decision"], told["tenders"], told["unreadable"], told["findings"]) == ("non_conformant", 1, 1, 1)


def test_a_plan_in_a_file_brings_its_own_figures(tmp_path: Path) -> None:
    plans = content.specs_dir() / "plans"
    (tmp_path / "parameters").mkdir()
    figures = (
        (plans / "parameters" / "example.yaml").read_text("utf-8").replace("id: example", "id: lenient").replace("value: 30", "value: 10")
    )
    (tmp_path / "parameters" / "lenient.yaml").write_text(figures, "utf-8")
    plan = (plans / "records-example.yaml").read_text("utf-8")
    (tmp_path / "lenient.yaml").write_text(
        plan.replace("id: records-example", "id: lenient").replace("figures: example", "figures: lenient")
    )
    done = tenderproof(
        "audit", "--records", written(tmp_path, PROCESS), "--plan", tmp_path / "lenient.yaml", "--out", tmp_path / "out", "--json"
    )

    assert json.loads(done.stdout)["decision"] == "inconclusive"
    found = json.loads((tmp_path / "out" / "result.json").read_text("utf-8"))
    assert {clause["id"]: clause["verdict"] for clause in found["clauses"]}["OCX-PERIOD"] == "satisfied"
    assert next(figure["value"] for figure in found["basis"]["figures"] if figure["name"] == "tender_period_days") == 10


def test_wrong_use_is_a_sentence_and_sixty_four(tmp_path: Path) -> None:
    file = written(tmp_path, PROCESS)
    (tmp_path / "empty").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("x")
    wrong: list[tuple[list[str | Path], str]] = [
        (["--records", file, "--reference"], "A data set is no platform, and --reference speaks of one"),
        (["--records", file, tmp_path / "candidate.toml"], "A data set is no platform, and a declaration speaks of one"),
        (["--records", tmp_path / "none"], "There is no file"),
        (["--mapping", tmp_path / "none"], "name them with --records FILE"),
        (["--records", file, "--mapping", tmp_path / "none"], "cannot be read"),
        (["--records", file, "--plan", "trading-1"], "asks for more than records"),
        (["--records", file, "--plan", "nothing.yaml"], "there is no plan"),
        (["--records", file, "--only", "OCX-9"], "There is no clause OCX-9"),
        (["--records", file, "--out", tmp_path / "full"], "holds something else than a run"),
        (["--records", written(tmp_path / "empty"), "--out", tmp_path / "out"], "No record could be read"),
    ]
    for arguments, said in wrong:
        done = tenderproof("audit", *arguments)
        assert (done.returncode, done.stdout) == (64, ""), arguments
        assert said in done.stderr, arguments
        assert done.stderr.count("\n") == 1


def test_a_judged_data_set_is_sealed_verified_and_reviewed_and_replayed_only_from_the_files(tmp_path: Path) -> None:
    out, bundle, key = tmp_path / "out", tmp_path / "bundle.zip", tmp_path / "key.pem"
    tenderproof("audit", "--records", written(tmp_path, PROCESS), "--plan", "records-example", "--out", out)
    made = shutil.which("openssl")
    assert made
    subprocess.run([made, "genpkey", "-algorithm", "ed25519", "-out", str(key)], check=True, capture_output=True)

    assert tenderproof("seal", out, "--key", key, "--out", bundle).returncode == 0
    assert tenderproof("verify", bundle).returncode == 0
    replayed = tenderproof("replay", bundle)
    assert replayed.returncode == 64
    assert "judge the files again: tenderproof audit --records data.jsonl --plan records-example" in replayed.stderr


PAPER: dict[str, Any] = {
    "kind": "waiver",
    "file": "a",
    "sha256": "00" * 32,
    "clauses": [],
    "signers": [],
    "date": "",
    "expires": "",
    "fault": None,
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda told: told["sample"].update(name="others.jsonl"), "another sample than the files that were judged"),
        (lambda told: told["records"]["files"][0].update(sha256="00" * 32), "another sample than the files that were judged"),
        (lambda told: told["papers"].append(PAPER), "tells of papers"),
    ],
    ids=["name", "digest", "paper"],
)
def test_a_data_set_is_not_passed_off_as_another(tmp_path: Path, change: Callable[[Any], None], said: str) -> None:
    out, key = tmp_path / "out", tmp_path / "key.pem"
    tenderproof("audit", "--records", written(tmp_path, PROCESS), "--plan", "records-example", "--out", out)
    subprocess.run([shutil.which("openssl") or "", "genpkey", "-algorithm", "ed25519", "-out", str(key)], check=True, capture_output=True)
    told = json.loads((out / "result.json").read_text("utf-8"))
    change(told)
    (out / "result.json").write_text(json.dumps(told), "utf-8")

    sealed = tenderproof("seal", out, "--key", key, "--out", tmp_path / "bundle.zip")
    assert (sealed.returncode, said in sealed.stderr) == (64, True)


def test_the_ledger_of_a_plan_on_records_names_the_checks_and_mutants_of_records() -> None:
    done = tenderproof("clauses", "--plan", "records-example", "--json")
    told = json.loads(done.stdout)

    assert (told["total"], told["decided"], told["waiting"]) == (9, 9, 0)
    assert "processes.period_a_second_short" in told["clauses"][0]["mutants"]
