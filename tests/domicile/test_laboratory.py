"""The laboratory's own vantage point: it measures for real, says that it is one, and is gone afterwards."""

import socket
from datetime import timedelta
from pathlib import Path

import pytest

from tenderproof.domicile import laboratory
from tenderproof.domicile.connects import Target
from tenderproof.domicile.discs import Method, disc
from tenderproof.domicile.measuring import load_vantages, measured


def test_it_times_the_loopback_and_its_disc_is_small(tmp_path: Path) -> None:
    with laboratory.vantages(tmp_path) as file, socket.create_server(("127.0.0.1", 0), backlog=128) as server:
        listed = load_vantages(file)
        target = Target("127.0.0.1", server.getsockname()[1], Method.TCP)
        found = measured(listed, lambda _: [target], 20, lambda: "nonce", timedelta(minutes=1))

    assert listed.laboratory
    assert found.rejected == ()
    (timing,) = found.timings
    assert disc(timing).radius_km < 300  # two milliseconds on a busy machine; Beijing is 620 km away


def test_it_ends_with_the_block(tmp_path: Path) -> None:
    with laboratory.vantages(tmp_path) as file:
        address = load_vantages(file).points[0].address
        socket.create_connection(address, 5).close()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(address, 5)
