"""The channel over which everybody reaches the platform: protocol, suites, certificate, and nothing beside it in plain (通信安全)."""

from tenderproof.testing import Channel, clause


@clause("F-15", "SEC-CRY-1", "HN-3.2-13", "SEC-MLPS-4", way="network")
def test_the_channel_agrees_to_no_protocol_that_is_too_old(channel: Channel) -> None:
    """A hello for each version is sent: a current one is agreed to, none older than the plan allows, and nothing is said in plain."""
    found = channel.protocol()

    assert found.broken == []
    found.require_known()


@clause("F-15", "SEC-CRY-1", "HN-3.2-13", "SEC-MLPS-4", way="network")
def test_the_channel_takes_no_suite_that_protects_nothing(channel: Channel) -> None:
    """Suites that authenticate nobody, encrypt nothing or can be broken are offered alone, and none is taken."""
    found = channel.suites()

    assert found.broken == []
    found.require_known()


@clause("SEC-CRY-1", way="network", acquits=False)
def test_a_second_instrument_finds_no_fault_with_the_channel_either(channel: Channel) -> None:
    """Another program, with a TLS library of its own, agrees on no old protocol and on no weak suite with the platform."""
    found = channel.second_look()

    assert found.broken == []
    found.require_known()


@clause("F-15", "SEC-CRY-1", way="network")
def test_the_certificate_of_the_channel_is_in_force_for_its_host(channel: Channel) -> None:
    """It is within its time, names the host, is strong enough and of an issuer other than itself."""
    found = channel.certificate()

    assert found.broken == []
    found.require_known()


@clause("F-15", "HN-3.2-13", "SEC-MLPS-4", way="network")
def test_nothing_of_the_platform_is_served_in_plain(channel: Channel) -> None:
    """A page, public data and the begin of a log-in answer over TLS; whoever writes http:// is sent there or refused, whatever is asked."""
    asked = channel.asked_in_plain()

    assert [one.asked for one in asked if one.secure[0] == 0] == []
    assert [one.asked for one in asked if one.is_served] == []
