"""Looks that no driver changes are none."""

import pytest

from tenderproof.testing import Look, Looks


def test_nobody_looks_otherwise_by_the_face_alone() -> None:
    with pytest.raises(TypeError):
        Looks()  # type: ignore[abstract]


def test_a_look_says_what_stands_before_names_and_how_long_one_tarries() -> None:
    look = Look("检测", 0.0)

    assert (look.mark, look.tarries_s) == ("检测", 0.0)
