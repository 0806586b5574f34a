"""The forms of papers: attestation, exemption, waiver, document (schemas/paper.schema.json)."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from tenderproof import content
from tenderproof.dossier.envelope import PaperFault


def kind_of(payload: Mapping[str, Any]) -> str:
    """The kind of a paper: a document says it, the others are what their form is."""
    form = str(payload["form"]).removeprefix("tenderproof-").partition("/")[0]
    return str(payload["kind"]) if form == "document" else form


def require_form(payload: Mapping[str, Any]) -> None:
    """`PaperFault` unless the payload is of a form that we know, and as schemas/paper.schema.json says."""
    form = str(payload["form"]).removeprefix("tenderproof-").partition("/")[0]
    schema = _paper_schema()
    if form not in schema["$defs"] or "form" not in schema["$defs"][form].get("properties", {}):
        raise PaperFault("other_form", form=str(payload["form"]))
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - slow to import, and only needed where there are papers

    fault = next(iter(Draft202012Validator({"$ref": f"#/$defs/{form}", "$defs": schema["$defs"]}).iter_errors(payload)), None)
    if fault:
        raise PaperFault("malformed", what=f"{'.'.join(map(str, fault.absolute_path)) or '/'}: {fault.message[:200]}")
    for key in ("date", "expires"):
        require_day(key, payload[key])


def require_day(name: str, value: object) -> None:
    """`PaperFault` unless the value is a day of the calendar."""
    try:
        date.fromisoformat(str(value))
    except ValueError as error:
        raise PaperFault("malformed", what=f"{name}: {str(value)[:40]}") from error


@cache
def _paper_schema() -> dict[str, Any]:
    return dict(json.loads((content.specs_dir() / "schemas" / "paper.schema.json").read_text("utf-8")))
