"""Read a form as the command does, and tell what the reading took.

A module of its own, since every process that reads a form imports it.
"""

import contextlib
import os
import re
import resource
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path

from arsverk.form import reading

# Linux counts in kB, macOS in bytes.
UNIT = 1 if sys.platform == "darwin" else 1024

Target = Callable[[str, Connection], None]


def watched(target: Target, path: str, there: Connection, told: Connection) -> None:
    """Run what reads a form; tell the most memory that was resident, after it."""
    try:
        target(path, there)
    finally:
        # Nobody may be there any more to be told.
        with contextlib.suppress(OSError):
            told.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT)


class Child:
    """A process of which the memory is known also if it is killed."""

    def __init__(self, process: BaseProcess) -> None:
        self.process = process
        self.memory = 0

    def start(self) -> None:
        self.process.start()

    def join(self, timeout: float | None = None) -> None:
        self.process.join(timeout)

    def is_alive(self) -> bool:
        return self.process.is_alive()

    @property
    def exitcode(self) -> int | None:
        return self.process.exitcode

    def kill(self) -> None:
        """Kill the process; note the most that was resident, where Linux tells it."""
        with contextlib.suppress(OSError):
            status = Path(f"/proc/{self.process.pid}/status").read_text()
            peak = re.search(r"VmHWM:\s+([0-9]+) kB", status)
            self.memory = int(peak[1]) * 1024 if peak else 0
        self.process.kill()


class Watching:
    """A context whose processes tell how much memory they took."""

    def __init__(self, context: BaseContext, target: Target = reading.answer) -> None:
        self.context, self.target = context, target
        self.pipes: list[Connection] = []
        self.children: list[Child] = []

    def Pipe(self, duplex: bool) -> tuple[Connection, Connection]:  # noqa: N802
        return self.context.Pipe(duplex)

    def Process(  # noqa: N802
        self, target: Target, args: tuple[str, Connection], daemon: bool
    ) -> Child:
        here, there = self.context.Pipe(duplex=False)
        process = self.context.Process(
            target=watched, args=(self.target, *args, there), daemon=daemon
        )
        self.pipes.append(here)
        self.children.append(Child(process))
        return self.children[-1]

    def memory(self) -> list[int]:
        """Return what the processes took, as far as they told, and forget them."""
        told = [child.memory for child in self.children]
        for here in self.pipes:
            with here, contextlib.suppress(EOFError):
                if here.poll(0.1):
                    told.append(here.recv())
        self.pipes.clear()
        self.children.clear()
        return told


# --- Readers that break down, by the file's name --------------------------------------


def hang(_: Path) -> reading.Reply:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(60)
    return {"code": "damaged"}


def allocate(_: Path) -> reading.Reply:
    return {"found": str(bytearray(reading.MEMORY))[:1]}


def allocate_slowly(_: Path) -> reading.Reply:
    pieces = []
    while True:
        pieces.append(bytes(2**16))


def write(path: Path) -> reading.Reply:
    path.with_name("written").write_bytes(b"x")
    return {}


def append(path: Path) -> reading.Reply:
    with path.open("ab") as file:
        file.write(b"x")
    return {}


def write_and_die(path: Path) -> reading.Reply:
    # Python asks not to be killed by this signal; other code may not.
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    return write(path)


def crash(_: Path) -> reading.Reply:
    os.kill(os.getpid(), signal.SIGSEGV)
    return {}


def be_killed(_: Path) -> reading.Reply:
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def end(_: Path) -> reading.Reply:
    os._exit(0)


def recurse(path: Path) -> reading.Reply:
    return recurse(path)


def say_too_much(_: Path) -> reading.Reply:
    return {"found": "x" * (reading.MAX_REPLY + 1)}


def tell_limits(_: Path) -> reading.Reply:
    names = ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_CORE")
    return {name: resource.getrlimit(getattr(resource, name)) for name in names}


def broken(path: str, there: Connection) -> None:
    """Read a file with the function that it has the name of, or as ever."""
    reading.read_workbook = globals().get(Path(path).stem, reading.read_workbook)
    reading.answer(path, there)
