"""Python's collector looks through all that is loaded again and again; in a process that makes many short-lived things it costs a tenth."""

import gc

_NEW, _YOUNG, _OLD = 20_000, 20, 20  # things made, and looks at younger ones, before each generation is looked through


def look_through_seldom() -> None:
    """From now on the collector of this process looks seldom: most of what an exchange leaves behind dies by itself."""
    gc.set_threshold(_NEW, _YOUNG, _OLD)
