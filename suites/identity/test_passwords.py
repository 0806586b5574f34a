"""Who logs in by a name and a password: names that cannot be mistaken, passwords that are none, guessing (身份标识与鉴别)."""

from typing import NamedTuple

from tenderproof.testing import Identities, Missing, Person, Plan, Public, Stories, clause

_STRONG, _OTHER = "Tiao2026-zhan#5", "Ying7-da*2026xu"
_WEAK = ("", "1", "12345678", "aaaaaaaa", "password")
_NO_NAME = {"login_taken", "invalid_content"}
_NO_PASSWORD = {"password_weak", "invalid_content", "content_incomplete"}
_GENEROUS = 4  # so many times the plan's threshold, which is ours: the law names no number


class User(NamedTuple):
    """Somebody new with a login name."""

    person: Person
    login: str
    account: str


def user(stories: Stories, identities: Identities) -> User:
    """Somebody new, and a login name that nobody has."""
    identity = identities.fresh("bidder")
    person = stories.applicant(identity)
    return User(person, f"yonghu{identity.uscc[-8:].lower()}", person.me().value.id)


def alike(login: str) -> list[str]:
    """The same name, in capitals, in wide letters, and with a Cyrillic а and е in place of Latin ones."""
    wide = "".join(chr(ord(character) + 0xFEE0) for character in login)
    return [login, login.upper(), wide, login.replace("a", "\u0430").replace("e", "\u0435")]


def opened(public: Public, login: str, password: str) -> str | None:
    """Whose session a name and a password open."""
    answer = public.log_in_with_password(login, password)
    return answer.value.account.id if answer.accepted else None


@clause("SEC-IDA-2")
def test_no_two_have_login_names_that_look_alike(stories: Stories, identities: Identities, public: Public) -> None:
    """The name of another is refused however it is written, and opens nothing; a name of one's own is taken, and both log in."""
    one, other = user(stories, identities), user(stories, identities)
    one.person.set_password(one.login, _STRONG).require()
    refusals = [other.person.set_password(login, _OTHER).refused_because for login in alike(one.login)]
    told_apart = [[opened(public, login, _OTHER), opened(public, one.login, _STRONG)] for login in alike(one.login)]  # no failures in a row

    assert [why for why in refusals if why not in _NO_NAME] == []
    assert told_apart == [[None, one.account]] * len(refusals)
    assert other.person.set_password(other.login, _OTHER).accepted
    assert opened(public, other.login, _OTHER) == other.account


@clause("SEC-IDA-2")
def test_a_weak_password_is_refused(stories: Stories, identities: Identities, public: Public) -> None:
    """None, too short, of one kind, a word, the login name itself: refused, and what was valid stays so; a strong one takes its place."""
    one = user(stories, identities)
    one.person.set_password(one.login, _STRONG).require()
    weak = [*_WEAK, one.login]
    refusals = [one.person.set_password(one.login, password, _STRONG).refused_because for password in weak]
    kept = opened(public, one.login, _STRONG)

    assert [why for why in refusals if why not in _NO_PASSWORD] == []
    assert kept == one.account, "a password that was refused has replaced the one that was valid"
    assert one.person.set_password(one.login, _OTHER, _STRONG).accepted
    assert [opened(public, one.login, password) for password in (_STRONG, _OTHER)] == [None, one.account]


@clause("SEC-IDA-2")
def test_whoever_guesses_is_stopped(stories: Stories, identities: Identities, public: Public, plan: Plan) -> None:
    """After many wrong passwords in a row not even the right one opens the account, which it did before.

    Another's account is open meanwhile; where none is, the way from here is closed, and of the account itself nothing is seen.
    """
    one, other = user(stories, identities), user(stories, identities)
    for each in (one, other):
        each.person.set_password(each.login, _STRONG).require()
    before = opened(public, one.login, _STRONG)
    for number in range(_GENEROUS * plan.whole("lockout_threshold")):
        public.log_in_with_password(one.login, f"Cai-{number}-ce")
    after = opened(public, one.login, _STRONG)

    assert before == one.account
    assert after is None, "guessing goes on as long as one likes"
    if opened(public, other.login, _STRONG) != other.account:
        raise Missing("after guessing nobody is let in from here: whether that keeps a guesser from elsewhere out is not seen")
