"""Ports of this machine: is one free, who has it, and which one is free."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path


def problem(host: str, port: int) -> str | None:
    """Why a server could not listen there, in words with the remedy's beginning, or ``None`` if it could."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
            trial.listen(1)  # two sockets may be bound, only one may listen
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            holder = listener(port)
            return f"Port {port} is taken" + (f" by {holder}." if holder else " by another program.")
        if error.errno == errno.EACCES:
            return f"Port {port} may only be used by root (ports below 1024)."
        return f"Cannot listen on {host}:{port}: {error.strerror or error}."
    return None


def free(host: str) -> int:
    """A port that is free now; the system chooses it."""
    with socket.socket() as trial:
        trial.bind((host, 0))
        return int(trial.getsockname()[1])


def listener(port: int) -> str | None:
    """``process 123 (command line)`` for whoever listens on this TCP port, where this user may see it."""
    inodes = _listening_inodes(port)
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if any(os.readlink(fd) in inodes for fd in (folder / "fd").iterdir()):
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                return f"process {folder.name} ({command.strip()[:80]})"
        except OSError:  # gone by now, or another user's
            continue
    return None


def _listening_inodes(port: int) -> set[str]:
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            lines = Path(table).read_text().splitlines()[1:]
        except OSError:
            continue
        for line in lines:  # columns of proc(5): local address 1, state 3 (0A: listening), inode 9
            columns = line.split()
            if columns[3] == "0A" and int(columns[1].rsplit(":", 1)[1], 16) == port:
                found.add(f"socket:[{columns[9]}]")
    return found
