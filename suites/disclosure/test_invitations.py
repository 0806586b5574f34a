"""What an invitation must say (投标邀请书)."""

import pytest

from tenderproof.testing import Stories, clause, papers


@clause("B-008")
@pytest.mark.parametrize("field", ["platform_url", "access_method"])
def test_an_invitation_says_where_the_platform_is_and_how_to_get_in(stories: Stories, field: str) -> None:
    """Without the platform's address or the way in nothing is sent; with both each invited bidder reads them."""
    tender = stories.created(mode="invited")
    bidders = stories.bidders(3)
    paper = papers.invitation(tender, [bidder.me().value.registration_id for bidder in bidders])
    without = tender.owner.invite(tender.section, paper.without(f"content.{field}"))
    sent = tender.owner.invitations(tender.section).value

    assert without.refused_because in {"content_incomplete", "invalid_content"}
    assert sent == ()
    tender.owner.invite(tender.section, paper).require()
    read = [found for bidder in bidders for found in bidder.my_invitations().value if found.section_id == tender.section.id]
    assert [found.get(f"content.{field}") for found in read] == [paper.at(f"content.{field}")] * 3
