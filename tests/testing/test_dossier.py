"""What checks are told of the papers that were handed in."""

import json
from typing import Any
from unittest.mock import Mock

import pytest

from tenderproof.testing import Commitment, Dossier
from tenderproof.vocabulary import Blame, Missing

OWN = {"servers": ["192.0.2.1; www.site.test; 郑州; A-01; HT-1; -"], "sites": ["郑州; 34.75; 113.62"]}
CLOUD = {**OWN, "servers": ["192.0.2.1; www.site.test; 郑州; -; HT-1; 某云"]}
COMMITTED = {"provider": "某云", "sites": ["郑州"], "contract": "HT-1", "date": "2026-12-01"}


def dossier(documents: dict[str, Any], *absent: tuple[str, str]) -> Dossier:
    said = {"documents": documents, "absent": [{"kind": kind, "code": code, "file": "x"} for kind, code in absent]}
    chance: Any = Mock(made=lambda _, produce: produce())
    return Dossier(lambda: json.dumps(said).encode(), chance)


def test_the_list_that_counts_is_read() -> None:
    assert dossier({"server_list": OWN}).servers().names("www.site.test", "192.0.2.1")


def test_a_list_that_is_absent_is_missing_and_the_fault_is_said() -> None:
    with pytest.raises(Missing, match="no list of servers was handed in") as missing:
        dossier({}).servers()
    assert missing.value.blame is Blame.DECLARATION
    with pytest.raises(Missing, match="counts as absent \\(expired\\)"):
        dossier({}, ("server_list", "expired"), ("waiver", "unsigned")).servers()


def test_where_nobody_looked_at_papers_that_is_the_tools() -> None:
    chance: Any = Mock()
    with pytest.raises(Missing, match="nobody has looked") as missing:
        Dossier(None, chance).servers()
    assert missing.value.blame is Blame.TOOL


def test_a_commitment_that_counts_is_told() -> None:
    assert dossier({"server_list": CLOUD, "cloud_commitment": COMMITTED}).commitment() == Commitment("某云", ("郑州",))


@pytest.mark.parametrize("code", ["expired", "other_platform", "not_independent", "bad_signature", "file_changed"])
def test_a_commitment_with_a_fault_is_told_with_it(code: str) -> None:
    assert dossier({"server_list": CLOUD}, ("cloud_commitment", code)).commitment() == Commitment(fault=code)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (dossier({"server_list": OWN, "cloud_commitment": COMMITTED}), "no cloud service is used"),
        (dossier({"server_list": CLOUD}), "none was handed in"),
        (dossier({"server_list": CLOUD}, ("cloud_commitment", "unknown_key")), "the auditor names"),
        (dossier({"cloud_commitment": COMMITTED}), "no list of servers"),
    ],
)
def test_where_nothing_can_be_said_of_a_commitment_the_reason_is(told: Dossier, why: str) -> None:
    with pytest.raises(Missing, match=why):
        told.commitment()


KEPT = {"critical": "yes", "stores": ["备份; 郑州; 34.75; 113.62"], "exports": ["-"]}


def test_the_statement_on_where_data_lie_is_read() -> None:
    assert dossier({"data_location": KEPT}).critical().stores[0].site == "郑州"
    assert dossier({"data_location": {**KEPT, "critical": "no"}}).keeping().critical is False


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (dossier({}), "no statement on where data are stored"),
        (dossier({}, ("data_location", "expired")), r"counts as absent \(expired\)"),
        (dossier({"data_location": {**KEPT, "critical": "no"}}), "no critical information infrastructure"),
    ],
)
def test_of_who_is_no_critical_infrastructure_or_states_nothing_nothing_is_said(said: Dossier, why: str) -> None:
    with pytest.raises(Missing, match=why):
        said.critical()
