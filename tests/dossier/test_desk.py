"""A desk knows the kinds of paper of the specification in force."""

from tenderproof import content
from tenderproof.dossier import kinds

from .desks import Folder


def test_the_desk_takes_the_kinds_of_the_specification(folder: Folder) -> None:
    assert folder.desk().kinds == kinds.load(content.specs_dir())
