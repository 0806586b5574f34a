"""The example of docs/records.md does what the page says."""

import json
import re
from pathlib import Path

from tenderproof import content, inventory
from tenderproof.records.tender import FIELDS
from tenderproof.spec.plan import load_plan

from ..cli.command import tenderproof  # noqa: TID252 - how a user runs the command

DOCS = Path(__file__).parents[2] / "docs"


def test_the_mapping_of_the_page_finds_what_is_wrong_in_its_table(tmp_path: Path) -> None:
    example = DOCS / "records"
    done = tenderproof(
        "audit", "--records", example / "sections.csv", "--mapping", example / "mapping.toml", "--out", tmp_path / "out", "--json"
    )  # fmt: skip
    found = [json.loads(line) for line in (tmp_path / "out" / "artefacts" / "findings.jsonl").read_text("utf-8").splitlines()]
    result = json.loads((tmp_path / "out" / "result.json").read_text("utf-8"))
    verdicts = {clause["id"]: clause["verdict"] for clause in result["clauses"]}

    assert json.loads(done.stdout)["tenders"] == 3
    assert {(one["tender"], clause) for one in found for clause in one["clauses"]} == {
        ("S-002", clause) for clause in ("LAW-TL-24", "B-004", "LAW-RG-26", "EB-17-1", "B-002", "NOT-5-4")
    }
    assert {one["at"] for one in found} == {"line 3"}
    assert {clause: verdicts[clause] for clause in ("LAW-TL-24", "B-009", "LAW-TL-34", "B-028", "NOT-5-1", "LAW-TL-46", "LAW-RG-26")} == {
        "LAW-TL-24": "violated", "B-009": "satisfied", "LAW-TL-34": "satisfied", "B-028": "satisfied", "NOT-5-1": "not_tested",
        "LAW-TL-46": "not_tested", "LAW-RG-26": "violated",
    }  # fmt: skip


def test_the_page_names_plans_that_there_are() -> None:
    named = set(re.findall(r"records-\w+(?=\.yaml|`|\))", (DOCS / "records.md").read_text("utf-8")))

    assert {"records-example"} <= named
    for name in ("records-cn", "records-example"):
        assert load_plan(name, content.specs_dir()).kind == "records"


def test_every_fact_that_a_rule_shows_is_one_of_a_tender() -> None:
    suites = content.suites_dir()
    files = {suites / check.file for check in inventory.record_checks(suites)}
    lists = {"amendments", "candidates", "awards", "contracts", "objections", "credit_codes", "amounts", "notice", "publicity", "result"}
    shown = {
        name for file in files for call in re.findall(r"@rule\(([^)]*)\)", file.read_text("utf-8")) for name in re.findall(r'"(\w+)"', call)
    }

    assert shown <= FIELDS | lists
