"""Where the platform's hosts are registered: what names, aliases, mail, redirects and certificates lead to (境内存放)."""

from tenderproof.testing import Hosts, Places, Stories, clause


@clause("HN-3.2-05", "EB-10-2", acquits=False)
def test_no_host_of_the_platform_is_registered_outside_the_territory(stories: Stories, hosts: Hosts, places: Places) -> None:
    """No address to which a name, an alias, the mail of a zone, or an answer leads is placed outside by all tables.

    Who answers for the names of a zone keeps nothing of the platform, and may be anybody anywhere.
    """
    seen = hosts.seen(stories.known("publicity"))

    assert [one for one in seen if one.host == hosts.own()]
    assert [str(one) for one in seen if one.role != "names" and places.outside(one.address or one.host)] == []
