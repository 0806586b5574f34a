"""Bidders that belong together, and bids that do, are brought to light before the evaluation (关联投标、串通投标)."""

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest

from tenderproof.testing import (
    Administrator,
    Bid,
    Bidder,
    Chance,
    Content,
    Identities,
    Stories,
    Supervisor,
    Tender,
    clause,
    papers,
)

_COLLUDING = 2
_RELATED, _REGULAR = "related_bidders", "regular_prices"
_TIES = {  # how two bidders are tied: the kind of the relation, "" for one head, and which of them is named first in it
    "holds": ("holding", 0),
    "is held": ("holding", 1),
    "manages": ("management", 0),
    "is managed": ("management", 1),
    "one head": ("", 0),
}
_SAME = "本工程采用分段平行流水施工，先路基后路面，夜间不施工，全程保持社会车辆通行。"
_PRICES = tuple(Decimal(price) for price in ("8317406.52", "8840913.17", "9062258.81", "9533120.46"))  # no two differences or ratios alike
_PATTERNS = {
    "by one amount": tuple(Decimal(price) for price in ("8720000.00", "8840000.00", "8960000.00", "9080000.00")),
    "by one ratio": tuple(Decimal(price) for price in ("8500000.00", "8670000.00", "8843400.00", "9020268.00")),
}


def bidder(stories: Stories, identities: Identities, chance: Chance, **facts: str) -> Bidder:
    """A new verified bidder with a representative, a contact and a telephone of its own, unless these facts say otherwise."""
    person, verifier = stories.applicant(identities.fresh("bidder")), stories.verifier()
    representative = facts.get("representative") or f"法人{chance.token(4)}"
    contact = facts.get("contact") or f"联系人{chance.token(4)}"
    phone = facts.get("phone") or f"139{chance.integer(10_000_000, 99_999_999)}"
    changes = {"legal_representative": representative, "contact": {"name": contact, "phone": phone}}
    person.change_registration(changes).require()
    verifier.verify(person.submit_registration().value, source="国家企业信用信息公示系统").require()
    if not isinstance(person, Bidder):
        raise TypeError(person)
    return person


def delivered(tender: Tender, bidders: Sequence[Bidder], spoil: Callable[[int, Content], Content]) -> list[str | None]:
    """Let these bidders obtain the document and deliver a bid each; why each was refused. What was taken stands in the tender."""
    refusals = []
    for number, one in enumerate(bidders):
        obtained = one.download(tender.document)
        sealed = one.sealed_bid(tender.section, spoil(number, papers.bid(tender, number)))
        answer = one.deliver(sealed)
        refusals.append(obtained.refused_because or answer.refused_because)
        if answer.accepted:
            tender.bids.append(Bid(one, sealed, answer.value))
    tender.bidders, tender.stage = tuple(bidders), "sealed"
    return refusals


def signs(supervisor: Supervisor, tender: Tender, code: str) -> list[set[str]]:
    """The bids in each sign of a kind, as supervision reads them once the bids are open and before anybody evaluates."""
    return [set(map(str, one.bids)) for one in supervisor.indicators(tender.section).value if one.code == code]


@clause("LAW-RG-34")
@pytest.mark.parametrize("tie", sorted(_TIES))
def test_related_bidders_do_not_bid_for_one_section_unnoticed(
    stories: Stories, identities: Identities, chance: Chance, administrator: Administrator, supervisor: Supervisor, tie: str
) -> None:
    """One head, or one holding or managing the other: the second is not let in, or both are flagged; who is not related is neither."""
    kind, first = _TIES[tie]
    head = {} if kind else {"representative": f"法人{chance.token(4)}"}
    pair = [bidder(stories, identities, chance, **head) for _ in range(2)]
    free = bidder(stories, identities, chance)
    if kind:
        administrator.add_relation(pair[first].identity.uscc, pair[1 - first].identity.uscc, kind).require()
    tender = stories.bidding(bidders=1)
    refusals = delivered(tender, [*pair, free], lambda _, bid: bid)
    ids = [bid.id for bid in tender.bids]

    assert refusals[0] is None
    assert refusals[2] is None
    if refusals[1] is None:
        stories.opened(tender)
        assert signs(supervisor, tender, _RELATED) == [set(ids[:_COLLUDING])]
    else:
        assert pair[1].bids_for(tender.section).value == ()


@dataclass(frozen=True)
class Sign:
    """What two bids have in common: the sign's code, what both bids say, from which account both bonds come, who handles both."""

    code: str
    said: Mapping[str, Any]
    account: str = ""
    agent: Mapping[str, str] = field(default_factory=dict)


_OCTETS = b"%PDF-1.7 one file in two bids"
_FILE = {
    "name": "投标函.pdf",
    "media_type": "application/pdf",
    "base64": base64.b64encode(_OCTETS).decode(),
    "sha256": hashlib.sha256(_OCTETS).hexdigest(),
}
_SIGNS = {
    "one author": Sign("same_author", {"author": "标书制作人甲"}),
    "one copy of a tool": Sign(
        "same_author", {"tool": {"name": "投标工具", "version": "1", "serial": "SN-0001", "mac": "02:00:00:00:00:01"}}
    ),
    "one agent": Sign("same_agent", {}, agent={"contact": "代办人甲", "phone": "13900000001"}),
    "one project leader": Sign("same_member", {"project_leader": "张同一"}),
    "one text": Sign("similar_text", {"responses": {"1": _SAME, "2": "业绩证明"}}),
    "one file": Sign("mixed_files", {"files": [_FILE]}),
    "one account": Sign("same_bond_account", {}, account="6222020200012345678"),
}


@clause("LAW-RG-40")
@pytest.mark.parametrize("what", sorted(_SIGNS))
def test_each_sign_of_collusion_comes_to_supervision_before_the_evaluation(
    stories: Stories, identities: Identities, chance: Chance, supervisor: Supervisor, what: str
) -> None:
    """Two bids with one sign in common are reported with just that sign; a third one, of the same tender, is not."""
    sign, tender = _SIGNS[what], stories.bidding(bidders=1, prices=_PRICES)
    bidders = [bidder(stories, identities, chance, **(sign.agent if number < _COLLUDING else {})) for number in range(3)]
    for number, one in enumerate(bidders):
        paid = papers.bond(tender, number).but(account=f"账户{chance.token(4)}")
        one.download(tender.document).require()
        one.pay_bond(tender.section, paid.but(account=sign.account) if sign.account and number < _COLLUDING else paid).require()
    refusals = delivered(tender, bidders, lambda number, bid: bid.but(**sign.said) if number < _COLLUDING else bid)
    ids = [bid.id for bid in tender.bids]
    stories.evaluating(tender)

    assert refusals == [None, None, None]
    assert set(ids[:_COLLUDING]) in signs(supervisor, tender, sign.code)
    assert [found for one in {sign.code, _RELATED} for found in signs(supervisor, tender, one) if ids[2] in found] == []


@clause("LAW-RG-40")
@pytest.mark.parametrize("pattern", sorted(_PATTERNS))
def test_prices_that_differ_by_a_pattern_come_to_supervision_before_the_evaluation(
    stories: Stories, supervisor: Supervisor, pattern: str
) -> None:
    """All prices of a tender lie by one amount, or one ratio, from the next: all are reported; prices without a pattern are not."""
    regular = stories.evaluating(bidders=len(_PRICES), prices=_PATTERNS[pattern])
    irregular = stories.evaluating(bidders=len(_PRICES), prices=_PRICES)

    assert signs(supervisor, regular, _REGULAR) == [{bid.id for bid in regular.bids}]
    assert signs(supervisor, irregular, _REGULAR) == []
