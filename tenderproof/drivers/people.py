"""The declared accounts as people: who they are, with what they sign, and whether anything is special about them."""

from pathlib import Path

from tenderproof.candidate import Account, Candidate
from tenderproof.drivers import signers
from tenderproof.testing.identities import Identity
from tenderproof.testing.keys import PrivateKey, load_key
from tenderproof.vocabulary import DeclarationTrouble

_DESCRIPTIONS = ("region:", "ownership:", "specialty:", "qualification:")


def is_plain(account: Account) -> bool:
    """Nothing is special about the account: its traits, if any, only describe it."""
    return all(trait.startswith(_DESCRIPTIONS) for trait in account.traits)


def identity_of(candidate: Candidate, account: Account) -> Identity:
    """Who a declared account is, with what signs and decrypts for it; DeclarationTrouble if that cannot be used."""
    return Identity(
        role=account.role,
        name=account.name,
        uscc=account.uscc,
        certificate=_text(account, account.certificate),
        signer=signers.of(candidate, account),
        encryption_certificate=_text(account, account.encryption_certificate),
        encryption_key=_key(account),
        account=account.id,
        traits=account.traits,
        login=account.login,
    )


def _text(account: Account, path: Path | None) -> str:
    if path is None:
        return ""
    try:
        return path.read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise DeclarationTrouble(f"The certificate {path} of the account {account.id} cannot be read: {error}.") from error


def _key(account: Account) -> PrivateKey | None:
    if account.encryption_key is None:
        return None
    try:
        return load_key(account.encryption_key.read_bytes())
    except (OSError, ValueError) as error:
        raise DeclarationTrouble(f"The key {account.encryption_key} of the account {account.id} cannot be used: {error}.") from error
