"""A finished run, found again by its folder."""

from pathlib import Path

from pydantic import ValidationError

from tenderproof import result
from tenderproof.cli.ending import WrongUse
from tenderproof.result import Result


def read(folder: Path) -> Result:
    """The result document in the folder; WrongUse where there is none, or one that is not as this version writes it."""
    path = folder / "result.json"
    try:
        return result.read(path)
    except (FileNotFoundError, NotADirectoryError):
        raise WrongUse(f"There is no finished run in {folder} ({path.name} is missing); name the folder that an audit wrote.") from None
    except OSError as error:
        raise WrongUse(f"{path} cannot be read: {error.strerror}.") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the whole"
        raise WrongUse(f"{path} is no result of this version of tenderproof ({place}: {first['msg']}). Run the audit again.") from None
    except UnicodeDecodeError:
        raise WrongUse(f"{path} is no result of tenderproof: it is not UTF-8 text.") from None
