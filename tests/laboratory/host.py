"""One host of the laboratory: a process in a network namespace of its own, whose only way out is a TUN device that the test holds.

``python host.py FD ADDRESS ROLE [ARGUMENT …]``; FD is a socket to the test, over which the device goes there. Standard output tells
that it is ready.
"""

import array
import contextlib
import ctypes
import fcntl
import json
import os
import secrets
import socket
import struct
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tenderproof.domicile.connects import Target
from tenderproof.domicile.measuring import load_vantages, measured
from tenderproof.domicile.vantage import Agent, Settings

_NEW_NETWORK = 0x40000000
_TUN_SET, _TUN, _NO_HEAD = 0x400454CA, 0x0001, 0x1000
_SET_ADDRESS, _SET_MASK, _SET_FLAGS, _UP = 0x8916, 0x891C, 0x8914, 0x1 | 0x40
_ANSWER = b"HTTP/1.1 200 OK\r\n\r\n"


def isolated(address: str) -> int:
    """Enter a namespace of our own with this address; the descriptor of its device. OSError where that is not permitted."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NETWORK) != 0:
        raise OSError(ctypes.get_errno(), "no network namespace of our own")
    device = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(device, _TUN_SET, struct.pack("16sH22x", b"wan0", _TUN | _NO_HEAD))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        for request, value in ((_SET_ADDRESS, address), (_SET_MASK, "255.255.255.0")):
            fcntl.ioctl(control, request, struct.pack("16sHH4s8x8x", b"wan0", socket.AF_INET, 0, socket.inet_aton(value)))
        fcntl.ioctl(control, _SET_FLAGS, struct.pack("16sH22x", b"wan0", _UP))
        fcntl.ioctl(control, _SET_FLAGS, struct.pack("16sH22x", b"lo", _UP))
    return device


def serve(answer: Callable[[socket.socket], None]) -> None:
    """Answer on port 80 until the test ends us."""
    with socket.create_server(("", 80), backlog=128) as server:
        print("ready", flush=True)  # noqa: T201 - it tells the test
        while True:
            connection, _ = server.accept()
            threading.Thread(target=_closing, args=(answer, connection), daemon=True).start()


def _closing(answer: Callable[[socket.socket], None], connection: socket.socket) -> None:
    with connection, contextlib.suppress(OSError):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        answer(connection)


def server(content: str) -> None:
    """Whoever asks for anything is told the content."""

    def answer(connection: socket.socket) -> None:
        if connection.recv(4096):
            connection.sendall(_ANSWER + content.encode())

    serve(answer)


def relay(origin: str) -> None:
    """Ends connections here, and has every answer from the origin."""

    def answer(connection: socket.socket) -> None:
        question = connection.recv(4096)
        if question:
            with socket.create_connection((origin, 80), 10) as onward:
                onward.sendall(question)
                while part := onward.recv(4096):
                    connection.sendall(part)

    serve(answer)


def hasty(origin: str) -> None:
    """Begins each answer here and at once, and has what it says from the origin."""

    def answer(connection: socket.socket) -> None:
        question = connection.recv(4096)
        if question:
            connection.sendall(_ANSWER)
            with socket.create_connection((origin, 80), 10) as onward:
                onward.sendall(question)
                told = b"".join(iter(lambda: onward.recv(4096), b""))
                connection.sendall(told.removeprefix(_ANSWER))

    serve(answer)


def cache(origin: str) -> None:
    """Answers from memory what it was asked before, and has everything else from the origin."""
    known: dict[bytes, bytes] = {}

    def answer(connection: socket.socket) -> None:
        question = connection.recv(4096)
        path = question.split(b" ", 2)[1] if question else b""
        if question and path not in known:
            with socket.create_connection((origin, 80), 10) as onward:
                onward.sendall(question)
                known[path] = b"".join(iter(lambda: onward.recv(4096), b""))
        connection.sendall(known.get(path, b""))

    serve(answer)


def agent(settings: str) -> None:
    """A vantage point."""
    found = Agent(Settings.read(Path(settings)))
    print("ready", flush=True)  # noqa: T201 - it tells the test
    found.serve_forever()


def auditor(vantages: str, targets: str) -> None:
    """The auditor: what came, as JSON."""
    asked = [Target.read(raw) for raw in json.loads(targets)]

    def of(vantage: str) -> list[Target]:
        return [replace(target, path=f"{target.path}/{vantage}" if target.path else "") for target in asked]

    found = measured(load_vantages(Path(vantages)), of, 20, lambda: secrets.token_hex(16), timedelta(minutes=1))
    timings = [[one.vantage, one.address, one.method.value, one.seconds] for one in found.timings]
    answers = [[*key, value] for key, value in found.answers.items()]
    rejected = [[one.vantage, one.code] for one in found.rejected]
    print(json.dumps({"timings": timings, "answers": answers, "rejected": rejected}), flush=True)  # noqa: T201 - it tells the test


if __name__ == "__main__":
    descriptor, address, role, *arguments = sys.argv[1:]
    with socket.socket(fileno=int(descriptor)) as test:
        device = isolated(address)
        test.sendmsg([b"device"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [device]))])
        os.close(device)
    roles: dict[str, Callable[..., None]] = {
        "server": server, "relay": relay, "hasty": hasty, "cache": cache, "agent": agent, "auditor": auditor,
    }  # fmt: skip
    roles[role](*arguments)
