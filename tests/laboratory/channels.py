"""The TLS laboratory: servers on the loopback with certificates and weaknesses made on the spot, by OpenSSL, Python's ssl and nginx."""

import contextlib
import datetime as dt
import shutil
import socket
import ssl
import subprocess
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

HOST = "127.0.0.1"
DAY = dt.timedelta(days=1)
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Wanted:
    """What a server's certificate is to be like; as it stands, there is nothing wrong with it."""

    names: tuple[str, ...] | None = (HOST,)
    since: dt.timedelta = -DAY
    until: dt.timedelta = DAY
    rsa_bits: int = 0
    sha1: bool = False
    by_itself: bool = False


@dataclass(frozen=True)
class Papers:
    """Files: the server's certificate with its issuer's behind it, its key, and the root that a declaration would name."""

    chain: Path
    key: Path
    root: Path


def certified(folder: Path, wanted: Wanted) -> Papers:
    """A root and a certificate of it for a server, as it is wanted."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), _key(wanted.rsa_bits)
    root = _issued("the laboratory's root", "the laboratory's root", root_key, root_key, replace(wanted, names=None, sha1=False), ca=True)
    alone = wanted.by_itself or wanted.sha1  # what OpenSSL is to sign again comes as its own issuer
    own = _issued("server", "server" if alone else "the laboratory's root", key, key if alone else root_key, wanted)
    papers = Papers(folder / "chain.pem", folder / "server.key", folder / "root.pem")
    papers.root.write_bytes(root)
    papers.key.write_bytes(_private(key))
    signer = _written(folder / "root.key", _private(root_key))
    papers.chain.write_bytes(_over_sha1(folder, own, papers, signer) if wanted.sha1 else own)
    return papers


def _key(rsa_bits: int) -> Key:
    return rsa.generate_private_key(65537, rsa_bits) if rsa_bits else ec.generate_private_key(ec.SECP256R1())


def _private(key: Key) -> bytes:
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _issued(subject: str, issuer: str, key: Key, signer: Key, wanted: Wanted, *, ca: bool = False) -> bytes:
    now = dt.datetime.now(dt.UTC)
    called = [x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]) for name in (subject, issuer)]
    since, until = (-5 * DAY, 5 * DAY) if ca else (wanted.since, wanted.until)
    builder = x509.CertificateBuilder(
        subject_name=called[0], issuer_name=called[1], public_key=key.public_key(), serial_number=x509.random_serial_number(),
        not_valid_before=now + since, not_valid_after=now + until,
    ).add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)  # fmt: skip
    if wanted.names is not None:
        builder = builder.add_extension(x509.SubjectAlternativeName([_name(name) for name in wanted.names]), critical=False)
    return builder.sign(signer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def _name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _over_sha1(folder: Path, own: bytes, papers: Papers, signer: Path) -> bytes:
    """The same certificate, signed by OpenSSL over SHA-1, which others no longer do."""
    before, after = _written(folder / "before.pem", own), folder / "sha1.pem"
    command = ["openssl", "x509", "-in", before, "-CA", papers.root, "-CAkey", signer, "-sha1", "-days", "1", "-out", after]
    subprocess.run([*map(str, command), "-set_serial", "7"], check=True, capture_output=True)
    return after.read_bytes()


def context(papers: Papers) -> ssl.SSLContext:
    """A server's side with nothing wrong in it."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.set_ciphers("DEFAULT:@SECLEVEL=0")  # else a weak certificate is not even loaded
    made.load_cert_chain(papers.chain, papers.key)
    return made


def only(made: ssl.SSLContext, oldest: ssl.TLSVersion, newest: ssl.TLSVersion) -> ssl.SSLContext:
    """The same, from one version to another."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        made.minimum_version, made.maximum_version = oldest, newest
    return made


def ciphers(made: ssl.SSLContext, text: str) -> ssl.SSLContext:
    """The same with other ciphers for TLS 1.2."""
    made.set_ciphers(text)
    return only(made, ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_2)


@contextmanager
def serving(secured: ssl.SSLContext) -> Iterator[int]:
    """A server of Python's ssl: answers 200 to whatever is asked over TLS."""

    def answer(connection: socket.socket) -> None:
        with secured.wrap_socket(connection, server_side=True) as over:
            over.recv(4096)
            over.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    with listening(answer) as port:
        yield port


@contextmanager
def saying(octets: bytes, wait_s: float = 0.0) -> Iterator[int]:
    """A server that says the same to everybody, whatever it is asked."""

    def answer(connection: socket.socket) -> None:
        connection.recv(4096)
        time.sleep(wait_s)
        connection.sendall(octets)

    with listening(answer) as port:
        yield port


@contextmanager
def listening(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that hands each connection to a function, one after the other."""
    with socket.create_server((HOST, 0)) as server:
        server.settimeout(0.05)
        over = threading.Event()

        def run() -> None:
            while not over.is_set():
                with contextlib.suppress(OSError), server.accept()[0] as connection:
                    connection.settimeout(2)
                    answer(connection)

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            over.set()
            thread.join()


@contextmanager
def openssl_server(papers: Papers, *options: str) -> Iterator[int]:
    """OpenSSL's own server, with a page for whoever asks."""
    port = _free()
    command = ["openssl", "s_server", "-accept", f"{HOST}:{port}", "-cert", str(papers.chain), "-key", str(papers.key), "-www", "-quiet"]
    with _running([*command, *options], port):
        yield port


@contextmanager
def nginx(papers: Papers, folder: Path, *lines: str) -> Iterator[int]:
    """One page over TLS by nginx; the test is skipped where there is none."""
    found = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if found is None:
        pytest.skip("nginx is not installed")
    port = _free()
    server = [f"listen {HOST}:{port} ssl;", f"ssl_certificate {papers.chain};", f"ssl_certificate_key {papers.key};", *lines]
    temporary = [f"{name}_temp_path {folder / name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")]
    http = [*temporary, "access_log off;", f"server {{ {' '.join(server)} location / {{ return 200 'ok'; }} }}"]
    main = ["daemon off;", "master_process off;", f"pid {folder / 'nginx.pid'};", f"error_log {folder / 'error.log'};", "events { }"]
    configuration = _written(folder / "nginx.conf", "\n".join([*main, f"http {{ {' '.join(http)} }}"]).encode())
    with _running([found, "-e", str(folder / "error.log"), "-c", str(configuration)], port):
        yield port


def _free() -> int:
    with socket.create_server((HOST, 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _await(process, port)
            yield
        finally:
            process.terminate()


def _await(process: "subprocess.Popen[bytes]", port: int) -> None:
    for _ in range(400):
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), 1):
            return
        time.sleep(0.02)
    raise AssertionError(f"{process.args!r} does not listen")
