"""The embedded reference federation, as a process of its own: tenderproof starts it and talks to it over HTTP only."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tenderproof import child, content

PLAYER, FOREIGN = "federation", "foreign"
KNOWN_SIGNERS = "known-signers.toml"
_READY_WITHIN_S = 30


class ReferenceDown(Exception):  # noqa: N818 - says what is the case
    """The reference could not be started; the message carries what it said."""


@dataclass(frozen=True)
class Running:
    """A running reference: its base URL, its declaration, its process."""

    base_url: str
    candidate: Path
    process: subprocess.Popen[bytes]


def known_signers(candidate: Path) -> Path | None:
    """The independent bodies of the reference's world, as an auditor would name them: they lie beside its declaration."""
    file = candidate.with_name(KNOWN_SIGNERS)
    return file if file.is_file() else None


def environment() -> dict[str, str]:
    """The environment in which the federation is importable."""
    return {**os.environ, "PYTHONPATH": str(content.fixtures_dir())}


@contextmanager
def running(
    state: Path, *, database: str = "", port: int = 0, variants: Sequence[str] = (), player: str = PLAYER
) -> Iterator[Running]:  # fmt: skip
    """Run the reference with its state in a folder, until the block ends. Raises ReferenceDown if it does not come up.

    ``variants`` are lawful freedoms that it takes (fixtures/variants); ``player`` is the package in fixtures/ that plays the platform.
    """
    state.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", player, "serve", "--state", str(state), "--port", str(port)]
    if database:
        command += ["--database", database]
    command += [part for name in variants for part in ("--variant", name)]
    with (state / "reference.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=log,
            stdin=subprocess.DEVNULL,
            env=environment(),
            preexec_fn=child.end_with_parent,  # noqa: PLW1509 - it asks the kernel for one thing and takes no lock
        )
    try:
        yield _ready(process, state)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()


def _ready(process: subprocess.Popen[bytes], state: Path) -> Running:
    line = process.stdout.readline() if process.stdout else b""
    try:
        said = json.loads(line)
        return Running(said["base_url"], Path(said["candidate"]), process)
    except (ValueError, KeyError) as error:
        process.wait(_READY_WITHIN_S)
        log = (state / "reference.log").read_text("utf-8", "replace")[-2000:]
        raise ReferenceDown(f"The reference did not come up (exit {process.returncode}):\n{log}") from error
