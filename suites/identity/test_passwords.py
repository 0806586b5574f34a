"""Who logs in by a name and a password: names that cannot be mistaken, passwords that are none, guessing (身份标识与鉴别)."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from tenderproof.testing import DAY, Auditor, Chance, Everything, Identities, Missing, Person, Plan, Public, Stories, Views, clause, papers

_WEAK = ("", "1", "12345678", "aaaaaaaa", "password")
_NO_NAME = {"login_taken", "invalid_content"}
_NO_PASSWORD = {"password_weak", "invalid_content", "content_incomplete"}
_GENEROUS = 4  # so many times the plan's threshold, which is ours: the law names no number


class User(NamedTuple):
    """Somebody new with a login name, and two passwords to choose; all of it drawn, so that no platform knows us by it."""

    person: Person
    login: str
    account: str
    strong: str
    other: str


def user(stories: Stories, identities: Identities) -> User:
    """Somebody new, and a login name that nobody has."""
    identity = identities.fresh("bidder")
    person = stories.applicant(identity)
    return User(person, identities.login_name(), person.me().value.id, identities.password(), identities.password())


def alike(login: str) -> list[str]:
    """The same name, in capitals, in wide letters, and with a Cyrillic о and у in place of Latin ones."""
    wide = "".join(chr(ord(character) + 0xFEE0) for character in login)
    return [login, login.upper(), wide, login.replace("o", "\u043e").replace("y", "\u0443")]


def opened(public: Public, login: str, password: str) -> str | None:
    """Whose session a name and a password open."""
    answer = public.log_in_with_password(login, password)
    return answer.value.account.id if answer.accepted else None


def tried(public: Public, one: User, wrong: Sequence[tuple[str, str]]) -> tuple[list[str | None], list[str | None]]:
    """Whose sessions wrong names and passwords open, and after each of them what is right: no failures in a row, which might lock."""
    both = [(opened(public, login, password), opened(public, one.login, one.strong)) for login, password in wrong]
    return [found for found, _ in both], [right for _, right in both]


def require_let_in(right: Sequence[str | None], one: User) -> None:
    """Missing where a failure shuts the right one out, too, as by a captcha or a limit: then it is not seen why the wrong ones failed."""
    if any(account != one.account for account in right):
        raise Missing("after a log-in that failed nobody is let in at once: why the wrong ones were not is not seen")


@clause("SEC-IDA-2", "SEC-MLPS-1")
def test_no_two_have_login_names_that_look_alike(stories: Stories, identities: Identities, public: Public) -> None:
    """The name of another is refused however it is written, and opens nothing; a name of one's own is taken, and both log in."""
    one, other = user(stories, identities), user(stories, identities)
    one.person.set_password(one.login, one.strong).require()
    refusals = [other.person.set_password(login, other.strong).refused_because for login in alike(one.login)]
    public.log_in_with_password(one.login, one.strong).require()
    found, right = tried(public, one, [(login, other.strong) for login in alike(one.login)])

    assert [why for why in refusals if why not in _NO_NAME] == []
    assert found == [None] * len(refusals)
    require_let_in(right, one)
    assert other.person.set_password(other.login, other.strong).accepted
    assert opened(public, other.login, other.strong) == other.account


@clause("SEC-IDA-2", "F-01")
def test_a_weak_password_is_refused(stories: Stories, identities: Identities, public: Public) -> None:
    """None, too short, of one kind, a word, the login name itself: refused, and what was valid stays so; a strong one takes its place."""
    one = user(stories, identities)
    one.person.set_password(one.login, one.strong).require()
    weak = [*_WEAK, one.login]
    refusals = [one.person.set_password(one.login, password, one.strong).refused_because for password in weak]
    kept = opened(public, one.login, one.strong)

    assert [why for why in refusals if why not in _NO_PASSWORD] == []
    assert kept == one.account, "a password that was refused has replaced the one that was valid"
    assert one.person.set_password(one.login, one.other, one.strong).accepted
    assert [opened(public, one.login, password) for password in (one.other, one.strong)] == [one.account, None]


@clause("SEC-IDA-2", "SEC-MLPS-1", "F-18")
def test_whoever_guesses_is_stopped(stories: Stories, identities: Identities, public: Public, plan: Plan) -> None:
    """After many wrong passwords in a row not even the right one opens the account, which it did before.

    Another's account is open meanwhile; where none is, the way from here is closed, and of the account itself nothing is seen.
    """
    one, other = user(stories, identities), user(stories, identities)
    for each in (one, other):
        each.person.set_password(each.login, each.strong).require()
    before = opened(public, one.login, one.strong)
    for _ in range(_GENEROUS * plan.whole("lockout_threshold")):
        public.log_in_with_password(one.login, identities.password())
    after = opened(public, one.login, one.strong)

    assert before == one.account
    assert after is None, "guessing goes on as long as one likes"
    if opened(public, other.login, other.strong) != other.account:
        raise Missing("after guessing nobody is let in from here: whether that keeps a guesser from elsewhere out is not seen")


@clause("SEC-IDA-2")
def test_whoever_guesses_the_present_password_where_it_is_changed_is_stopped(stories: Stories, identities: Identities, plan: Plan) -> None:
    """In an open session another password takes the present one's place if that is shown, and after many wrong guesses not even then.

    Another changes its own meanwhile. What was guessed at stays as it was: no guess has become the password.
    """
    one, other = user(stories, identities), user(stories, identities)
    for each in (one, other):
        each.person.set_password(each.login, each.strong).require()
    before = one.person.set_password(one.login, one.other, one.strong)
    guessed = [
        one.person.set_password(one.login, one.strong, identities.password()).accepted
        for _ in range(_GENEROUS * plan.whole("lockout_threshold"))
    ]
    after = one.person.set_password(one.login, one.strong, one.other)

    assert before.accepted
    assert not any(guessed), "a wrong password is as good as the present one"
    assert after.refused, "guessing at the present password goes on as long as one likes"
    if other.person.set_password(other.login, other.other, other.strong).refused:
        raise Missing("after guessing nobody changes a password from here: whether that stops a guesser from elsewhere is not seen")


@clause("F-01")
def test_capitals_count_in_a_password(stories: Stories, identities: Identities, public: Public) -> None:
    """The same letters, some of them in the other case, open nothing; as they were chosen they do."""
    one = user(stories, identities)
    one.person.set_password(one.login, one.strong).require()
    others = (one.strong.swapcase(), one.strong.lower(), one.strong.upper())
    public.log_in_with_password(one.login, one.strong).require()
    found, right = tried(public, one, [(one.login, password) for password in others])

    assert found == [None] * len(others)
    require_let_in(right, one)


@clause("F-01")
def test_a_password_is_valid_for_a_time(stories: Stories, identities: Identities, public: Public, plan: Plan) -> None:
    """Who has chosen one is told until when it is good: a moment that comes, and not only after years."""
    one = user(stories, identities)
    one.person.set_password(one.login, one.strong).require()
    now, account = public.time().value.now, one.person.me().value
    if not account.says("password_valid_until"):
        raise Missing("the platform does not tell until when a password is valid")
    until = datetime.fromisoformat(account.get("password_valid_until"))

    assert opened(public, one.login, one.strong) == one.account
    assert now < until <= now + plan.whole("password_validity_max_days") * DAY


@clause("SEC-MLPS-1")
def test_a_password_alone_does_nothing_that_has_legal_effect(stories: Stories, identities: Identities, public: Public) -> None:
    """In a session that a password opened a bid without the certificate's signature is refused and not kept; with the certificate it is."""
    tender, bidder = stories.bidding(bidders=1), stories.bidder()
    login, password = identities.login_name(), identities.password()
    bidder.set_password(login, password).require()
    bidder.download(tender.document).require()
    sealed = bidder.sealed_bid(tender.section, papers.bid(tender))
    within = bidder.bearing(public.log_in_with_password(login, password).value.token)
    inside = within.me()
    unsigned = within.signing_as(None).deliver(sealed)
    kept = bidder.bids_for(tender.section).value
    signed = bidder.deliver(sealed)

    assert inside.accepted
    assert unsigned.refused
    assert kept == ()
    assert signed.accepted
    assert len(bidder.bids_for(tender.section).value) == 1


@clause("HN-3.2-08")
def test_who_is_locked_by_a_strangers_guesses_is_not_shut_out(stories: Stories, identities: Identities, public: Public, plan: Plan) -> None:
    """Whoever knows a name and guesses ends neither the session that is open under it nor the log-in with the certificate.

    How a platform stops the guessing, by a lock or a delay, is its own choice; of the account's own ways in one must remain. Where nobody
    is let in any more, the way from here is closed, and of the account itself nothing is seen.
    """
    one, other = user(stories, identities), user(stories, identities)
    one.person.set_password(one.login, one.strong).require()
    token = public.log_in(one.person.identity).value.token
    before = one.person.bearing(token).me().accepted
    for _ in range(_GENEROUS * plan.whole("lockout_threshold")):
        public.log_in_with_password(one.login, identities.password())
    if public.log_in(other.person.identity).refused:
        raise Missing("after guessing nobody is let in from here: whether the user is let in from elsewhere is not seen")
    going_on = one.person.bearing(token).me()
    anew = public.log_in(one.person.identity)
    if anew.refused and public.log_in(other.person.identity).refused:
        raise Missing("after guessing nobody is let in from here any more: whether the user is let in from elsewhere is not seen")

    assert before
    assert going_on.accepted, "a stranger's guesses have ended the user's session"
    assert anew.accepted, "a stranger's guesses keep the user out with the certificate, too"
    assert anew.value.account.id == one.account


@clause("HN-3.2-08")
def test_a_log_in_that_failed_does_not_tell_whether_there_is_such_a_name(
    stories: Stories, identities: Identities, public: Public, views: Views, chance: Chance
) -> None:
    """A wrong password for a name that there is, and for names that nobody has, is answered alike but for what varies anyway."""
    one = user(stories, identities)
    one.person.set_password(one.login, one.strong).require()
    names, wrong = (identities.login_name(), one.login, identities.login_name()), identities.password()
    unknown, known, other = (told(views, public, (login, wrong), chance) for login in names)  # a limit that sets in meanwhile varies

    assert opened(public, one.login, one.strong) == one.account
    assert [str(found) for found in views.differences(unknown, known, views.varying(unknown, other))] == []


@clause("EB-12-1")
def test_a_burst_of_failed_log_ins_is_seen_by_whoever_watches(stories: Stories, identities: Identities, public: Public, plan: Plan) -> None:
    """Each wrong password of a burst stands in what the auditor reads, as refused and under one name."""
    one, many, auditor = user(stories, identities), plan.whole("lockout_threshold"), stories.auditor()
    one.person.set_password(one.login, one.strong).require()
    public.log_in_with_password(one.login, one.strong).require()
    since = public.time().value.now.isoformat()
    if burst(auditor, since) >= many:
        raise Missing("others are refused so often at the same time that a burst is not told from theirs")
    for _ in range(many):
        public.log_in_with_password(one.login, identities.password())

    assert burst(auditor, since) >= many, "wrong passwords have left no trace that shows their number"


def burst(auditor: Auditor, since: str) -> int:
    """How many refused acts of one kind about one thing the trail has at most, from a moment on."""
    refused = Counter((entry.operation, entry.object) for entry in auditor.audit_entries(since=since).value if entry.outcome != "accepted")
    return max(refused.values(), default=0)


class Named(NamedTuple):
    """A world of which nothing is known but a name."""

    names: dict[str, str]


def told(views: Views, public: Public, pair: tuple[str, str], chance: Chance) -> Everything:
    """What a log-in with a wrong password is answered, its status among it."""
    login, wrong = pair
    answer = public.log_in_with_password(login, wrong)
    return views.answered({"log in": answer}, Named({login: "login"}), chance.now())
