"""The papers of a tender, complete and lawful, from its facts: what a story hands in, and what a check spoils in one field.

``owner.announce(tender.tender_project, papers.notice(tender).without("content.platform_url"))``
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tenderproof.testing.contents import Content
from tenderproof.testing.tender import Bid, Facts, Tender, overridden

_TENDEREE = {"address": "北京市东城区招标路2号", "contact": "招标联系人", "phone": "010-87654321"}
_OBJECTIONS = "通过本平台异议模块提出"
_TEMPLATES = {"engineering": "tender-construction", "goods": "tender-goods", "services": "tender-services"}
_SHARES = {"technical": 40, "business": 20, "price": 40}


def project(facts: Facts) -> Content:
    """A project (项目)."""
    return overridden(
        Content(
            name="城东道路工程",
            region_code="110101",
            address="北京市东城区",
            legal_person="陈建国",
            industry_code="E48",
            funding_source="财政资金",
            scale="道路3公里",
            approval={"number": "城发改审批〔2026〕1号", "authority": "城东区发展和改革委员会", "date": date(2026, 1, 5).isoformat()},
            compulsory=facts.compulsory,
        ),
        facts.project_facts,
    )


def tender_project(facts: Facts) -> Content:
    """A tender project (招标项目)."""
    invited = facts.mode == "invited"
    return overridden(
        Content(
            name="城东道路工程施工招标",
            mode=facts.mode,
            mode_reason="技术复杂，只有少量潜在投标人可供选择" if invited else "",
            organisation=facts.organisation,
            agency_id=None,
            category=facts.category,
            compulsory=facts.compulsory,
            state_funded_dominant=facts.state_funded_dominant,
            government_procurement=facts.government_procurement,
            water_works=facts.water_works,
            electromechanical_international=facts.electromechanical_international,
            prequalification=facts.prequalification,
            remote_evaluation=facts.remote_evaluation,
        ),
        facts.tender_facts,
    )


def section(facts: Facts) -> Content:
    """A section (标段)."""
    content = Content(
        name="城东道路工程一标段",
        content="道路施工",
        scope="路基、路面、排水",
        scale="道路3公里",
        category_code="A070100",
        place="北京市东城区",
        period_days=facts.period_days,
        estimate=facts.estimate,
    )
    if facts.price_ceiling is not None:
        content = content.but(price_ceiling=facts.price_ceiling)
    return overridden(content, facts.section_facts)


def notice(tender: Tender, kind: str = "tender") -> Content:
    """A tender or prequalification notice (招标公告、资格预审公告)."""
    content = Content(
        type=kind,
        section_ids=[tender.section.id],
        title="城东道路工程施工招标公告" if kind == "tender" else "城东道路工程施工资格预审公告",
        content=Content(_announced(tender)),
        media=list(tender.facts.media) if tender.facts.media is not None else ["national_public_service"],
    )
    return overridden(content, tender.facts.notice_facts)


def invitation(tender: Tender, bidder_ids: Sequence[str], reply_until: datetime | None = None) -> Content:
    """An invitation to these bidders, by their registrations (投标邀请书)."""
    until = reply_until or tender.times.start + timedelta(days=5)
    return Content(bidder_ids=list(bidder_ids), content=Content(_announced(tender)), reply_until=until)


def _announced(tender: Tender) -> dict[str, Any]:
    agency = tender.owner is not tender.tenderee
    return {
        "project_name": "城东道路工程",
        "content": "道路施工",
        "scope": "路基、路面、排水",
        "scale": "道路3公里",
        "place": "北京市东城区",
        "quantity": "1项",
        "period": f"{tender.facts.period_days}日历天",
        "funding_source": "财政资金",
        "qualification": "市政公用工程施工总承包二级及以上",
        "consortium_accepted": False,
        "document_from": tender.times.document_from,
        "document_until": tender.times.document_until,
        "document_method": "在本平台免费下载",
        "bid_deadline": tender.times.bid_deadline,
        "opening_at": tender.times.opening_at,
        "submission_method": "在本平台加密上传",
        "tenderee": {"name": tender.tenderee.identity.name, **_TENDEREE},
        "agency": {"name": tender.owner.identity.name, **_TENDEREE} if agency else None,
        "platform_url": "https://platform.example.com",
        "access_method": "使用数字证书登录",
        "objection_channel": _OBJECTIONS,
    }


def document(tender: Tender, kind: str = "tender") -> Content:
    """A tender or prequalification document (招标文件、资格预审文件)."""
    facts = tender.facts
    content = Content(
        kind=kind,
        template=_TEMPLATES[facts.category] if kind == "tender" else "prequalification-standard",
        chapters=[
            {"no": "1", "title": "投标人须知", "text": "投标人应当按照招标文件的要求编制投标文件。"},
            {"no": "2", "title": "评标办法", "text": "采用综合评估法。"},
            {"no": "3", "title": "合同条款", "text": "工期及质量按投标文件承诺执行。"},
            {"no": "4", "title": "技术标准和要求", "text": "符合国家现行有关标准。"},
        ],
        attachments=[],
        evaluation={"method": facts.method, "factors": factors() if kind == "tender" else examined()},
        bid_parts=["business", "technical", "price"],
        encryption=facts.encryption,
        decryption_mode=facts.decryption_mode,
        decryption_minutes=facts.decryption_minutes,
        remedy_on_failure="因投标人原因解密失败的视为撤销；其他原因的视为撤回",
        bond={
            "amount": facts.bond,
            "forms": list(facts.bond_forms),
            "due": tender.times.bid_deadline,
            "validity_days": facts.bid_validity_days,
        },
        bid_validity_days=facts.bid_validity_days,
        award_by=facts.award_by,
        candidates=facts.candidates,
        objection_channel=_OBJECTIONS,
        precedence="数据电文与纸质文件不一致的，以数据电文为准",
    )
    if facts.price_ceiling is not None:
        content = content.but(price_ceiling=facts.price_ceiling)
    return overridden(content, facts.document_facts)


def factors() -> list[dict[str, Any]]:
    """The evaluation factors of the papers: technical 40, business 20, price 40."""
    names = {"technical": "施工组织设计", "business": "企业业绩", "price": "投标报价"}
    return [
        {"no": str(number), "name": names[group], "group": group, "max_score": str(share), "criteria": "按招标文件评分标准"}
        for number, (group, share) in enumerate(_SHARES.items(), 1)
    ]


def examined() -> list[dict[str, Any]]:
    """The factors by which applications are judged: those of the bids, without price."""
    return [factor for factor in factors() if factor["group"] != "price"]


def bid(tender: Tender, number: int = 0) -> Content:
    """What the bidder with this number, from 0, offers."""
    return Content(
        price=tender.price_of(number),
        period_days=tender.facts.period_days - number,
        quality="合格",
        project_leader=f"项目经理{'甲乙丙丁戊己庚辛'[number % 8]}",
        validity_days=tender.facts.bid_validity_days,
        bond_amount=tender.facts.bond,
        files=[],
        author=f"作者{number}",
        responses={"1": f"施工组织设计方案{number}", "2": f"业绩证明{number}"},
    )


def application(tender: Tender, number: int = 0) -> Content:
    """What the applicant with this number, from 0, shows of itself (资格预审申请文件)."""
    return Content(
        project_leader=f"项目经理{'甲乙丙丁戊己庚辛'[number % 8]}",
        files=[],
        author=f"作者{number}",
        responses={"1": f"资质{tender.facts.category}{number}"},
    )


def bond(tender: Tender, number: int = 0) -> Content:
    """A bid bond, by transfer from the bidder's basic account."""
    return Content(
        form="transfer",
        amount=tender.facts.bond,
        paid_at=tender.times.document_from,
        account=f"基本账户{number}",
        evidence=f"回单{number}",
    )


def clarification(text: str = "补充说明：施工期间保持通行。", *, influences_preparation: bool = False, **more: Any) -> Content:
    """A clarification of the tender document (澄清); ``new_deadline`` and others by name."""
    return Content(
        about="tender", kind="clarification", text=text, changes={}, answers=[], influences_preparation=influences_preparation, **more
    )


def draw(tender: Tender, purpose: str = "evaluation") -> Content:
    """A drawing of as many experts as the committee needs."""
    drawn = Content(
        count=tender.facts.committee - tender.facts.representatives,
        specialty=tender.facts.specialty,
        region_codes=list(tender.facts.regions),
        avoid=[],
    )
    return drawn if purpose == "evaluation" else drawn.but(purpose=purpose)


def committee(tender: Tender, draw_ids: Sequence[str], representatives: Sequence[str] = (), purpose: str = "evaluation") -> Content:
    """A committee of drawn experts and the tenderee's representatives (account ids)."""
    return Content(
        size=tender.facts.committee,
        expert_draw_ids=list(draw_ids),
        representatives=list(representatives),
        chair_by="election",
        purpose=purpose,
        remote_sites=[],
    )


def signing_in() -> Content:
    """A member who need not avoid."""
    return Content(avoidance="none", reason="", site="评标室1", commitment=True)


def scores(tender: Tender, bid: Bid) -> dict[str, Any]:
    """Scores by factor that rank the bids by price, the cheapest first."""
    place = tender.ranking.index(bid)
    return {"1": Decimal(36 - place), "2": Decimal(18), "3": Decimal(40 - 2 * place)}


def application_scores(tender: Tender, application: Bid) -> dict[str, Any]:
    """Scores by factor that rank the applications in the order in which they came."""
    place = tender.applications.index(application)
    return {"1": Decimal(36 - place), "2": Decimal(18)}


def application_report(passed: Sequence[Bid], failed: Sequence[Bid] = (), reason: str = "业绩不满足要求") -> Content:
    """The report on the applications (资格审查报告): who passed, and why the others did not."""
    return Content(
        text="资格审查委员会按照资格预审文件载明的标准和方法完成审查。",
        passed=[one.id for one in passed],
        reasons={one.id: reason for one in failed},
    )


def report(tender: Tender) -> Content:
    """The evaluation report, which recommends the best."""
    return Content(text="评标委员会按照招标文件规定的评标办法完成评标。", candidates=ranked(tender), rejected=[])


def ranked(tender: Tender) -> list[dict[str, Any]]:
    """The candidates in rank, as many as the document allows."""
    return [{"bid_id": bid.id, "rank": rank} for rank, bid in enumerate(tender.ranking[: tender.facts.candidates], 1)]


def publicity(tender: Tender, starts_at: datetime, days: int | None = None) -> Content:
    """The publicity of the candidates (中标候选人公示)."""
    ends_at = starts_at + timedelta(days=days if days is not None else tender.facts.publicity_days)
    content = {
        "candidates": [_candidate(bid, rank) for rank, bid in enumerate(tender.ranking[: tender.facts.candidates], 1)],
        "objection_channel": _OBJECTIONS,
        "other": "无",
    }
    return Content(candidates=ranked(tender), starts_at=starts_at, ends_at=ends_at, content=Content(content))


def _candidate(bid: Bid, rank: int) -> dict[str, Any]:
    facts = bid.sealed.facts
    return {
        "rank": rank,
        "name": bid.bidder.identity.name,
        "price": facts["price"],
        "quality": facts["quality"],
        "period": f"{facts['period_days']}日历天",
        "evaluation_result": f"第{rank}名",
        "project_leader": {"name": facts["project_leader"], "certificate": "京1112026202600001"},
        "qualification_response": "满足招标文件要求",
    }


def award(tender: Tender) -> Content:
    """The decision for the first in rank."""
    return Content(bid_id=tender.winner.id)


def result(tender: Tender) -> Content:
    """The result notice (中标结果公告)."""
    facts = tender.winner.sealed.facts
    return Content(
        content=Content(
            winner=tender.winner.bidder.identity.name,
            price=facts["price"],
            quality=facts["quality"],
            period=f"{facts['period_days']}日历天",
            project_leader=facts["project_leader"],
        )
    )


def contract(tender: Tender) -> Content:
    """The contract that says what the winner's bid says (合同)."""
    facts = tender.winner.sealed.facts
    return Content(
        price=facts["price"],
        terms={"period_days": facts["period_days"], "quality": facts["quality"], "project_leader": facts["project_leader"]},
        performance_bond=(Decimal(facts["price"]) * Decimal("0.05")).quantize(Decimal("0.01")),
    )
