"""The ``openssl`` command: what the Python libraries do not do with SM2. Keys and signatures reach it by pipes, never by a file."""

import os
import shutil
import subprocess
from collections.abc import Sequence

from tenderproof.vocabulary import Blame, Missing

_COMPUTING = frozenset({"dgst", "genpkey", "pkey"})
_SECONDS = 20
_FITS = 32 * 1024  # octets that a pipe holds without a reader


def run(arguments: Sequence[str], given: bytes = b"", **handed: bytes) -> subprocess.CompletedProcess[bytes]:
    """Run ``openssl``; ``given`` on its stdin, and each of ``handed`` where ``{name}`` stands in an argument.

    Missing if it is not there, hangs, or is too old for SM2: then nothing is known of any signature.
    """
    command = shutil.which("openssl")
    if command is None:
        raise Missing("the command openssl, by which SM2 is verified, is not installed where the audit runs", Blame.TOOL)
    pipes = {name: _pipe(octets) for name, octets in handed.items()}
    places = {name: f"/dev/fd/{pipe}" for name, pipe in pipes.items()}
    try:
        return subprocess.run(  # noqa: S603 - our own arguments
            [command, *(argument.format(**places) for argument in arguments)],
            input=given, capture_output=True, timeout=_SECONDS, check=False, pass_fds=list(pipes.values()),
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Missing(f"the command openssl, by which SM2 is verified, cannot be run here: {error}", Blame.TOOL) from error
    finally:
        for pipe in pipes.values():
            os.close(pipe)


def only_computes(command: Sequence[object]) -> bool:
    """Whether a command is ``openssl`` and reckons with what it is handed: it reaches nobody, and comes to the same each time."""
    return len(command) > 1 and os.path.basename(str(command[0])) == "openssl" and command[1] in _COMPUTING  # noqa: PTH119 - any text


def _pipe(octets: bytes) -> int:
    """The reading end of a pipe that holds these octets; ValueError if they are too many to be a key or a signature."""
    if len(octets) > _FITS:
        raise ValueError("too long for a key or a signature")
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as file:
        file.write(octets)
    return reading
