"""Commands that a declaration names: a signer, a captcha reader, a bid maker. They get octets on stdin and give octets on stdout."""

import subprocess
from collections.abc import Sequence

from tenderproof.vocabulary import DeclarationTrouble

_SECONDS = 60
_SHOWN = 400


def run(command: Sequence[str], given: bytes, purpose: str) -> bytes:
    """What the command prints; DeclarationTrouble with its own words if it fails or takes longer than a minute."""
    try:
        done = subprocess.run(list(command), input=given, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - the declaration's own command
    except (OSError, subprocess.TimeoutExpired) as error:
        raise DeclarationTrouble(f"The {purpose} command {command[0]} could not be run: {error}.") from error
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip()[-_SHOWN:]
        raise DeclarationTrouble(f"The {purpose} command {command[0]} ended with {done.returncode}: {said}")
    return done.stdout
