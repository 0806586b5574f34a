"""The contract's published records (specs/openapi/trading.yaml, ``/public/…``) as facts of a section: what everybody is answered.

A row is one published object as the contract answers it: a section, a notice of any type, an opening record, or a list of them.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tenderproof.records.tender import Facts

CURRENCY = "CNY"
"""The contract's amounts are in yuan."""
_OF_NOTICE = (
    "project_name", "content", "scope", "scale", "place", "quantity", "period", "funding_source", "qualification",
    "consortium_accepted", "document_from", "document_until", "document_method", "bid_deadline", "submission_method",
    "tenderee.name", "tenderee.address", "tenderee.contact", "tenderee.phone", "platform_url", "access_method",
)  # fmt: skip
_OF_AGENCY = ("agency.name", "agency.contact", "agency.phone")
_OF_CANDIDATE = (
    "rank", "name", "price", "quality", "period", "evaluation_result", "project_leader.name", "project_leader.certificate",
    "qualification_response",
)  # fmt: skip
_CHANGE = "change"


def is_published(value: Mapping[str, Any]) -> bool:
    """Whether an object is one of the contract's published ones."""
    return bool(list(sections_of(value)))


def sections_of(value: Mapping[str, Any]) -> Iterator[str]:
    """The sections that a published object tells of."""
    if isinstance(value.get("section_id"), str) and ("tender_project" in value or "content" in value):
        yield value["section_id"]
    elif isinstance(value.get("section_ids"), list) and isinstance(value.get("type"), str) and "content" in value:
        yield from (section for section in value["section_ids"] if isinstance(section, str))


def facts(rows: Iterable[Mapping[str, Any]]) -> Facts:
    """What the published objects of one section say together."""
    section: Mapping[str, Any] = {}
    notices: list[Mapping[str, Any]] = []
    record: Mapping[str, Any] = {}
    for row in rows:
        if "bids" in row and "opened_at" in row:
            record = row
        elif "content" in row and isinstance(row["content"], dict):
            notices.append(row)
        else:
            section = row
    record = record or _object(section, "opening_record")
    found = _of_opening(record, section.get("round"))
    for kind, read in (("tender", _of_tender_notice), ("prequalification", _of_prequalification), ("candidates_publicity", _of_candidates)):
        found |= read(_in_force(notices, kind))
    found |= _of_result(_in_force(notices, "result"), _object(section, "result"))
    return _as_it_stands({name: value for name, value in found.items() if value is not None}, _of_section(section))


def _as_it_stands(noticed: dict[str, Any], section: dict[str, Any]) -> Facts:
    """What notices say, as the section says that it stands now: a deadline may have been postponed by a clarification since the notice.

    The opening that the notice announced was then postponed with it, and to when no notice says.
    """
    now = {name: value for name, value in section.items() if value is not None}
    if now.get("bid_deadline", noticed.get("bid_deadline")) != noticed.get("bid_deadline"):
        noticed.pop("opening_at", None)
    return noticed | now


def _in_force(notices: Iterable[Mapping[str, Any]], kind: str) -> list[Mapping[str, Any]]:
    """The notices of a type from the first to the one that holds now, changes among them; in the order of their publication."""
    own = [notice for notice in notices if notice.get("type") == kind]
    known = {notice.get("id") for notice in own}
    pending = [notice for notice in notices if notice.get("type") == _CHANGE]
    while changed := [notice for notice in pending if notice.get("replaces") in known]:
        own += changed
        known |= {notice.get("id") for notice in changed}
        pending = [notice for notice in pending if notice not in changed]
    return sorted(own, key=lambda notice: str(notice.get("published_at") or ""))


def _of_section(section: Mapping[str, Any]) -> dict[str, Any]:
    if not section:
        return {}
    project, told = _object(section, "project"), _object(section, "tender_project")
    contract = _object(section, "contract")
    bidders = section.get("bidders")
    parties = [_object(section, "tenderee"), _object(section, "agency"), *(bidders if isinstance(bidders, list) else [])]
    return {
        "id": section.get("section_code") or section.get("section_id"),
        "title": section.get("name"),
        "tenderee": _object(section, "tenderee").get("name"),
        "method": told.get("mode"),
        "invited": {"invited": True, "open": False}.get(str(told.get("mode"))),
        "compulsory": told.get("compulsory"),
        "round": section.get("round"),
        "bid_deadline": section.get("bid_deadline"),
        "application_deadline": section.get("application_deadline"),
        "deal_code": told.get("unified_deal_code"),
        "project_code": project.get("code"),
        "tender_project_code": told.get("code"),
        "section_code": section.get("section_code"),
        "credit_codes": [party.get("uscc") for party in parties if isinstance(party, dict)],
        "amendments": [_amendment(one) for one in section.get("clarifications") or [] if isinstance(one, dict)],
        "contracts": [{"signed_at": contract.get("signed_at"), "amount": (contract.get("price"), CURRENCY)}] if contract else None,
    }


def _amendment(said: Mapping[str, Any]) -> Facts:
    kind = "prequalification" if "prequalification" in str(said.get("kind")) else "tender"
    return {"at": said.get("published_at"), "influences": said.get("influences_preparation"), "kind": kind}


def _of_opening(record: Mapping[str, Any], this_round: Any) -> dict[str, Any]:
    """The opening of bids, unless it was that of an earlier round, of which the section's deadline speaks no more."""
    bids = record.get("bids")
    other_round = this_round is not None and record.get("round", this_round) != this_round
    if record.get("kind") not in ("bid", "tender", None) or not isinstance(bids, list) or other_round:
        return {}
    return {"opened_at": record.get("opened_at"), "bidders": len(bids)}


def _of_tender_notice(notices: list[Mapping[str, Any]]) -> dict[str, Any]:
    if not notices:
        return {}
    first, last = notices[0], _object(notices[-1], "content")
    begun = _object(first, "content").get("document_from")
    found = {
        "notice_published": first.get("published_at"),
        "document_from": begun,
        "document_until": last.get("document_until"),
        "opening_at": last.get("opening_at"),
        "notice": _said(last, (*_OF_NOTICE, *(_OF_AGENCY if last.get("agency") else ()))),
    }
    return found if last.get("bid_deadline") is None else found | {"bid_deadline": last["bid_deadline"]}


def _of_prequalification(notices: list[Mapping[str, Any]]) -> dict[str, Any]:
    if not notices:
        return {}
    last = _object(notices[-1], "content")
    return {
        "prequalification_published": notices[0].get("published_at"),
        "application_document_from": _object(notices[0], "content").get("document_from"),
        "application_document_until": last.get("document_until"),
        "application_deadline": last.get("bid_deadline"),
    }


def _of_candidates(notices: list[Mapping[str, Any]]) -> dict[str, Any]:
    if not notices:
        return {}
    last = notices[-1]
    said = _object(last, "content")
    listed = said.get("candidates")
    candidates = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return {
        "publicity_published": last.get("published_at"),
        "publicity_from": said.get("starts_at"),
        "publicity_until": said.get("ends_at"),
        "publicity": _said(said, ("candidates", "objection_channel")),
        "candidates": [
            {"rank": one.get("rank"), "name": one.get("name"), "described": _said(one, _OF_CANDIDATE)} for one in candidates
        ],
    }  # fmt: skip


def _of_result(notices: list[Mapping[str, Any]], told: Mapping[str, Any]) -> dict[str, Any]:
    last = notices[-1] if notices else {}
    said = _object(last, "content") or told
    if not said:
        return {}
    award = {
        "decided_at": said.get("decided_at"), "amount": (said.get("price"), CURRENCY), "winners": [said.get("winner")],
    }  # fmt: skip
    return {
        "result_published": last.get("published_at") or told.get("published_at"),
        "result": _said(said, ("winner",)),
        "awards": [award],
    }


def _said(holder: Mapping[str, Any], names: Iterable[str]) -> dict[str, bool]:
    """For each item whether it says something; no is an answer, a blank is none."""
    return {name: _at(holder, name) not in (None, "", [], {}) for name in names}


def _at(holder: Mapping[str, Any], path: str) -> Any:
    value: Any = holder
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value.strip() if isinstance(value, str) else value


def _object(holder: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = holder.get(name)
    return value if isinstance(value, dict) else {}
