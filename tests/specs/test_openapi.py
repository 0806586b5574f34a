"""The published contract and the reference platform are held together, operation by operation and field by field."""

import inspect
import json
import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
import yaml
from contract import document, operations
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from federation.trading import routes
from federation.trading.records.tendering import MessageType
from federation.trading.rules import archives, supervision
from federation.trading.wording import REFUSALS

from tenderproof import content

FEDERATION = content.fixtures_dir() / "federation" / "trading"
CONTRACT = content.specs_dir() / "openapi" / "trading.yaml"


@pytest.fixture(scope="module")
def contract() -> dict[str, Any]:
    """The contract as published."""
    found: dict[str, Any] = yaml.load(CONTRACT.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return found


@pytest.fixture(scope="module")
def reference() -> dict[str, Any]:
    """The contract as FastAPI reads it from the reference's routes, by itself."""
    app = FastAPI()
    for router in routes.routers():
        app.include_router(router)
    return get_openapi(title="reference", version="1", openapi_version="3.1.0", routes=app.routes)


@pytest.fixture(scope="module")
def served() -> dict[str, Any]:
    """The route of each operation."""
    return {str(route.operation_id): route for route in operations.served()}


def by_id(document: dict[str, Any]) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Each operation by its id: method, path, and what is said of it."""
    return {said["operationId"]: (method, path, said) for path, method, said in operations.operations(document["paths"])}


def bare(part: Any) -> Any:
    """A schema without what only the one or the other says: titles and terms; and with the short names of schemas."""
    if isinstance(part, list):
        return [bare(inner) for inner in part]
    if not isinstance(part, dict):
        return short(part) if isinstance(part, str) else part
    words = {name for name in ("title", "description", "x-term-zh", "x-data-item") if not isinstance(part.get(name), dict)}
    return {name: bare(inner) for name, inner in part.items() if name not in words}


def short(name: str) -> str:
    """The name of a schema that FastAPI had to qualify, as the contract has it: subject and name."""
    return re.sub(r"federation__trading__routes__(\w+?)__", lambda found: found[1].capitalize(), name)


def fields(part: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field in a part of the contract."""
    if isinstance(part, list):
        for inner in part:
            yield from fields(inner)
    elif isinstance(part, dict):
        for name, inner in part.items():
            if name == "properties":
                yield from inner.items()
            yield from fields(inner)


def references(part: Any) -> Iterator[str]:
    """Every reference in a part of the contract."""
    yield from re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(part))


def test_the_contract_is_what_the_generator_writes() -> None:
    written = document.written(document.document())

    assert document.written(yaml.load(written, Loader=yaml.CSafeLoader)) == written
    assert CONTRACT.read_text("utf-8") == written, "Run make contract."


def test_the_reference_serves_the_operations_of_the_contract_and_no_others(contract: dict[str, Any], reference: dict[str, Any]) -> None:
    published, served = by_id(contract), by_id(reference)

    assert {name: found[:2] for name, found in published.items()} == {name: found[:2] for name, found in served.items()}


def test_what_is_sent_is_the_same_in_both(contract: dict[str, Any], reference: dict[str, Any]) -> None:
    published, served = by_id(contract), by_id(reference)
    ours, theirs = contract["components"]["schemas"], reference["components"]["schemas"]

    for name, (_, _, said) in published.items():
        asked = served[name][2]
        assert bare(said.get("parameters")) == bare(asked.get("parameters")), name
        assert bare(said.get("requestBody")) == bare(asked.get("requestBody")), name
    assert [name for name in theirs if "ValidationError" not in name and bare(ours.get(short(name))) != bare(theirs[name])] == []


def test_what_is_accepted_has_the_same_status_in_both(contract: dict[str, Any], reference: dict[str, Any]) -> None:
    def statuses(document: dict[str, Any]) -> dict[str, set[str]]:
        return {name: {status for status in said["responses"] if status < "300"} for name, (_, _, said) in by_id(document).items()}

    assert statuses(contract) == statuses(reference)


def test_the_roles_are_those_of_the_reference(contract: dict[str, Any], served: dict[str, Any]) -> None:
    for name, (_, _, said) in by_id(contract).items():
        calls = [one.call for one in served[name].dependant.dependencies]
        (roles,) = [cell.cell_contents for call in calls for cell in call.__closure__ or () if type(cell.cell_contents) is tuple] or [
            ("public",)
        ]
        assert said["x-roles"] == list(roles), name
        assert ("security" in said) is (roles != ("public",)), name


def test_what_is_signed_carries_act_object_and_signature(contract: dict[str, Any]) -> None:
    schemas = contract["components"]["schemas"]
    for name, (_, _, said) in by_id(contract).items():
        body = said.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        sent = schemas.get(body.get("$ref", "").rpartition("/")[2], {}).get("properties", {})
        assert said.get("x-signed", False) is ({"act", "object", "signature"} <= set(sent)), name


def test_every_schema_is_used(contract: dict[str, Any]) -> None:
    used = {pointer.rpartition("/")[2] for pointer in references(contract)}

    assert set(contract["components"]["schemas"]) - used == set()


def test_every_answer_says_what_is_in_it(contract: dict[str, Any]) -> None:
    for name, (_, _, said) in by_id(contract).items():
        (accepted,) = [answer for status, answer in said["responses"].items() if status.startswith("2")]
        schemas = [media["schema"] for media in accepted.get("content", {}).values()]
        assert ("204" in said["responses"]) is (schemas == []), name
        assert all("$ref" in json.dumps(schema) or schema == {"type": "string"} for schema in schemas), name


def test_every_field_has_its_term(contract: dict[str, Any]) -> None:
    asked = [(one["name"], one) for _, _, said in by_id(contract).values() for one in said.get("parameters", [])]
    for name, schema in (*fields(contract["components"]["schemas"]), *asked):
        assert re.search(r"[\u4e00-\u9fff]|^[A-Z]", schema["x-term-zh"]), name
        assert schema["description"].startswith(f"{schema['x-term-zh']} / "), name


def test_every_data_item_is_one_of_the_testing_specification_and_every_term_is_used(contract: dict[str, Any]) -> None:
    words = document.kept("terms")
    schemas = contract["components"]["schemas"]
    owned = {f"{owner}.{name}" for owner, schema in schemas.items() for name, _ in fields(schema)}
    named = {item for _, schema in fields(schemas) for item in schema.get("x-data-item", [])}
    asked = {one["name"] for _, _, said in by_id(contract).values() for one in said.get("parameters", [])}

    assert all(re.fullmatch(r"[A-F][0-9]{6}", item) for item in words["items"])
    assert named == set(words["items"])
    assert set(words["fields"]) - owned - {name.partition(".")[2] for name in owned} - asked == set()


def test_every_reference_resolves(contract: dict[str, Any]) -> None:
    for pointer in set(references(contract)):
        found: Any = contract
        for step in pointer.split("/"):
            found = found[step]
        assert found


def test_every_link_leads_to_an_operation_and_its_parameters(contract: dict[str, Any]) -> None:
    known = by_id(contract)
    for name, (_, path, said) in known.items():
        for answer in said["responses"].values():
            for target, link in answer.get("links", {}).items():
                _, needs, _ = known[link["operationId"]]
                assert set(re.findall(r"{(\w+)}", needs)) == set(link.get("parameters", {})), (name, target)
                assert all(found(contract, path, answer, source) for source in link.get("parameters", {}).values()), (name, target)


def found(contract: dict[str, Any], path: str, answer: dict[str, Any], source: str) -> bool:
    """Whether what a link takes is there: in the path of the request, or in the answer."""
    if source.startswith("$request.path."):
        return f"{{{source.rpartition('.')[2]}}}" in path
    schema = answer["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    return source.rpartition("/")[2] in contract["components"]["schemas"][schema]["properties"]


def test_who_creates_or_changes_is_told_where_to_go_on(contract: dict[str, Any]) -> None:
    """Whatever has an id of its own leads on, to be read, changed, submitted or published."""
    ends = {
        "bid.fail",
        "application.fail",
        "bid.reject",
        "application.reject",
        "contract.verify",
        "performance.record",
        "fee.refund",
        "bond.refund",
    }
    ends |= {"revocation_list.import"}
    acts = {name: said for name, (method, _, said) in by_id(contract).items() if method != "get" and "204" not in said["responses"]}

    assert {name for name, said in acts.items() if not any(answer.get("links") for answer in said["responses"].values())} == ends


def test_every_code_that_the_reference_refuses_with_is_in_the_contract(contract: dict[str, Any]) -> None:
    codes = set(contract["components"]["schemas"]["Problem"]["properties"]["code"]["enum"])
    used = {code for path in FEDERATION.rglob("*.py") for code in re.findall(r'Refusal\("([a-z_]+)"', path.read_text("utf-8"))}

    assert used
    assert used <= codes == set(REFUSALS)


def test_every_operation_names_codes_of_the_catalogue_and_no_code_is_for_nothing(contract: dict[str, Any]) -> None:
    catalogue = set(contract["components"]["schemas"]["Problem"]["properties"]["code"]["enum"])
    named = {name: {refusal["code"] for refusal in said["x-refusals"]} for name, (_, _, said) in by_id(contract).items()}

    assert all(codes <= catalogue for codes in named.values())
    assert catalogue - set().union(*named.values()) == {"method_not_allowed"}  # of the path, and of no operation


def test_every_operation_says_what_it_does_for_whom_and_how_it_refuses(contract: dict[str, Any]) -> None:
    tags = {tag["name"] for tag in contract["tags"]}
    for name, (_, _, operation) in by_id(contract).items():
        assert operation["summary"], name
        assert set(operation["tags"]) <= tags, name
        assert operation["x-roles"], name
        assert operation["responses"]["default"] == {"$ref": "#/components/responses/Refusal"}, name


def test_the_thirteen_function_groups_are_all_there(contract: dict[str, Any]) -> None:
    used = {tag for _, _, operation in by_id(contract).values() for tag in operation["tags"]}

    assert {f"5.{number}" for number in range(1, 14)} <= used


@pytest.mark.parametrize(
    ("operation", "refusal", "listed"),
    [
        ("opening.start", ("too_few_bids", 409), True),
        ("bid.submit", ("encryption_wrong", 422), True),
        ("document.publish", ("document_incomplete", 422), True),
        ("platform.get", ("not_authenticated", 401), True),
        ("platform.get", ("not_permitted", 403), False),
        ("me.get", ("not_verified", 403), False),
        ("project.create", ("deadline_passed", 409), False),
    ],
)
def test_refusals_are_found_where_the_rules_are_and_nowhere_else(
    contract: dict[str, Any], operation: str, refusal: tuple[str, int], listed: bool
) -> None:
    _, _, said = by_id(contract)[operation]

    assert (refusal in {(one["code"], one["status"]) for one in said["x-refusals"]}) is listed


def values(contract: dict[str, Any], schema: str, field: str) -> set[str]:
    """What the contract lets a field say."""
    return set(contract["components"]["schemas"][schema]["properties"][field]["enum"])


def booked_on_a_section(route: Any) -> bool:
    """Whether the act may be written down with a section: its path names one, or its subject looks one up, itself or by evaluation."""
    said = inspect.getsource(inspect.getmodule(route.endpoint) or route.endpoint)
    return "{section_id}" in route.path or any(how in said for how in ("tender.of(", "act.section =", "import evaluation as routes"))


def test_what_is_archived_and_sent_has_a_kind_of_the_contract(contract: dict[str, Any]) -> None:
    """The types hold the reference to these values wherever it archives or sends something."""
    assert values(contract, "ArchiveLine", "kind") == set(get_args(archives.Kind))
    assert values(contract, "Message", "type") == set(get_args(MessageType))


def test_every_act_that_supervision_may_hear_of_has_a_type_of_the_contract(contract: dict[str, Any], served: dict[str, Any]) -> None:
    recorded = {name for name, route in served.items() if route.methods != {"GET"} or (route.openapi_extra or {}).get("x-audited")}
    heard = {name for name in recorded if not supervision.is_reading(name) and booked_on_a_section(served[name])}
    assert values(contract, "SupervisionEvent", "type") == heard
