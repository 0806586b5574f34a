"""A small world: hosts that stand at places, and a link between them that takes as long as glass would.

Each host is a process in a network namespace of its own (`host.py`). The link is this process: it takes each packet from one host's
TUN device and gives it to another's after the delay between their places. Kernel queues are not needed; no packet leaves this machine.
"""

import array
import heapq
import os
import select
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from tenderproof.domicile.discs import LIGHT_KM_PER_S
from tenderproof.domicile.earth import Point, distance_km

GLASS = 1.4682  # refractive index of single-mode fibre at 1550 nm (makers' data after ITU-T G.652)
_LARGEST_PACKET = 65536
_PATIENCE_S = 20


def permitted() -> str:
    """Why there can be no world here; "" if there can."""
    code = "import ctypes, os; os.open('/dev/net/tun', os.O_RDWR); raise SystemExit(ctypes.CDLL(None).unshare(0x40000000) != 0)"
    tried = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    return "" if tried.returncode == 0 else f"network namespaces or /dev/net/tun are not permitted here: {tried.stderr[-200:]}"


@dataclass
class Host:
    """A host: its process, place, address, and our end of its device."""

    process: "subprocess.Popen[str]"
    place: Point
    address: str
    device: int


@dataclass
class World:
    """``with World() as world``: hosts are added, and all end with it."""

    hosts: list[Host] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)
    _way: list[tuple[float, int, bytes, int]] = field(default_factory=list)

    def __enter__(self) -> Self:
        """Begin to carry packets."""
        self._carrier = threading.Thread(target=self._carry)
        self._carrier.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End every host and the link."""
        self._over.set()
        self._carrier.join()
        for host in self.hosts:
            host.process.kill()
            host.process.communicate()
            os.close(host.device)

    def stand(self, place: Point, address: str, role: str, *arguments: str) -> Host:
        """A host that has begun to play its role."""
        ours, theirs = socket.socketpair()
        with ours, theirs:
            command = [sys.executable, str(Path(__file__).with_name("host.py")), str(theirs.fileno()), address, role, *arguments]
            process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdout=subprocess.PIPE, text=True)
            ours.settimeout(_PATIENCE_S)
            _, ancillary, _, _ = ours.recvmsg(16, socket.CMSG_SPACE(4))
        device = array.array("i", ancillary[0][2])[0]
        os.set_blocking(device, False)
        host = Host(process, place, address, device)
        self.hosts.append(host)
        if role != "auditor":
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
        return host

    def _carry(self) -> None:
        number = 0
        while not self._over.is_set():
            wait = 0.02 if not self._way else max(0.0, min(0.02, self._way[0][0] - time.monotonic()))
            hosts = {host.device: host for host in list(self.hosts)}
            readable, _, _ = select.select(list(hosts), [], [], wait)
            for device in readable:
                packet = _read(device)
                to = self._nearest(hosts[device], packet)
                if to:
                    number += 1
                    due = time.monotonic() + delay_s(hosts[device].place, to.place)
                    heapq.heappush(self._way, (due, number, packet, to.device))
            while self._way and self._way[0][0] <= time.monotonic():
                _, _, packet, device = heapq.heappop(self._way)
                os.write(device, packet)

    def _nearest(self, sender: Host, packet: bytes) -> Host | None:
        """Who has the packet's address; of several (anycast) the nearest."""
        if len(packet) < 20 or packet[0] >> 4 != 4:
            return None
        address = socket.inet_ntoa(packet[16:20])
        having = [host for host in self.hosts if host.address == address]
        return min(having, key=lambda host: distance_km(sender.place, host.place), default=None)


def delay_s(one: Point, other: Point) -> float:
    """How long light takes in glass, along the shortest way."""
    return distance_km(one, other) * GLASS / LIGHT_KM_PER_S


def _read(device: int) -> bytes:
    try:
        return os.read(device, _LARGEST_PACKET)
    except BlockingIOError:
        return b""
