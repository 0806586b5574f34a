"""The contract as a document: put together, and written the same way each time."""

from pathlib import Path
from typing import Any

import yaml
from fastapi.routing import APIRoute

from contract.answers import answer
from contract.links import link
from contract.operations import Content, described, operations, roles, served, signed, subject
from contract.refusals import Source, problem, refused
from contract.terms import parameter, termed

KEPT = Path(__file__).parents[2] / "specs" / "openapi"
CONTRACT = KEPT / "trading.yaml"
_HEAD = "# Written by .ci/write_contract.py from the reference's routes and the other files of this folder; a test compares. Edit those.\n"
_REFUSAL = {"$ref": "#/components/responses/Refusal"}


def kept(name: str) -> Content:
    """One of the files that are kept by hand."""
    found: Content = yaml.load((KEPT / f"{name}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    return found


def document() -> Content:
    """The whole contract."""
    frame, words, answers, found, source = kept("frame"), kept("terms"), kept("answers"), described(), Source()
    routes = {str(route.operation_id): route for route in served()}
    paths: Content = {}
    for path, method, said in operations(found["paths"]):
        route = routes[said["operationId"]]
        paths.setdefault(path, {})[method] = {
            **_operation(said, route, frame),
            **({"parameters": [parameter(one, words["fields"]) for one in said["parameters"]]} if "parameters" in said else {}),
            "responses": {str(route.status_code or 200): answer(answers["operations"].get(said["operationId"])), "default": _REFUSAL},
            "x-refusals": refused(source, route, words["refusals"]),
        }
    schemas = {**found["schemas"], **answers["schemas"], "Problem": problem(words["refusals"])}
    link(paths, schemas, frame["links"])
    return {
        "openapi": "3.1.0",
        "info": frame["info"],
        "servers": frame["servers"],
        "tags": frame["tags"],
        "paths": paths,
        "components": {**frame["components"], "schemas": termed(schemas, words["fields"])},
    }


def _operation(said: Content, route: APIRoute, frame: Content) -> Content:
    """One operation: what FastAPI says of it, for whom it is, and what it answers."""
    called: Content = {name: said[name] for name in ("parameters", "requestBody") if name in said}
    who = roles(route)
    return {
        "operationId": said["operationId"],
        "summary": said["description"],
        "tags": [frame["subjects"][subject(route)]],
        "x-roles": who,
        **({} if who == ["public"] else {"security": [{"session": []}]}),
        **({"x-signed": True} if signed(route) else {}),
        **{name: value for name, value in said.items() if name.startswith("x-")},
        **called,
    }


class _Dumper(yaml.CSafeDumper):
    """YAML without anchors: who reads a part of it reads it whole."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - nothing is shared
        return True


def written(content: Content) -> str:
    """The document as text; what holds no further collection stands on one line."""
    return _HEAD + yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=140, default_flow_style=None)
