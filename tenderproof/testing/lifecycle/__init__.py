"""A tender's life, walked with legal and illegal acts in any order and held against the law's model of it."""

from tenderproof.testing.lifecycle.disagreement import Disagreement, Fault, told
from tenderproof.testing.lifecycle.lives import Lives
from tenderproof.testing.lifecycle.walking import Extent, Walked

__all__ = ["Disagreement", "Extent", "Fault", "Lives", "Walked", "told"]
