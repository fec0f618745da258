"""How a command ends that is told to: by Ctrl-C, by `kill` as from CI and `timeout`, or because its
terminal is closed.

The first signal is raised as `Stopped` wherever the main thread is, so that all that is open closes
as it does after a fault: locks, folders that are half full, processes that share the work. Then
the process ends by that very signal, so that who started it, such as a loop of the shell, knows.
More signals change nothing: tidying up is never cut off. Knows nothing of any command.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
_SOON = 0.02
"""Seconds after which it is looked, again and again, whether `Stopped` got lost."""
_CONTROL_C_EXIT = -1073741510
"""STATUS_CONTROL_C_EXIT, by which a batch file of Windows sees that it has to end as well."""


class Stopped(BaseException):
    """The command was told to end. No KeyboardInterrupt: click would put that into its own words,
    and end with 1."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number
        """The signal."""


class Stop:
    """Listens to the signals by which this process is told to end."""

    def __init__(self) -> None:
        self.number = 0
        """The signal that came; 0 as long as none did."""
        self._process = os.getpid()
        self._untidy = True

    def listen(self) -> None:
        """Raises Stopped from now on. A signal that is ignored, as by `nohup`, stays ignored."""
        sys.unraisablehook = self._lost
        for name in _NAMES:
            number = getattr(signal, name, None)
            if number and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._come)

    def rest(self) -> None:
        """Nothing has to be tidied up any more: from now on a signal is the end."""
        self._untidy = False

    def _come(self, number: int, _frame: FrameType | None) -> None:
        if not self._untidy or os.getpid() != self._process:
            end_by(number)  # a process that was forked leaves it to its parent to tidy up
        if not self.number:
            self.number = number
            if hasattr(signal, "setitimer"):  # not on Windows
                signal.signal(signal.SIGALRM, self._look)
                signal.setitimer(signal.ITIMER_REAL, _SOON, _SOON)
            raise Stopped(number)

    def _look(self, _number: int, _frame: FrameType | None) -> None:
        """Raises Stopped once more if nobody is tidying up because of it: Python drops what is
        raised in some places, such as `__del__`, and so do libraries that call back."""
        if not self._untidy:
            end_by(self.number)
        if not _tidying():
            raise Stopped(self.number)

    def _lost(self, lost: UnraisableHookArgs) -> None:
        """Told by Python of what it drops."""
        if lost.exc_type is not Stopped:
            sys.__unraisablehook__(lost)
        elif not hasattr(signal, "setitimer"):
            end_by(self.number)


def _tidying() -> bool:
    """Whether `Stopped` is on its way through what has to be closed or put back."""
    error = sys.exc_info()[1]
    while error and not isinstance(error, Stopped):
        error = error.__context__
    return error is not None


def end_by(number: int) -> NoReturn:
    """Ends this process by a signal, as if nobody had listened to it."""
    if os.name == "nt":
        os._exit(_CONTROL_C_EXIT)
    signal.signal(number, signal.SIG_DFL)
    signal.raise_signal(number)
    os._exit(128 + number)  # where it is blocked
