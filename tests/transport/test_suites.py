"""Cipher suites, held against the names that OpenSSL gives to their numbers."""

import subprocess

import pytest

from tenderproof.transport.suites import CURRENT, FORMER, TLCP, WEAK, WITHOUT_CERTIFICATE, is_sound, named


def test_numbers_and_names_are_those_that_openssl_knows() -> None:
    command = ["openssl", "ciphers", "-V", "-stdname", "ALL:COMPLEMENTOFALL:@SECLEVEL=0"]
    listed = subprocess.run(command, check=True, capture_output=True)
    known = {}
    for line in listed.stdout.decode().splitlines():
        octets, name = line.split(" - ")[0].strip(), line.split(" - ")[1].split()[0]
        first, second = (int(one, 16) for one in octets.split(","))
        known[(first << 8) + second] = name

    ours = {**CURRENT, **FORMER, **{number: name for kind in WEAK.values() for number, name in kind.items()}}
    both = set(known) & set(ours)
    assert len(both) > 40
    assert {number: ours[number] for number in both} == {number: known[number] for number in both}


@pytest.mark.parametrize("kind", sorted(WEAK))
def test_a_weak_suite_says_in_its_name_what_is_weak(kind: str) -> None:
    word = {"anonymous": "anon", "EXPORT": "EXPORT", "DES": "_DES_"}.get(kind, kind)

    assert all(word in name for name in WEAK[kind].values())


def test_no_weak_suite_is_offered_as_one_in_use() -> None:
    weak = {number for kind in WEAK.values() for number in kind}

    assert weak & {*CURRENT, *FORMER, *TLCP} == set()


@pytest.mark.parametrize(
    ("name", "sound"),
    [
        ("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", True),
        ("TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256", True),
        ("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", False),
        ("TLS_RSA_WITH_AES_128_GCM_SHA256", False),
        ("TLS_DH_anon_WITH_AES_128_GCM_SHA256", False),
        ("TLS_ECDHE_RSA_WITH_NULL_SHA", False),
    ],
)
def test_sound_is_forward_secrecy_with_authenticated_encryption(name: str, sound: bool) -> None:
    assert is_sound(name) is sound


def test_anonymous_suites_come_without_a_certificate() -> None:
    assert {0x0034, 0xC018, 0xC015} <= WITHOUT_CERTIFICATE
    assert 0xC02F not in WITHOUT_CERTIFICATE


def test_a_suite_that_nobody_named_is_called_by_its_number() -> None:
    assert (named(0x1301), named(0xABCD)) == ("TLS_AES_128_GCM_SHA256", "0xABCD")
