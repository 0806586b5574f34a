"""Runs checks in forked children of a process that has imported everything once: a mutant must not cost seconds of start-up.

``python -m tenderproof.prove.runner`` reads jobs as JSON lines (a list of pytest arguments), and answers each with pytest's exit code.
"""

import json
import os
import sys
import traceback
from collections.abc import Sequence

import pytest
import pytest_timeout  # noqa: F401 - imported for the children's sake, as all below

import tenderproof.drivers.contract
import tenderproof.plugin
import tenderproof.testing  # noqa: F401

_CRASHED = 70
_IMPORTED_BEFORE = ("-W", "ignore::pytest.PytestAssertRewriteWarning")  # the plugin is imported, and asserts nothing itself


def main() -> None:
    """Serve until standard input ends."""
    print(json.dumps({"ready": True}), flush=True)  # noqa: T201 - the protocol
    for line in sys.stdin:
        job = json.loads(line)
        print(json.dumps({"code": _forked(job["arguments"], job["log"])}), flush=True)  # noqa: T201


def _forked(arguments: Sequence[str], log: str) -> int:
    child = os.fork()
    if child == 0:
        code = _CRASHED
        try:
            descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(descriptor, 1)
            os.dup2(descriptor, 2)
            code = int(pytest.main([*arguments, *_IMPORTED_BEFORE]))
        except BaseException:  # noqa: BLE001 - the child ends here whatever it was; the log must say what
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    main()
