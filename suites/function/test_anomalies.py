"""What goes otherwise than planned: ending a tender, calling it again, evaluating anew, another way of procurement (招标异常)."""

from typing import Any

from tenderproof.testing import Clock, Content, Public, Stories, Tender, clause

_REASONS = {
    "terminated": "项目审批被撤销", "retender": "有效投标不足三个", "reevaluate": "评标委员会组成不合法", "method_changed": "两次招标失败",
}  # fmt: skip
_OVER = {"terminated", "retendered", "archived"}


def anomaly(kind: str) -> Content:
    """An anomaly of a kind, complete."""
    content = Content(kind=kind, reason=_REASONS[kind])
    return content.but(result={"method": "竞争性谈判"}) if kind == "method_changed" else content


def kept(tender: Tender) -> list[tuple[Any, Any, Any]]:
    """The anomalies of a section as its owner reads them."""
    return [(one.kind, one.reason, one.get("result.method")) for one in tender.owner.anomalies(tender.section).value]


@clause("A-197")
def test_each_kind_of_anomaly_can_be_entered_where_it_has_its_place(stories: Stories, public: Public) -> None:
    """Termination, re-tender and another method before the award, re-evaluation of what was evaluated; each is kept as it was entered."""
    tenders = {kind: stories.announced() for kind in ("terminated", "retender", "method_changed")}
    tenders["reevaluate"] = stories.evaluated()
    unevaluated = stories.announced()
    answers = {kind: tender.owner.record_anomaly(tender.section, anomaly(kind)) for kind, tender in tenders.items()}
    misplaced = unevaluated.owner.record_anomaly(unevaluated.section, anomaly("reevaluate"))
    state = public.published_section(tenders["reevaluate"].section).value.state

    assert [kind for kind, answer in answers.items() if answer.refused] == []
    for kind, tender in tenders.items():
        assert kept(tender) == [(kind, _REASONS[kind], "竞争性谈判" if kind == "method_changed" else None)]
    assert misplaced.refused_because == "state_forbids"
    assert kept(unevaluated) == []
    assert state not in _OVER, "a tender that is evaluated anew has ended"


@clause("A-198")
def test_a_terminated_tender_takes_no_bid_and_is_not_opened(stories: Stories, clock: Clock, public: Public) -> None:
    """Of two tenders with the same bids one is terminated: it takes no further bid and is never opened; the other takes it and is."""
    ended, other = stories.sealed(bidders=3), stories.sealed(bidders=3)
    answer = ended.owner.record_anomaly(ended.section, anomaly("terminated"))
    refused, taken = (tender.bidders[0].deliver(tender.bidders[0].sealed_bid(tender.section)) for tender in (ended, other))
    left = [bid.bid_id for bid in ended.bidders[0].bids_for(ended.section).value]
    stories.opening(other)
    clock.move_to(ended, ended.times.opening_at)
    opened = ended.owner.open_bids(ended.section)

    assert answer.accepted, answer
    assert public.published_section(ended.section).value.state == "terminated"
    assert refused.refused_because in {"state_forbids", "not_open_for_bids"}
    assert taken.accepted
    assert left == [ended.bids[0].id]
    assert opened.refused
    assert public.published_section(other.section).value.state == "opening"


@clause("A-199")
def test_another_method_is_recorded_with_what_came_of_it(stories: Stories, public: Public) -> None:
    """Without saying which method it is refused and the tender goes on; with it, method, supplier and amount stand there for everybody."""
    tender = stories.announced()
    result = {"method": "竞争性谈判", "supplier": "恒通供应链有限公司", "amount": "120000.00"}
    change = anomaly("method_changed")
    silent = tender.owner.record_anomaly(tender.section, change.without("result"))
    before = tender.owner.anomalies(tender.section).value
    told = tender.owner.record_anomaly(tender.section, change.but(result=result))

    assert silent.refused_because in {"content_incomplete", "invalid_content"}
    assert before == ()
    assert told.accepted, told
    (kept,) = tender.owner.anomalies(tender.section).value
    assert {name: kept.get(f"result.{name}") for name in result} == result
    notice = public.published_notice(str(kept.get("notice_id"))).value
    assert {name: notice.get(f"content.result.{name}") for name in result} == result
