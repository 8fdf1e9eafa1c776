"""Starting and stopping other programs so that none of them outlives us, whatever ends us."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Somebody asked us to stop (Ctrl-C, SIGTERM, or the terminal was closed)."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number


@contextmanager
def stop_requests() -> Iterator[None]:
    """Inside, Ctrl-C, SIGTERM and SIGHUP raise :class:`Stopped` once; later ones are ignored: we tidy up.

    Handlers are set explicitly because a shell starts background jobs with SIGINT ignored. An ignored SIGHUP
    stays ignored: that is what nohup is for.
    """

    def ask(number: int, _frame: object) -> None:
        for each in STOP_SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped(number)

    wanted = [
        each for each in STOP_SIGNALS if each != signal.SIGHUP or signal.getsignal(each) != signal.SIG_IGN
    ]
    before = {each: signal.signal(each, ask) for each in wanted}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def die_with_parent(number: int = signal.SIGTERM) -> None:
    """Ask Linux to send us this signal when the process that started us is gone, even if it was killed."""
    try:
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(number))
    except (AttributeError, OSError):  # not Linux: the ordinary stop still works
        return


def start(
    command: Sequence[str], env: Mapping[str, str], log: IO[bytes], cwd: Path
) -> subprocess.Popen[bytes]:
    """Start a program in a process group of its own (Ctrl-C reaches only us; we stop it), ending with us."""
    parent = os.getpid()

    def before_exec() -> None:
        # SIG_IGN would be inherited across exec, and then the child could not be asked to stop.
        for each in STOP_SIGNALS:
            signal.signal(each, signal.SIG_DFL)
        die_with_parent()
        if os.getppid() != parent:  # we were gone before the request was made
            os._exit(1)

    return subprocess.Popen(
        command,
        env=dict(env),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=before_exec,  # we have one thread here, so this is safe
    )


def stop(children: Iterable[subprocess.Popen[bytes]], grace: float = 8.0) -> None:
    """Stop these children and everything they started: SIGTERM, up to ``grace`` seconds, then SIGKILL."""
    everyone = list(children)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)  # an impatient second Ctrl-C has to wait
    try:
        for child in everyone:
            _signal_group(child, signal.SIGTERM)
        end = time.monotonic() + grace
        for child in everyone:
            with suppress(subprocess.TimeoutExpired):
                child.wait(max(0.0, end - time.monotonic()))
            _signal_group(child, signal.SIGKILL)  # also what the child left behind in its group
            child.wait()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _signal_group(child: subprocess.Popen[bytes], number: int) -> None:
    """Signal the child's group; the group lives on after its leader as long as one member does."""
    try:
        os.killpg(child.pid, number)
    except (ProcessLookupError, PermissionError):
        return


def wait_showing(
    child: subprocess.Popen[bytes], progress: Callable[[str], None], what: str, every: float = 10.0
) -> int:
    """Wait for a child to end, telling ``progress`` now and then how long it has taken; its exit status."""
    begun = time.monotonic()
    while True:
        try:
            return child.wait(every)
        except subprocess.TimeoutExpired:
            progress(f"{what}: {time.monotonic() - begun:.0f} s so far")


def tail(path: Path, lines: int = 20) -> str:
    """The last lines of a log, indented, or a word that there is none."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return "    (no log)"
    return "\n".join("    " + line for line in text[-lines:]) or "    (the log is empty)"
