import pytest

from tenderproof.testing import Administrator, Auditor, Supervisor, Verifier


@pytest.mark.parametrize("role", [Administrator, Auditor, Supervisor, Verifier])
def test_who_keeps_the_platform_takes_no_part_in_a_tender(role: type) -> None:
    parts = {"deliver", "open_bids", "score", "decide_award", "announce"}

    assert {name for name in parts if hasattr(role, name)} == set()


def test_only_the_verifier_verifies_and_only_the_supervisor_orders() -> None:
    assert [role for role in (Administrator, Auditor, Supervisor, Verifier) if hasattr(role, "verify")] == [Verifier]
    assert [role for role in (Administrator, Auditor, Supervisor, Verifier) if hasattr(role, "issue_order")] == [Supervisor]
