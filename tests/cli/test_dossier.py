"""The list of what is lacking, for people and for programs, in both languages."""

import json
from pathlib import Path

from tests.dossier import desks
from tests.dossier.desks import Folder
from tests.reporting import results

from .command import tenderproof


def test_the_list_names_every_document_with_its_signer_and_why_it_is_absent(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.put("code", desks.platform_code(expires="2199-01-01"), "省公共服务平台")
    folder.put("items", desks.data_items_proof(signed_by=desks.person("王芳")), "王芳")

    said = tenderproof("dossier", folder.declaration(), "--plan", "trading-2", "--known-signers", folder.known_signers(), "--json")
    line = json.loads(said.stdout)

    assert said.returncode == 2
    assert (line["plan"], line["complete"]) == ("trading-2", False)
    state = {entry["kind"]: (entry["there"], [fault["code"] for fault in entry["faults"]]) for entry in line["documents"]}
    assert state["platform_code"] == (True, [])
    assert state["data_items_proof"] == (False, ["not_independent"])
    assert state["interface_proof"] == (False, [])
    assert [(star["level"], star["items"], star["open"]) for star in line["levels"]] == [(1, 165, None), (2, 219, None)]
    assert len(line["levels"][0]["needs_public_service"]) == 18


def test_people_read_it_in_their_language(tmp_path: Path) -> None:
    declared = Folder(tmp_path).declaration()

    zh = tenderproof("dossier", declared, "--plan", "trading-1", language="zh").stdout
    en = tenderproof("dossier", declared, "--plan", "trading-1").stdout

    assert "✗ 试运行报告 (运营机构; 提交认证机构)" in zh
    assert "✗ Report of the trial operation (the operator; for the certification body)" in en
    assert len(zh.splitlines()) == len(en.splitlines())


def test_a_run_tells_which_items_are_open(tmp_path: Path) -> None:
    made = results.result([results.clause("A-01", stars=1)])
    sample = made.sample.model_copy(update={"name": desks.PLATFORM["name"]})
    basis = made.basis.model_copy(update={"plan": "trading-1"})
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "result.json").write_text(made.model_copy(update={"sample": sample, "basis": basis}).model_dump_json(), "utf-8")
    declared = Folder(tmp_path).declaration()

    line = json.loads(tenderproof("dossier", declared, "--plan", "trading-1", "--run", tmp_path / "run", "--json").stdout)
    other = tenderproof("dossier", declared, "--plan", "trading-2", "--run", tmp_path / "run")

    assert (len(line["levels"][0]["open"]), "A-01" in line["levels"][0]["open"]) == (164, False)
    assert other.returncode == 64
    assert "The run is of" in other.stderr
