"""Logging in with a certificate: an answer is good for one challenge, once, from whom it was asked (身份识别和鉴定)."""

from dataclasses import replace

import pytest

from tenderproof.testing import Challenge, Chance, Identities, Public, Stories, clause


@clause("HN-3.2-08")
def test_the_answer_to_a_challenge_opens_one_session_and_no_second(stories: Stories, identities: Identities, public: Public) -> None:
    """The same challenge answered again opens nothing; a new one, answered anew, does."""
    identity = identities.fresh("bidder")
    account = stories.admitted(identity).me().value.id
    challenge = public.ask_challenge(identity).value
    first, again = public.answer_challenge(identity, challenge), public.answer_challenge(identity, challenge)
    anew = public.log_in(identity)

    assert first.value.account.id == account
    assert again.refused
    assert anew.value.account.id == account
    assert anew.value.token != first.value.token


@clause("HN-3.2-08")
def test_a_signature_over_another_challenge_opens_no_session(stories: Stories, identities: Identities, public: Public) -> None:
    """What somebody once signed, caught on its way and shown for a fresh challenge, is refused; the fresh one's own answer is not."""
    identity = identities.fresh("bidder")
    account = stories.admitted(identity).me().value.id
    caught, fresh = (public.ask_challenge(identity).value for _ in range(2))
    replayed = public.answer_challenge(identity, Challenge.read({**fresh.raw, "challenge": caught.challenge}))
    own = public.answer_challenge(identity, public.ask_challenge(identity).value)

    assert caught.challenge != fresh.challenge
    assert replayed.refused
    assert own.value.account.id == account


@clause("HN-3.2-08", "EB-13-1", "F-06")
def test_a_challenge_is_answered_by_whom_it_was_made_for(stories: Stories, identities: Identities, public: Public) -> None:
    """Another user's certificate answers it in vain, be that user as good as the first, and so does the right one with another's key.

    Each has its own answered: a certificate is offered as a way to log in, and who shows one must hold its key.
    """
    one, other = (identities.fresh("bidder") for _ in range(2))
    accounts = [stories.admitted(identity).me().value.id for identity in (one, other)]
    swapped = public.answer_challenge(other, public.ask_challenge(one).value)
    keyless = replace(one, signer=other.signer)
    shown = public.answer_challenge(keyless, public.ask_challenge(one).value)

    assert swapped.refused
    assert shown.refused, "a certificate lets in whoever shows it, without its key"
    assert [public.log_in(identity).value.account.id for identity in (one, other)] == accounts


@clause("HN-3.2-08")
@pytest.mark.parametrize("ended", ["logged out", "never opened"])
def test_a_session_that_is_none_opens_nothing(stories: Stories, identities: Identities, public: Public, chance: Chance, ended: str) -> None:
    """A token is good from the log-in to the log-out; one that the platform has not given, though it begins like one, is not."""
    identity = identities.fresh("bidder")
    person = stories.admitted(identity)
    account, token = person.me().value.id, public.log_in(identity).value.token
    before = person.bearing(token).me()
    if ended == "logged out":
        person.bearing(token).log_out().require()
    after = person.bearing(token if ended == "logged out" else f"{token}{chance.token(2)}").me()

    assert before.value.id == account
    assert after.refused
