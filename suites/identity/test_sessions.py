"""Sessions: opened by whoever logs in, worth nothing elsewhere or afterwards, and one for each account (会话、同一账号多处登录)."""

from datetime import timedelta
from typing import NamedTuple

import pytest

from tenderproof.testing import Identities, Identity, Missing, Person, Plan, Public, Stories, clause

_GENEROUS = 4  # so many times the plan's time, which is ours: the standard names none


class User(NamedTuple):
    """Somebody new, with a certificate, a login name and an account."""

    identity: Identity
    person: Person
    login: str
    password: str
    account: str

    def enters(self, public: Public, how: str) -> str | None:
        """The token of a new session of this user's; None if the platform opens none."""
        answer = public.log_in(self.identity) if how == "certificate" else public.log_in_with_password(self.login, self.password)
        return answer.value.token if answer.accepted else None


def user(stories: Stories, identities: Identities) -> User:
    """Somebody new who has a password, too."""
    identity = identities.fresh("bidder")
    person = stories.applicant(identity)
    login, password = identities.login_name(), identities.password()
    person.set_password(login, password).require()
    return User(identity, person, login, password, person.me().value.id)


def changes(bearer: Person, address: str) -> bool:
    """Whether somebody changes an address who shows a token."""
    return bearer.change_registration({"address": address}).accepted


@clause("F-12")
@pytest.mark.parametrize("ways", [("certificate", "certificate"), ("password", "certificate"), ("certificate", "password")], ids="-".join)
def test_one_account_is_not_at_work_in_two_places(stories: Stories, identities: Identities, public: Public, ways: tuple[str, str]) -> None:
    """Whoever logs in again, in whatever way, ends what was open, or is not let in; never do both places read or change anything."""
    one = user(stories, identities)
    registered = one.person.registration().value
    first = one.enters(public, ways[0])
    before = first is not None and one.person.bearing(first).me().accepted
    second = one.enters(public, ways[1])
    tokens = [token for token in (first, second) if token is not None]
    reading = [one.person.bearing(token).me().accepted for token in tokens]
    changing = [changes(one.person.bearing(token), f"北京市安定路{number}号") for number, token in enumerate(tokens, 1)]

    assert registered.state == "editing"
    assert before
    assert any(reading), "after the second log-in the account is open nowhere"
    assert reading.count(True) == 1
    assert changing == reading


@clause("HN-3.2-08", "SEC-MLPS-5")
@pytest.mark.parametrize("way", ["certificate", "password"])
def test_whoever_has_logged_out_neither_reads_nor_changes_anything(
    stories: Stories, identities: Identities, public: Public, way: str
) -> None:
    """However it was opened, a session that is closed is closed on the platform: what its token did before, it does no longer."""
    one = user(stories, identities)
    token = one.enters(public, way)
    assert token is not None, f"nobody is let in by {way}"
    bearer = one.person.bearing(token)
    before = [bearer.me().accepted, changes(bearer, "北京市安定路1号")]
    bearer.log_out().require()
    after = [bearer.me().accepted, changes(bearer, "北京市安定路2号")]
    left = one.person.registration().value.get("address")

    assert before == [True, True]
    assert after == [False, False]
    assert left == "北京市安定路1号", "what was refused was done"


@clause("HN-3.2-08")
@pytest.mark.parametrize("way", ["certificate", "password"])
def test_a_session_that_is_shown_at_the_log_in_is_not_the_users_afterwards(
    stories: Stories, identities: Identities, public: Public, way: str
) -> None:
    """Whoever lays a session of its own under another's log-in is not in the other's account; the other's new session is another one."""
    attacker, victim = user(stories, identities), user(stories, identities)
    laid = attacker.enters(public, way)
    assert laid is not None, f"nobody is let in by {way}"
    under = victim.person.bearing(laid)
    opened = under.log_in(victim.identity) if way == "certificate" else under.log_in_with_password(victim.login, victim.password)
    shown = attacker.person.bearing(laid).me()

    assert opened.refused or opened.value.token != laid
    assert shown.refused or shown.value.id == attacker.account, "the session that was laid under opens the other's account"
    anew = victim.enters(public, way)
    assert anew not in {None, laid}
    assert victim.person.bearing(str(anew)).me().value.id == victim.account


@clause("SEC-MLPS-1")
@pytest.mark.parametrize("way", ["certificate", "password"])
def test_a_session_that_nobody_uses_comes_to_its_end(
    stories: Stories, identities: Identities, public: Public, plan: Plan, way: str
) -> None:
    """Unused for four times as long as the plan says it neither reads nor changes, as it did before; whoever logs in anew does both."""
    one, long = user(stories, identities), timedelta(minutes=_GENEROUS * plan.whole("session_timeout"))
    bearer = one.person.bearing(str(one.enters(public, way)))
    before = [bearer.me().accepted, changes(bearer, "北京市安定路1号")]
    pause = bearer.idle(long)
    if pause.refused:
        raise Missing(f"the platform lets no time pass for a session, and nobody waits so long ({pause!r})")
    after = [bearer.me().accepted, changes(bearer, "北京市安定路2号")]
    anew = one.person.bearing(str(one.enters(public, way)))

    assert before == [True, True]
    assert after == [False, False]
    assert anew.registration().value.get("address") == "北京市安定路1号"
