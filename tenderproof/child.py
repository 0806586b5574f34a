"""A child process ends with the process that started it, however that one ends: nothing is left behind by an engine that was killed."""

import ctypes
import signal

_PDEATHSIG = 1


def end_with_parent() -> None:
    """Ask the kernel for it (prctl(2)); called in the child before it becomes another program."""
    ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGTERM)
