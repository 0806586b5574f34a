"""One finished run and its bundle for all tests of the folder."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tenderproof import result
from tenderproof.seal import sealing, signature
from tenderproof.seal.signature import Party, Sealer

from .runs import finished_run, sealer


@dataclass(frozen=True)
class Bundled:
    """A run's folder, its bundle, and who sealed it."""

    run: Path
    path: Path
    sealer: Sealer

    @property
    def octets(self) -> bytes:
        """The bundle's octets."""
        return self.path.read_bytes()

    @property
    def signer(self) -> Party:
        """Whom to trust."""
        return signature.party(self.sealer.pem, "signer")


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Bundled:
    folder = tmp_path_factory.mktemp("sealed")
    run, by = finished_run(folder / "run"), sealer(folder)
    sealing.seal(run, result.read(run / "result.json"), by, folder / "a.bundle.zip")
    return Bundled(run, folder / "a.bundle.zip", by)
