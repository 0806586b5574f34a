"""Bidders that belong together are brought to light before the evaluation (关联投标)."""

from collections.abc import Callable, Sequence

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
_RELATED = "related_bidders"
_TIES = {  # how two bidders are tied: the kind of the relation, "" for one head, and which of them is named first in it
    "holds": ("holding", 0),
    "is held": ("holding", 1),
    "manages": ("management", 0),
    "is managed": ("management", 1),
    "one head": ("", 0),
}


def bidder(stories: Stories, identities: Identities, chance: Chance, **facts: str) -> Bidder:
    """A new verified bidder with a representative and a telephone of its own, unless these facts say otherwise."""
    person, verifier = stories.applicant(identities.fresh("bidder")), stories.verifier()
    representative = facts.get("representative") or f"法人{chance.token(4)}"
    phone = facts.get("phone") or f"139{chance.integer(10_000_000, 99_999_999)}"
    changes = {"legal_representative": representative, "contact": {"name": f"联系人{chance.token(4)}", "phone": phone}}
    person.change_registration(changes).require()
    verifier.verify(person.submit_registration().value, source="检测").require()
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
