"""Small servers on the loopback that answer, lie, drip, stall and vanish."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Answer = Callable[[socket.socket, bytes], None]


def plain(body: bytes, head: str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n") -> Answer:
    """Answers every request with this body."""

    def answer(connection: socket.socket, _: bytes) -> None:
        connection.sendall(f"{head}content-length: {len(body)}\r\nconnection: close\r\n\r\n".encode() + body)

    return answer


@contextmanager
def serving(answer: Answer, connections: int = 20) -> Iterator[str]:
    """A server on a port of its own; takes ``connections`` connections at most, one request each. Yields its base URL."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for _ in range(connections):
            try:
                connection, _peer = listener.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                try:
                    answer(connection, connection.recv(65536))
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)
