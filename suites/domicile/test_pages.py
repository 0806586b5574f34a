"""What the platform's pages make a reader's browser do: whom it fetches from, and whom it tells (境内存放)."""

import pytest

from tenderproof.testing import Ground, Identities, Places, Stories, Visits, Whereabouts, clause


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


@clause("HN-3.2-05", "EB-10-2")
@pytest.mark.waits
def test_the_signed_list_names_whomever_public_pages_contact(stories: Stories, visits: Visits, whereabouts: Whereabouts) -> None:
    """The platform's own hosts stand among its servers, others' among its services; a link that nobody follows is no contact."""
    contacts = visits.contacts(stories.known("publicity"))

    assert [contact for contact in contacts if contact.kind == "document" and contact.url.endswith(contact.page)]
    assert [str(one) for one in whereabouts.left_out(contacts)] == []
    whereabouts.require_declared(contacts)


@clause("DOM-PIPL-40", "HN-3.2-05", "EB-10-2", acquits=False)
@pytest.mark.waits
@pytest.mark.parametrize("role", ["tenderee", "bidder"])
def test_no_page_of_who_has_logged_in_tells_hosts_outside_the_territory_who_it_is(
    role: str, stories: Stories, identities: Identities, visits: Visits, whereabouts: Whereabouts, ground: Ground
) -> None:
    """Somebody whose name nobody else has registers, logs in and looks around: nobody abroad is told the name, nor asked for anything.

    Nor is anybody contacted whom the signed list leaves out, if there is one.
    """
    canary = identities.fresh(role)
    contacts = visits.entered(stories.admitted(canary))
    abroad = [contact for contact in contacts if contact.host and whereabouts.registered_outside(contact.host)]

    assert [contact for contact in contacts if contact.kind == "document"]
    ground.narrow(["DOM-PIPL-40"])
    assert [(str(contact), words) for contact in abroad if (words := contact.tells([canary.name, canary.uscc]))] == []
    ground.narrow(["HN-3.2-05", "EB-10-2"])
    assert [str(contact) for contact in abroad] == []
    assert [str(one) for one in whereabouts.left_out(contacts)] == []
