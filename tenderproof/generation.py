"""What Hypothesis makes follows from the seed alone.

By itself it also draws from the constants that stand in the source of every module which happens to be loaded: the same seed would make
other requests and other walks after other checks, and on a machine where the harness is installed otherwise.
"""


def from_the_seed_alone() -> None:
    """From now on Hypothesis draws from no source code in this process."""
    from hypothesis.internal.conjecture.providers import HypothesisProvider  # noqa: PLC0415 - slow to import
    from hypothesis.internal.constants_ast import Constants  # noqa: PLC0415

    setattr(HypothesisProvider, "_local_constants", Constants())  # noqa: B010 - there is no setting for it, and it replaces a property
