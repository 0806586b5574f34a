"""Projects, tender projects and sections: created, changed, queried, deleted, submitted, and what belongs to what (招标项目)."""

from collections.abc import Iterable, Mapping

from tenderproof.testing import Facts, Owner, Project, Stories, Tender, TenderProject, clause, papers

_SCALE, _REASON, _SCOPE, _DAYS = "道路5公里", "技术复杂", "路基、路面、排水、照明", 150
_DUTIES, _OTHER_DUTIES = "划分标段，编制技术要求", "编制并发布公告，答复异议"
_BUYER = {"name": "孙商务", "duty": "编制商务条款"}
_TEAM = [{"name": "赵立项", "duty": "项目负责人"}, {"name": "钱技术", "duty": "编制技术要求"}, _BUYER]
_LATER_TEAM = [{"name": "钱技术", "duty": "项目负责人"}, _BUYER, {"name": "李造价", "duty": "编制工程量清单"}]


def project(stories: Stories, name: str = "城东桥梁工程") -> Project:
    """A project that is submitted."""
    tenderee = stories.tenderee()
    return tenderee.submit_project(tenderee.create_project(papers.project(Facts()).but(name=name)).value).value


def tender_project(stories: Stories) -> TenderProject:
    """A tender project, in a project of its own, that is submitted and has no section."""
    tenderee = stories.tenderee()
    drafted = tenderee.create_tender_project(project(stories), papers.tender_project(Facts())).value
    return tenderee.submit_tender_project(drafted).value


@clause("A-36")
def test_a_project_is_created_changed_deleted_and_submitted_and_can_be_queried(stories: Stories) -> None:
    """What is changed is read as changed and else as it was, what is submitted is there for others too, only what is deleted is gone."""
    tenderee, content = stories.tenderee(), papers.project(Facts())
    created = tenderee.create_project(content)
    dropped = tenderee.create_project(content.but(name="城东隧道工程")).value
    assert created.accepted
    changed = tenderee.change_project(created.value, {"scale": _SCALE})
    deleted = tenderee.delete_project(dropped)
    kept, gone = tenderee.project(created.value), tenderee.project(dropped)
    listed = {found.id for found in tenderee.projects().value}
    submitted = tenderee.submit_project(created.value)
    read, elsewhere = tenderee.project(created.value), stories.verifier().project(created.value)

    assert changed.accepted
    assert deleted.accepted
    assert submitted.accepted
    assert kept.accepted
    assert {name: kept.value.get(name) for name in ("name", "address", "scale")} == {
        "name": content["name"], "address": content["address"], "scale": _SCALE,
    }  # fmt: skip
    assert gone.refused_because == "not_found"
    assert listed & {created.value.id, dropped.id} == {created.value.id}
    assert read.accepted
    assert elsewhere.accepted
    assert [one.value.get("scale") for one in (read, elsewhere)] == [_SCALE, _SCALE]
    assert read.value.state == elsewhere.value.state != kept.value.state


@clause("A-37")
def test_a_tender_project_is_created_changed_deleted_and_submitted_and_can_be_queried(stories: Stories) -> None:
    """What is changed is read as changed and else as it was, what is submitted is there for others too, only what is deleted is gone."""
    tenderee, content = stories.tenderee(), papers.tender_project(Facts())
    one, other = project(stories), project(stories)
    created = tenderee.create_tender_project(one, content)
    dropped = tenderee.create_tender_project(other, content).value
    assert created.accepted
    changed = tenderee.change_tender_project(created.value, {"mode_reason": _REASON})
    deleted = tenderee.delete_tender_project(dropped)
    kept, gone = tenderee.tender_project(created.value), tenderee.tender_project(dropped)
    listed = [[found.id for found in tenderee.tender_projects(parent).value] for parent in (one, other)]
    submitted = tenderee.submit_tender_project(created.value)
    read, elsewhere = tenderee.tender_project(created.value), stories.verifier().tender_project(created.value)

    assert changed.accepted
    assert deleted.accepted
    assert submitted.accepted
    assert kept.accepted
    assert {name: kept.value.get(name) for name in ("name", "category", "mode_reason")} == {
        "name": content["name"], "category": content["category"], "mode_reason": _REASON,
    }  # fmt: skip
    assert gone.refused_because == "not_found"
    assert listed == [[created.value.id], []]
    assert read.accepted
    assert elsewhere.accepted
    assert [found.value.get("mode_reason") for found in (read, elsewhere)] == [_REASON, _REASON]
    assert read.value.state == elsewhere.value.state != kept.value.state


@clause("A-38")
def test_a_project_has_several_tender_projects(stories: Stories) -> None:
    """Three tender projects of one project are all there, each on its own and under that project, and none of them under another."""
    tenderee, verifier, content = stories.tenderee(), stories.verifier(), papers.tender_project(Facts())
    one, other = project(stories), project(stories, "城东隧道工程")
    single = tenderee.create_tender_project(other, content).value
    created = [tenderee.create_tender_project(one, content.but(name=f"城东桥梁工程招标{number}")) for number in "123"]
    assert [answer.accepted for answer in created] == [True, True, True]
    own = [answer.value for answer in created]

    for reader in (tenderee, verifier):
        assert sorted(found.id for found in reader.tries(Owner.tender_projects, one).value) == sorted(mine.id for mine in own)
        assert [found.id for found in reader.tries(Owner.tender_projects, other).value] == [single.id]
    assert [tenderee.tender_project(mine).accepted for mine in own] == [True, True, True]


@clause("A-39")
def test_a_section_is_created_changed_and_deleted_and_can_be_queried(stories: Stories) -> None:
    """What is changed is read as changed, by others too, and else as it was; only what is deleted is gone."""
    tenderee, verifier, content = stories.tenderee(), stories.verifier(), papers.section(Facts())
    one, other = tender_project(stories), tender_project(stories)
    created = tenderee.create_section(one, content)
    dropped = tenderee.create_section(other, content).value
    assert created.accepted
    changed = tenderee.change_section(created.value, {"scope": _SCOPE, "period_days": _DAYS})
    deleted = tenderee.delete_section(dropped)
    gone = tenderee.section(dropped)
    listed = [[found.id for found in tenderee.sections(parent).value] for parent in (one, other)]

    assert changed.accepted
    assert deleted.accepted
    for read in (tenderee.section(created.value), verifier.section(created.value)):
        assert read.accepted
        assert {name: read.value.get(name) for name in ("name", "place", "scope", "period_days")} == {
            "name": content["name"], "place": content["place"], "scope": _SCOPE, "period_days": _DAYS,
        }  # fmt: skip
    assert gone.refused_because == "not_found"
    assert listed == [[created.value.id], []]


@clause("A-40")
def test_a_tender_project_has_several_sections(stories: Stories) -> None:
    """Three sections of one tender project are all there, each on its own and under it, and none of them under another."""
    tenderee, verifier, content = stories.tenderee(), stories.verifier(), papers.section(Facts())
    one, other = tender_project(stories), tender_project(stories)
    single = tenderee.create_section(other, content).value
    created = [tenderee.create_section(one, content.but(name=f"城东道路工程{number}标段")) for number in "一二三"]
    assert [answer.accepted for answer in created] == [True, True, True]
    own = [answer.value for answer in created]

    for reader in (tenderee, verifier):
        assert sorted(found.id for found in reader.sections(one).value) == sorted(mine.id for mine in own)
        assert [found.id for found in reader.sections(other).value] == [single.id]
        assert [reader.section(mine).value.name for mine in own] == [mine.name for mine in own]


@clause("A-41")
def test_an_agency_does_what_it_was_given_on_each_tender_project_and_nothing_else(stories: Stories) -> None:
    """Duties and powers are set for each tender project by itself, read by both, and hold at every act until they are set anew."""
    tenders = [stories.created(organisation="agency") for _ in range(2)]
    given = ["section"], _DUTIES
    given_there = ["notice"], _OTHER_DUTIES
    for tender, powers in zip(tenders, (given, given_there), strict=True):
        tender.tenderee.authorise(tender.tender_project, tender.owner, *powers).require()
    read = [[entrusted(reader, tender) for reader in (tender.owner, tender.tenderee)] for tender in tenders]
    done = [acts(tender) for tender in tenders]
    one = tenders[0]
    one.tenderee.authorise(one.tender_project, one.owner, *given_there).require()
    done_later, read_later = acts(one), entrusted(one.owner, one)

    assert read == [[given, given], [given_there, given_there]]
    assert done == [{"section": (True, 1), "notice": (False, 0)}, {"section": (False, 0), "notice": (True, 1)}]
    assert done_later == {"section": (False, 0), "notice": (True, 1)}
    assert read_later == given_there


def entrusted(reader: Owner, tender: Tender) -> tuple[list[str], str]:
    """What the agency of a tender may do and has to do, as somebody reads it."""
    told = reader.tender_project(tender.tender_project).value
    return told.get("agency.rights"), told.get("agency.duties")


def acts(tender: Tender) -> dict[str, tuple[bool, int]]:
    """Whether the agency of a tender is let create a section and draft a notice, and how many more of them the tenderee finds then."""
    at, who, tenderee = tender.tender_project, tender.owner, tender.tenderee
    before = len(tenderee.sections(at).value), len(tenderee.notices(at).value)
    section = who.create_section(at, papers.section(Facts()).but(name="城东道路工程增补标段")).accepted
    notice = who.draft_notice(at, papers.notice(tender)).accepted
    after = len(tenderee.sections(at).value), len(tenderee.notices(at).value)
    return {"section": (section, after[0] - before[0]), "notice": (notice, after[1] - before[1])}


@clause("A-48")
def test_the_team_of_a_tender_project_is_set_with_its_duties_and_read_as_it_was_set_last(stories: Stories) -> None:
    """Every member stands there with its own duty, for the staff too; a later team takes the place of the former, of that project alone."""
    tenderee, verifier, content = stories.tenderee(), stories.verifier(), papers.tender_project(Facts())
    parent = project(stories)
    one, other = (tenderee.create_tender_project(parent, content.but(name=f"城东桥梁工程招标{number}")).value for number in "12")
    given = [tenderee.set_team(each, _TEAM).accepted for each in (one, other)]
    first = [team(tenderee.tender_project(each).value) for each in (one, other)]
    changed = tenderee.set_team(one, _LATER_TEAM)
    for each in (one, other):
        tenderee.submit_tender_project(each).require()
    read = [[team(reader.tender_project(each).value) for each in (one, other)] for reader in (tenderee, verifier)]

    assert given == [True, True]
    assert first == [pairs(_TEAM), pairs(_TEAM)]
    assert changed.accepted
    assert read == [[pairs(_LATER_TEAM), pairs(_TEAM)]] * 2


def team(tender_project: TenderProject) -> list[tuple[str, str]]:
    """The team of a tender project as it is read."""
    return pairs(tender_project.get("team") or [])


def pairs(members: Iterable[Mapping[str, str]]) -> list[tuple[str, str]]:
    """The members of a team, each with its duty, in the order of their names."""
    return sorted((member["name"], member["duty"]) for member in members)
