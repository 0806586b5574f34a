"""What the platform's pages make a reader's browser do: whom it fetches from, and whom it tells (境内存放)."""

import pytest

from tenderproof.testing import Places, Stories, Visits, Whereabouts, clause


@clause("HN-3.2-05", "EB-10-2")
@pytest.mark.waits
def test_no_public_page_fetches_from_or_tells_hosts_outside_the_territory(stories: Stories, visits: Visits, places: Places) -> None:
    """Every host that a browser contacts on the public pages is looked up: scripts, fonts, images, data, beacons, sockets, redirects."""
    contacts = visits.contacts(stories.known("publicity"))

    assert [contact for contact in contacts if contact.kind == "document" and contact.url.endswith(contact.page)]
    assert [str(contact) for contact in contacts if contact.reaches and places.outside(contact.host)] == []


@clause("DOM-PIPL-40")
@pytest.mark.waits
def test_no_public_page_tells_hosts_outside_the_territory_of_persons(stories: Stories, visits: Visits, places: Places) -> None:
    """Names and numbers of those who take part show on the platform's own pages; no request carries them abroad, encoded or not."""
    tender = stories.known("publicity")
    contacts = visits.contacts(tender)
    persons = [word for bidder in tender.bidders for word in (bidder.identity.name, bidder.identity.uscc)]

    assert [contact for contact in contacts if contact.kind == "document" and contact.url.endswith(contact.page)]
    told = [(str(contact), contact.tells(persons)) for contact in contacts if contact.reaches and places.outside(contact.host)]
    assert [(contact, words) for contact, words in told if words] == []


@clause("HN-3.2-05", "EB-10-2")
@pytest.mark.waits
def test_the_signed_list_names_whomever_public_pages_contact(stories: Stories, visits: Visits, whereabouts: Whereabouts) -> None:
    """The platform's own hosts stand among its servers, others' among its services; a link that nobody follows is no contact."""
    contacts = visits.contacts(stories.known("publicity"))

    assert [contact for contact in contacts if contact.kind == "document" and contact.url.endswith(contact.page)]
    assert [str(one) for one in whereabouts.left_out(contacts)] == []
    whereabouts.require_declared(contacts)


@clause("HN-3.2-05", "EB-10-2")
@pytest.mark.waits
def test_nothing_that_a_role_does_on_the_pages_reaches_hosts_outside_the_territory(
    stories: Stories, visits: Visits, places: Places
) -> None:
    """Each role logs in through the pages, looks around and does what they offer: nobody abroad is asked for anything, nor told."""
    walks = visits.walks(stories.visitors)
    contacts = [(walk.role, contact) for walk in walks for contact in walk.contacts]

    assert [contact for _, contact in contacts if contact.kind == "document"]
    assert [(role, str(contact)) for role, contact in contacts if contact.reaches and places.outside(contact.host)] == []
    visits.require_inside(walks)


@clause("HN-3.2-05", "EB-10-2", acquits=False)
@pytest.mark.waits
def test_the_signed_list_names_whomever_the_pages_of_a_role_contact(stories: Stories, visits: Visits, whereabouts: Whereabouts) -> None:
    """Behind the log-in as before it: the platform's own hosts stand among its servers, others' among its services."""
    contacts = [contact for walk in visits.walks(stories.visitors) for contact in walk.contacts]

    assert [contact for contact in contacts if contact.kind == "document"]
    assert [str(one) for one in whereabouts.left_out(contacts)] == []


@clause("DOM-PIPL-40")
@pytest.mark.waits
def test_nothing_that_a_role_does_on_the_pages_tells_hosts_outside_the_territory_who_it_is(
    stories: Stories, visits: Visits, places: Places
) -> None:
    """Those who take part bear names that nobody else has; whatever they and the staff do, no request carries a name or number abroad."""
    walks = visits.walks(stories.visitors)
    persons = [name for walk in walks for name in walk.names]
    contacts = [(walk.role, contact) for walk in walks for contact in walk.contacts]

    assert [contact for _, contact in contacts if contact.kind == "document"]
    told = [(role, contact) for role, contact in contacts if contact.reaches and places.outside(contact.host)]
    assert [(role, str(contact), words) for role, contact in told if (words := contact.tells(persons))] == []
    visits.require_inside(walks)
