from tenderproof.testing import Bidder, Expert, Owner, Person, Public, Supervisor


def test_somebody_with_an_account_can_do_what_everybody_can() -> None:
    assert issubclass(Person, Public)
    assert all(issubclass(role, Person) for role in (Owner, Bidder, Expert, Supervisor))
