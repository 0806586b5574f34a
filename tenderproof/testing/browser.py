"""A browser (浏览器): what a person sees of a page, while time goes by, whatever the clock of the person's machine says."""

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from datetime import timedelta


class Page(ABC):
    """An open page; its scripts run."""

    @abstractmethod
    def text(self) -> str:
        """What can be read on it now."""

    @abstractmethod
    def wait(self, seconds: float) -> None:
        """Leave it open for so long."""


class Browser(ABC):
    """Opens pages of the candidate."""

    @abstractmethod
    def page(self, path: str, ahead: timedelta = timedelta(0)) -> AbstractContextManager[Page]:
        """A page, on a machine in New York whose clock is so far ahead; Missing where no browser is installed."""
