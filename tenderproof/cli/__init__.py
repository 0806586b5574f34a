"""The command ``tenderproof``."""

from tenderproof.cli.app import main

__all__ = ["main"]
