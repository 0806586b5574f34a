"""Where the platform's servers answer: tables, light and the signed list, held against one another (docs/domicile.md)."""

from tenderproof.testing import Public, Whereabouts, clause


@clause("HN-3.2-05", "EB-10-2", "DOM-NET-1", "DOM-MLPS-CLOUD", way="network")
def test_every_server_is_shown_to_answer_from_within_the_territory(public: Public, whereabouts: Whereabouts) -> None:
    """A claim that light refutes, all tables against it, and a list that leaves it out convict; what cannot be told stays open."""
    found = whereabouts.judged()

    assert public.platform().value.name
    assert [str(one) for one in found if one.violated] == []
    whereabouts.require_decided(found)
