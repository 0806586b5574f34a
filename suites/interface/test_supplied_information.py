"""What the public service platform is supplied with of every tender, in time (向公共服务平台提供信息)."""

from tenderproof.testing import Plan, Provided, Public, PublicService, Stories, Tender, clause

_TENDERED = {"scope": "本次提供范围", "scale": "本次提供规模", "technical_requirements": "本次提供技术要求"}
_LEADER = "孙丽华"


def to_the_public(one: Provided) -> bool:
    """Whether it came for the public service platform itself."""
    return one.medium == "public_service"


def groups(tender: Tender) -> dict[str, list[str]]:
    """The six groups of information, and of each what must have come."""
    tenderee, agency = tender.tenderee.registration().value, tender.owner.registration().value
    parties = {
        "the tenderee": [*(str(tenderee.get(name)) for name in ("name", "address", "contact.name", "contact.phone"))],
        "the agency": [
            *(str(agency.get(name)) for name in ("name", "contact.phone")), *(one["number"] for one in agency.get("qualifications", [])),
            _LEADER,
        ],
    }  # fmt: skip
    bidders = [text for bid in tender.bids for text in (bid.bidder.identity.name, str(bid.sealed.facts["project_leader"]))]
    held = [one["number"] for bid in tender.bids for one in bid.bidder.registration().value.get("qualifications", [])]
    contract = tender.contract
    return {
        **parties,
        "the project": [tender.tender_project.name, "本次提供资金", *_TENDERED.values()],
        "the bidders": [*bidders, *held],
        "the contract": [
            tender.winner.bidder.identity.name, str(contract.price), contract.signed_at.date().isoformat(),
            str(tender.winner.sealed.facts["period_days"]),
        ],
        "the notices": [str(tender.notice.get("title"))],
    }  # fmt: skip


@clause("EB-45-1")
def test_all_six_groups_come_to_the_public_service_platform_in_time(
    stories: Stories, public: Public, public_service: PublicService, plan: Plan
) -> None:
    """Registered with one under a code, it supplies parties, project, bidders, notices, publicity, result and contract as they arise."""

    def came(kind: str, thing: str) -> tuple[Provided, ...]:
        return public_service.awaited(kind, thing, plan.whole("upload_delay_s"), to_the_public)

    tender = stories.created(organisation="agency", section_facts=_TENDERED, project_facts={"funding_source": "本次提供资金"})
    tender.owner.set_team(tender.tender_project, [{"name": _LEADER, "duty": "项目负责人"}]).require()
    in_time = {"the project": came("tender_project", tender.tender_project.id)}
    stories.announced(tender)
    in_time["the notice"] = came("notice", tender.notice.id)
    stories.opened(tender)
    in_time["the bidders"] = came("bidders", tender.section.id)
    stories.publicity(tender)
    in_time["the candidates"] = came("notice", public.published_candidates(tender.section).value.id)
    stories.awarded(tender)
    in_time["the result"] = came("notice", public.published_result(tender.section).value.id)
    stories.contracted(tender)
    in_time["the contract"] = came("contract", tender.contract.id)
    assert [what for what, items in in_time.items() if not items] == [], "what a tender brings forth comes while it goes on"
    needed = groups(tender)
    project = ("tender_project", tender.tender_project.id)
    sources = {
        "the tenderee": project, "the agency": project, "the project": project, "the notices": ("notice", tender.notice.id),
        "the bidders": ("bidders", tender.section.id), "the contract": ("contract", tender.contract.id),
    }  # fmt: skip
    supplied = {group: came(kind, thing) for group, (kind, thing) in sources.items()}
    hubs = [one for one in public.platform().value.get("connections", []) if one.get("kind") == "public_service"]

    assert [hub["platform_code"] for hub in hubs if hub.get("platform_code")], "the platform is registered with none"
    for group, items in supplied.items():
        said = str([item.raw["content"] for item in items])
        assert [text for text in needed[group] if not text or text not in said] == [], group
