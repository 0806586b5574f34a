"""What the reference answers in whole stories is what the contract says that it answers."""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from jsonschema import Draft202012Validator
from warcio.archiveiterator import ArchiveIterator

from tenderproof import content

PREFIX = "/api/v1"
TOLD = (
    "function/paper::test_a_tender_goes_from_the_bid_to_the_archive_with_data_messages_alone",
    "disclosure/candidates::test_candidates_and_result_are_public_with_their_times_and_in_their_order",
    "function/bonds::test_after_the_contract_every_bidder_gets_the_bond_back_with_interest",
    "function/clarifications::test_a_bidder_gives_a_receipt_for_a_clarification_which_it_and_the_owner_see",
    "function/objections::test_an_objection_is_filed_followed_and_answered_on_the_platform",
    "function/prequalification::test_the_result_of_prequalification_reaches_each_applicant_and_nobody_learns_the_others",
    "interface/supervision::test_an_order_to_suspend_stops_the_section_until_it_is_lifted",
    "interface/supervision::test_supervision_reads_every_stage_by_itself_and_nobody_else_does",
)


@dataclass(frozen=True)
class Heard:
    """An answer that was heard: to which operation, with which status, and what it said."""

    operation: str
    status: str
    said: Any


@pytest.fixture(scope="module")
def contract() -> dict[str, Any]:
    found: dict[str, Any] = yaml.load((content.specs_dir() / "openapi" / "trading.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    return found


@pytest.fixture(scope="module")
def described(contract: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What the contract says of each operation."""
    return {said["operationId"]: said for item in contract["paths"].values() for said in item.values()}


@pytest.fixture(scope="module")
def heard(contract: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> list[Heard]:
    """Every answer in JSON that the reference gave while whole stories were told to it."""
    folder = tmp_path_factory.mktemp("stories") / "run"
    chosen = [word for check in TOLD for word in ("--only", check)]
    told = subprocess.run(
        [Path(sys.executable).with_name("tenderproof"), "audit", "--reference", "--out", folder, *chosen],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    archives = sorted(folder.glob("evidence/*.warc.gz"))
    assert archives, told.stderr
    return [answer for archive in archives for answer in read(archive, contract)]


def read(archive: Path, contract: dict[str, Any]) -> list[Heard]:
    """The answers that an archive of exchanges holds."""
    found, method = [], ""
    with archive.open("rb") as octets:
        for record in ArchiveIterator(octets):
            if record.rec_type == "request":
                method = record.http_headers.protocol.lower()
            elif record.rec_type == "response" and "json" in (record.http_headers.get_header("content-type") or ""):
                operation = operation_of(contract, method, record.rec_headers.get_header("WARC-Target-URI"))
                text = record.content_stream().read()
                if operation and text:
                    found.append(Heard(operation, record.http_headers.get_statuscode(), json.loads(text)))
    return found


def operation_of(contract: dict[str, Any], method: str, address: str) -> str:
    """The operation behind an address: a path that is written out goes before one with a parameter."""
    path = urlsplit(address).path.removeprefix(PREFIX)
    for template in sorted(contract["paths"], key=lambda one: one.count("{")):
        if method in contract["paths"][template] and re.fullmatch(re.sub(r"{\w+}", "[^/]+", template), path):
            return str(contract["paths"][template][method]["operationId"])
    return ""


def test_the_stories_reach_far(heard: list[Heard]) -> None:
    accepted = {answer.operation for answer in heard if answer.status < "300"}

    assert len(accepted) > 65
    assert {
        "archive.make",
        "contract.sign",
        "objection.reply",
        "opening.complete",
        "supervision.section",
        "prequalification.result",
    } <= accepted


def test_what_is_answered_fits_its_schema(
    contract: dict[str, Any], described: dict[str, dict[str, Any]], heard: list[Heard]
) -> None:  # fmt: skip
    for name in {answer.operation for answer in heard}:
        for status, response in described[name]["responses"].items():
            bodies = [answer.said for answer in heard if (answer.operation, answer.status) == (name, status)]
            if bodies and "application/json" in response.get("content", {}):
                schema = {**response["content"]["application/json"]["schema"], "components": contract["components"]}
                found = [error.message for body in bodies for error in Draft202012Validator(schema).iter_errors(body)]
                assert found == [], name


def test_what_is_accepted_has_the_status_of_the_contract(described: dict[str, dict[str, Any]], heard: list[Heard]) -> None:
    assert [answer for answer in heard if answer.status < "300" and answer.status not in described[answer.operation]["responses"]] == []


def test_what_is_refused_is_refused_as_the_contract_says(
    contract: dict[str, Any], described: dict[str, dict[str, Any]], heard: list[Heard]
) -> None:  # fmt: skip
    refused = [answer for answer in heard if answer.status >= "300"]
    problem = Draft202012Validator({"$ref": "#/components/schemas/Problem", "components": contract["components"]})
    listed = {name: {(one["code"], str(one["status"])) for one in said["x-refusals"]} for name, said in described.items()}

    assert refused
    for answer in refused:
        assert [error.message for error in problem.iter_errors(answer.said)] == []
        assert (answer.said["code"], answer.status) in listed[answer.operation], answer.operation


def test_an_answer_with_less_or_more_than_its_schema_does_not_fit(contract: dict[str, Any], heard: list[Heard]) -> None:
    receipt = next(answer.said for answer in heard if answer.operation == "bid.submit" and answer.status == "201")
    schema = Draft202012Validator({"$ref": "#/components/schemas/Receipt", "components": contract["components"]})

    assert schema.is_valid(receipt)
    assert not schema.is_valid({**receipt, "price": "1.00"})
    assert not any(schema.is_valid({name: value for name, value in receipt.items() if name != left_out}) for left_out in receipt)
