"""Mutants come up in no time, each by itself, and go down again."""

import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tenderproof import candidate
from tenderproof.prove.zygote import Zygote, ZygoteError


def status(url: str) -> int:
    """The status of the platform's own page about itself."""
    with urllib.request.urlopen(f"{url}/api/v1/platform", timeout=10) as answer:
        code: int = answer.status
        return code


def test_two_run_side_by_side_and_end_with_their_blocks(tmp_path: Path) -> None:
    zygote = Zygote(tmp_path)
    with zygote.running(None) as honest, zygote.running("bidding.a_minute_of_grace") as mutant:
        urls = [candidate.load(one.candidate).base_url for one in (honest, mutant)]
        assert len(set(urls)) == 2
        assert [status(url) for url in urls] == [200, 200]
    for url in urls:
        with pytest.raises(urllib.error.URLError):
            status(url)
    zygote.close()


def test_a_mutant_that_is_none_is_said(tmp_path: Path) -> None:
    zygote = Zygote(tmp_path)
    with pytest.raises(ZygoteError, match=r"bidding\.nothing"), zygote.running("bidding.nothing"):
        pass
    zygote.close()
