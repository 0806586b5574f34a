"""A transport that ends an exchange at its deadline, whatever the platform sends meanwhile.

The client's own timeouts count from one octet to the next. Whoever drips a header, or sends interim answers (1xx) without end, would
hold a check for as long as it likes.
"""

import ssl
import time
from typing import Any

import httpcore2
import httpx2

from tenderproof.evidence.premises import Premises


class Deadline:
    """Until when the running exchange may read and write; on the clock of ``time.perf_counter``."""

    def __init__(self) -> None:
        self.at = float("inf")

    def left(self, wanted: float | None, late: type[Exception]) -> float | None:
        """Seconds that may be waited for now; ``late`` is raised if there are none."""
        left = self.at - time.perf_counter()
        if left <= 0:
            raise late("the exchange was not over in time")
        return left if wanted is None else min(wanted, left)


class BoundedTransport(httpx2.HTTPTransport):
    """Speaks HTTP/1.1, and HTTP/2 where it is offered over TLS, over connections that keep to a deadline and to the premises."""

    def __init__(self, verify: ssl.SSLContext, idle_s: float, deadline: Deadline, premises: Premises) -> None:
        super().__init__(verify=verify, trust_env=False)
        backend = _Backend(deadline, premises)
        self._pool = httpcore2.ConnectionPool(ssl_context=verify, keepalive_expiry=idle_s, http2=True, network_backend=backend)


class _Backend(httpcore2.NetworkBackend):
    def __init__(self, deadline: Deadline, premises: Premises) -> None:
        self._deadline, self._premises, self._inner = deadline, premises, httpcore2.SyncBackend()

    def connect_tcp(self, host: str, port: int, *arguments: Any, **more: Any) -> httpcore2.NetworkStream:
        self._premises.require_open(host, port)
        return _Stream(self._inner.connect_tcp(host, port, *arguments, **more), self._deadline)


class _Stream(httpcore2.NetworkStream):
    def __init__(self, inner: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left(timeout, httpcore2.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(timeout, httpcore2.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> "_Stream":
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, timeout), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
