"""One tender as records tell it: what was said when, for how much, by whom, whatever form the records came in.

A form's reader gives *facts*: names of this page with values as they were written. `tender` reads the values. What a form does not
show, and what cannot be read, is None; a rule that needs it then says nothing of that tender.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import tzinfo
from decimal import Decimal
from typing import Any

from tenderproof.records import values
from tenderproof.records.row import Place
from tenderproof.records.values import Moment, Money

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A clarification or change (澄清、修改) of the document: when it was told, and whether it influences the making of bids.

    ``kind`` is ``tender`` or ``prequalification``.
    """

    at: Moment | None = None
    influences: bool | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A published candidate (中标候选人). ``described``: item of the description → whether it says something."""

    rank: int | None = None
    name: str | None = None
    described: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """An award (定标) that stands: decided when, its notice (中标通知书) sent when, for how much, to whom."""

    id: str | None = None
    decided_at: Moment | None = None
    notified_at: Moment | None = None
    amount: Money | None = None
    winners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A contract (合同) that stands. ``award`` is the id of its award."""

    id: str | None = None
    award: str | None = None
    signed_at: Moment | None = None
    amount: Money | None = None
    performance_bond: Money | None = None
    bonds_refunded_at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """An objection (异议): to the ``tender`` or ``prequalification`` document or to the ``result``; raised when, answered when."""

    kind: str | None = None
    raised_at: Moment | None = None
    answered_at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tender:
    """A section (标段) or contracting process with all that its records say. ``places``: the rows that tell of it, the last first."""

    id: str
    places: tuple[Place, ...] = ()
    title: str | None = None
    tenderee: str | None = None
    method: str | None = None
    compulsory: bool | None = None
    state_funded: bool | None = None
    government_procurement: bool | None = None
    electromechanical: bool | None = None
    communications: bool | None = None
    invited: bool | None = None
    water: bool | None = None
    cancelled: bool | None = None
    round: int | None = None
    invitees: int | None = None
    bidders: int | None = None
    committee: int | None = None
    committee_experts: int | None = None
    notice_published: Moment | None = None
    document_from: Moment | None = None
    document_until: Moment | None = None
    submission_from: Moment | None = None
    enquiry_until: Moment | None = None
    bid_deadline: Moment | None = None
    opening_at: Moment | None = None
    opened_at: Moment | None = None
    prequalification_published: Moment | None = None
    prequalification_until: Moment | None = None
    application_document_from: Moment | None = None
    application_document_until: Moment | None = None
    application_deadline: Moment | None = None
    evaluation_report_at: Moment | None = None
    publicity_published: Moment | None = None
    publicity_from: Moment | None = None
    publicity_until: Moment | None = None
    result_published: Moment | None = None
    report_at: Moment | None = None
    withdrawn_at: Moment | None = None
    withdrawal_refunded_at: Moment | None = None
    estimate: Money | None = None
    bid_bond: Money | None = None
    amendments: tuple[Amendment, ...] | None = None
    candidates: tuple[Candidate, ...] | None = None
    awards: tuple[Award, ...] | None = None
    contracts: tuple[Contract, ...] | None = None
    objections: tuple[Objection, ...] | None = None
    credit_codes: tuple[str, ...] | None = None
    deal_code: str | None = None
    project_code: str | None = None
    tender_project_code: str | None = None
    section_code: str | None = None
    amounts: tuple[Money | None, ...] | None = None
    notice: Mapping[str, bool] = field(default_factory=dict)
    publicity: Mapping[str, bool] = field(default_factory=dict)
    result: Mapping[str, bool] = field(default_factory=dict)

    def award_of(self, contract: Contract) -> Award | None:
        """The award that a contract rests on: the one that it names, or the only one where it names none."""
        awards = self.awards or ()
        if contract.award is None:
            return awards[0] if len(awards) == 1 else None
        return next((award for award in awards if award.id == contract.award), None)


@dataclass(frozen=True, slots=True)
class Reading:
    """What goes with the reading of values: the zone of moments that name none, the currency of amounts that name none, their unit."""

    zone: tzinfo
    currency: str = ""


_LISTS = {"amendments": Amendment, "candidates": Candidate, "awards": Award, "contracts": Contract, "objections": Objection}
_KINDS: Mapping[Any, str] = {
    Moment | None: "moment", Money | None: "money", bool | None: "flag", int | None: "count", str | None: "text", str: "text",
}  # fmt: skip


def _readers(kind: type) -> dict[str, str]:
    """Field → how its value is read, for the fields that are one value."""
    return {f.name: _KINDS[f.type] for f in fields(kind) if f.type in _KINDS}


_OF_TENDER = _readers(Tender)
_OF_PART = {kind: _readers(kind) for kind in _LISTS.values()}
FIELDS = frozenset(_OF_TENDER)
"""Names of the facts that are one value."""
PARTS: Mapping[str, frozenset[str]] = {name: frozenset(_OF_PART[kind]) for name, kind in _LISTS.items()}
"""Names of the lists of parts, and of the facts of each part."""


def tender(facts: Facts, places: Sequence[Place], reading: Reading) -> Tender:
    """The tender that facts tell of. Amounts are ``(value, currency)`` or ``(value, currency, unit)``; lists are lists of facts."""
    found = _read(facts, _OF_TENDER, reading)
    for name, kind in _LISTS.items():
        parts = facts.get(name)
        if parts is not None:
            found[name] = tuple(_part(kind, part, reading) for part in parts)
    for name in ("notice", "publicity", "result"):
        if facts.get(name):
            found[name] = facts[name]
    codes = facts.get("credit_codes")
    if codes is not None:
        found["credit_codes"] = tuple(code for code in codes if isinstance(code, str) and code)
    amounts = facts.get("amounts")
    if amounts is not None:
        found["amounts"] = tuple(_money(amount, reading) for amount in amounts)
    found["places"] = tuple(places)
    return Tender(**found)


def _part(kind: type, facts: Facts, reading: Reading) -> Any:
    found = _read(facts, _OF_PART[kind], reading)
    if kind is Award:
        found["winners"] = tuple(name for name in map(values.text, facts.get("winners", ())) if name)
    elif kind is Candidate:
        found["described"] = facts.get("described", {})
    return kind(**found)


def _read(facts: Facts, how: Mapping[str, str], reading: Reading) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in facts.items():
        if value is None or name not in how:
            continue
        match how[name]:
            case "moment":
                found[name] = values.moment(value, reading.zone)
            case "money":
                found[name] = _money(value, reading)
            case "flag":
                found[name] = values.flag(value)
            case "count":
                found[name] = values.count(value)
            case _:
                found[name] = values.text(value)
    return found


def _money(value: Any, reading: Reading) -> Money | None:
    if not isinstance(value, tuple):
        return values.money(value, reading.currency)
    amount, currency, *unit = value
    return values.money(amount, currency or reading.currency, unit[0] if unit else Decimal(1))
