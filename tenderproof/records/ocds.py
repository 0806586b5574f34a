"""OCDS 1.1: releases and records as facts of a tender, and the merging of releases (https://standard.open-contracting.org/1.1/en/).

Names of fields and the rules of merging are the standard's. What the standard has no field for (whether tendering is compulsory, how
long documents are sold) a mapping file may point to.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any

from tenderproof.records import values
from tenderproof.records.tender import Facts

_WHOLE = frozenset({"roles", "additionalIdentifiers", "additionalClassifications", "changes", "tag"})
"""Lists that a later release replaces as a whole (``wholeListMerge`` in the release schema); other lists of objects merge by id."""
_DEAD = frozenset({"cancelled", "unsuccessful", "withdrawn"})
_BIDDING_DOCUMENT, _TENDER_NOTICE, _AWARD_NOTICE = "biddingDocuments", "tenderNotice", "awardNotice"
_DEEPEST = 200  # levels of a document that is merged


def is_release(value: Mapping[str, Any]) -> bool:
    """Whether an object is a release, or a compiled one."""
    return isinstance(value.get("ocid"), str) and "compiledRelease" not in value and not isinstance(value.get("releases"), list)


def is_record(value: Mapping[str, Any]) -> bool:
    """Whether an object is a record: one process with its releases, its compiled release, or both."""
    return isinstance(value.get("ocid"), str) and ("compiledRelease" in value or isinstance(value.get("releases"), list))


def releases_of(record: Mapping[str, Any]) -> Sequence[Mapping[str, Any]] | None:
    """The releases of a record, or its compiled release; None if it only links to them."""
    compiled, listed = record.get("compiledRelease"), record.get("releases") or []
    if isinstance(compiled, dict):
        return [{"ocid": record["ocid"], **compiled}]
    whole = [release for release in listed if isinstance(release, dict) and is_release(release)]
    return whole if whole and len(whole) == len(listed) else None


def compiled(releases: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The releases of one process, given in the order of their dates, merged into the first of them; what they were is gone."""
    first, *later = releases
    for release in later:
        _merge(first, release, _DEEPEST)
    return first


def _merge(target: dict[str, Any], release: dict[str, Any], depth: int) -> None:
    for name, value in release.items():
        before = target.get(name)
        if value is None:
            target.pop(name, None)
        elif before is None or not depth:
            target[name] = value
        elif isinstance(value, dict) and isinstance(before, dict):
            _merge(before, value, depth - 1)
        elif isinstance(value, list) and isinstance(before, list) and name not in _WHOLE and value and _are_objects(value):
            _merge_by_id(before, value, depth - 1)
        else:
            target[name] = value


def _are_objects(parts: list[Any]) -> bool:
    return all(isinstance(part, dict) for part in parts)


def _merge_by_id(kept: list[Any], parts: list[dict[str, Any]], depth: int) -> None:
    by_id = {str(part["id"]): part for part in kept if isinstance(part, dict) and _has_id(part)}
    for part in parts:
        known = by_id.get(str(part["id"])) if _has_id(part) else None
        if known is None:
            kept.append(part)
        else:
            _merge(known, part, depth)


def _has_id(part: Mapping[str, Any]) -> bool:
    return isinstance(part.get("id"), str | int)


def facts(release: Mapping[str, Any], credit_code_schemes: frozenset[str]) -> Facts:
    """What a compiled release says; the schemes are those of identifiers that are unified social credit codes."""
    told = _object(release, "tender")
    awards = [award for award in _objects(release, "awards") if award.get("status") not in _DEAD and award.get("status") != "pending"]
    contracts = [contract for contract in _objects(release, "contracts") if contract.get("status") not in {*_DEAD, "pending"}]
    period, documents = _object(told, "tenderPeriod"), _objects(told, "documents")
    found: dict[str, Any] = {
        "title": told.get("title"),
        "tenderee": _object(release, "buyer").get("name") or _object(told, "procuringEntity").get("name"),
        "method": told.get("procurementMethod"),
        "cancelled": told.get("status") in _DEAD,
        "bidders": told.get("numberOfTenderers"),
        "notice_published": _first_published(documents, _TENDER_NOTICE),
        "document_from": _first_published(documents, _BIDDING_DOCUMENT),
        "submission_from": period.get("startDate"),
        "enquiry_until": _object(told, "enquiryPeriod").get("endDate"),
        "bid_deadline": period.get("endDate"),
        "opening_at": _object(told, "bidOpening").get("date"),
        "estimate": _value(told, "value"),
        "amendments": [
            {"at": amendment.get("date"), "kind": "tender"} for amendment in _objects(told, "amendments")
        ],
        "awards": [_award(award) for award in awards],
        "contracts": [_contract(contract) for contract in contracts],
        "credit_codes": list(_credit_codes(release, credit_code_schemes)),
        "amounts": [
            amount for holder in (told, *awards, *contracts) if (amount := _value(holder, "value")) is not None
        ],
        "notice": {name: bool(said) for name, said in _said(release, told).items()},
    }  # fmt: skip
    return found


def _said(release: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": told.get("title"),
        "buyer": _object(release, "buyer").get("name"),
        "method": told.get("procurementMethod"),
        "deadline": _object(told, "tenderPeriod").get("endDate"),
    }


def _award(award: Mapping[str, Any]) -> Facts:
    suppliers = [supplier.get("name") for supplier in _objects(award, "suppliers")]
    return {
        "id": _identifier(award.get("id")),
        "decided_at": award.get("date"),
        "notified_at": _first_published(_objects(award, "documents"), _AWARD_NOTICE),
        "amount": _value(award, "value"),
        "winners": suppliers,
    }


def _contract(contract: Mapping[str, Any]) -> Facts:
    return {
        "id": _identifier(contract.get("id")),
        "award": _identifier(contract.get("awardID")),
        "signed_at": contract.get("dateSigned"),
        "amount": _value(contract, "value"),
    }


def _identifier(value: Any) -> str | None:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else None


def _value(holder: Mapping[str, Any], name: str) -> tuple[Any, Any] | None:
    value = _object(holder, name)
    return (value.get("amount"), value.get("currency")) if value.get("amount") is not None else None


def _first_published(documents: Iterable[Mapping[str, Any]], kind: str) -> str | None:
    """When the first of the documents of a kind was published; None if one of them does not say when, for it may be the first."""
    moments = [values.moment(document.get("datePublished"), UTC) for document in documents if document.get("documentType") == kind]
    known = [moment for moment in moments if moment is not None]
    return min(known, key=lambda moment: moment.first).text if known and len(known) == len(moments) else None


def _credit_codes(release: Mapping[str, Any], schemes: frozenset[str]) -> Iterator[str]:
    for party in _objects(release, "parties"):
        for identifier in (_object(party, "identifier"), *_objects(party, "additionalIdentifiers")):
            if identifier.get("scheme") in schemes and isinstance(identifier.get("id"), str):
                yield identifier["id"]


def _object(holder: Any, name: str) -> Mapping[str, Any]:
    value = holder.get(name) if isinstance(holder, dict) else None
    return value if isinstance(value, dict) else {}


def _objects(holder: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = holder.get(name)
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []
