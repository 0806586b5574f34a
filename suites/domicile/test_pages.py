"""What the platform's pages make a reader's browser do: whom it fetches from, and whom it tells (境内存放)."""

import pytest

from tenderproof.testing import Places, Stories, Visits, clause


@clause("HN-3.2-05", "EB-10-2")
@pytest.mark.waits
def test_no_public_page_fetches_from_or_tells_hosts_outside_the_territory(stories: Stories, visits: Visits, places: Places) -> None:
    """Every host that a browser contacts on the public pages is looked up: scripts, fonts, images, data, beacons, sockets, redirects."""
    contacts = visits.contacts(stories.known("publicity"))

    assert [contact for contact in contacts if contact.kind == "document" and contact.url.endswith(contact.page)]
    assert [str(contact) for contact in contacts if contact.host and places.outside(contact.host)] == []


@clause("DOM-PIPL-40")
@pytest.mark.waits
def test_no_public_page_tells_hosts_outside_the_territory_of_persons(stories: Stories, visits: Visits, places: Places) -> None:
    """Names and numbers of those who take part show on the platform's own pages; no request carries them abroad, encoded or not."""
    tender = stories.known("publicity")
    contacts = visits.contacts(tender)
    persons = [word for bidder in tender.bidders for word in (bidder.identity.name, bidder.identity.uscc)]

    assert [contact for contact in contacts if contact.kind == "document" and contact.url.endswith(contact.page)]
    told = [(str(contact), contact.tells(persons)) for contact in contacts if contact.host and places.outside(contact.host)]
    assert [(contact, words) for contact, words in told if words] == []
