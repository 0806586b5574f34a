"""The declared accounts as people."""

from pathlib import Path
from typing import Any

import pytest

from tenderproof.candidate import Account
from tenderproof.drivers.people import identity_of, is_plain
from tenderproof.vocabulary import DeclarationTrouble


@pytest.mark.parametrize(
    ("traits", "plain"), [((), True), (("region:110101", "specialty:A01"), True), (("operator_affiliate",), False), (("unit:b",), False)]
)
def test_what_only_describes_somebody_is_nothing_special(traits: tuple[str, ...], plain: bool) -> None:
    assert is_plain(Account("b", "bidder", traits=traits)) is plain


def test_somebody_signs_and_decrypts_with_what_the_declaration_names(declare: Any) -> None:
    candidate = declare()
    found = identity_of(candidate, candidate.accounts[1])

    assert (found.role, found.account, found.traits) == ("bidder", "bidder-2", ("region:110101",))
    assert found.certificate.startswith("-----BEGIN CERTIFICATE")
    assert found.signer is not None
    assert found.encryption_key is not None


@pytest.mark.parametrize("file", ["bidder.pem", "bidder-enc.key"])
def test_a_file_that_cannot_be_used_is_named_with_its_account(declare: Any, folder: Path, file: str) -> None:
    candidate = declare()
    (folder / file).write_bytes(b"\xff")

    with pytest.raises(DeclarationTrouble, match=rf"{file} of the account bidder-1"):
        identity_of(candidate, candidate.accounts[0])
