"""``tenderproof register`` makes the site, or names the certificate that does not hold and writes nothing."""

from pathlib import Path

from tests.certification.bodies import house
from tests.certification.sites import MADE, published
from tests.cli.command import tenderproof
from tests.seal.identities import identity


def test_it_says_where_it_wrote_and_how_many_there_are(tmp_path: Path) -> None:
    made = published(house(tmp_path / "house"), tmp_path)
    keys = ("--key", made.house.body.key, "--cert", made.house.body.certificate)
    ended = tenderproof("register", made.certificates, "--out", tmp_path / "new", *keys, "--day", MADE.isoformat(), language="zh")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert "7 张证书" in ended.stdout
    assert (tmp_path / "new" / "index.html").is_file()


def test_certificates_of_another_body_are_not_published(tmp_path: Path) -> None:
    made, stranger = published(house(tmp_path / "house"), tmp_path), identity(tmp_path, "stranger")
    ended = tenderproof("register", made.certificates, "--out", tmp_path / "new", "--key", stranger.key, "--cert", stranger.certificate)

    assert ended.returncode == 64
    assert "does not hold: TP-1-VALID.jwt is not signed by the key that you trust." in ended.stderr
    assert not (tmp_path / "new").exists()
