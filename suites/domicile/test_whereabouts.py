"""Where the platform's servers answer: tables, light and the signed list, held against one another (docs/domicile.md)."""

import pytest

from tenderproof.testing import Public, Stories, Whereabouts, clause


@clause("HN-3.2-05", "EB-10-2", "DOM-NET-1", "DOM-MLPS-CLOUD", way="network")
def test_every_server_is_shown_to_answer_from_within_the_territory(public: Public, whereabouts: Whereabouts) -> None:
    """A claim that light refutes, all tables against it, and a list that leaves it out convict; what cannot be told stays open."""
    found = whereabouts.judged()

    assert public.platform().value.name
    assert [str(one) for one in found if one.violated] == []
    whereabouts.require_decided(found)


@clause("HN-3.2-05", "EB-10-2", "DOM-NET-1", "DOM-MLPS-CLOUD")
@pytest.mark.waits
def test_every_server_is_shown_to_hold_from_within_the_territory_what_was_planted_a_moment_ago(
    public: Public, stories: Stories, whereabouts: Whereabouts
) -> None:
    """Each vantage point asks once for a notice that nobody has read before, so that a relay inside does not pass for a server."""
    found = whereabouts.judged(lambda words: stories.announced(notice_facts={"content.scope": words}))

    assert public.platform().value.name
    assert [str(one) for one in found if one.violated] == []
    whereabouts.require_decided(found)
