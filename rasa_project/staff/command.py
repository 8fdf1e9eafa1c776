"""The command ``steady staff``: accounts, the hotline's settings, deletion of what is too old, backup."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from knowledge.load import PackError
from knowledge.store import open_pack
from rasa_project import packs, places
from rasa_project.staff import accounts, audit, backup, database, hotline
from rasa_project.staff.accounts import AccountError
from rasa_project.staff.database import Database
from rasa_project.staff.passwords import WeakPassword


def main(arguments: Sequence[str]) -> int:
    """The exit status: 0, or 1 with the reason on stderr."""
    options = _parser().parse_args(arguments)
    try:
        if options.what == "check":
            return _check()
        opened = Database(database.default_url())
        if options.what != "restore":
            opened.migrate()
        try:
            return int(COMMANDS[options.what](opened, options))
        finally:
            opened.close()
    except PackError as error:
        print(error, file=sys.stderr)
    except (AccountError, WeakPassword, backup.BackupError) as error:
        print(error, file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="steady staff", description=__doc__)
    what = parser.add_subparsers(dest="what", required=True, metavar="COMMAND")
    add = what.add_parser("add", help="make an account; the password is asked for, or read from stdin")
    add.add_argument("name")
    add.add_argument("--role", choices=accounts.ROLES, default="staff")
    add.add_argument("--language", help="of the account's notes and buttons (the region's first)")
    what.add_parser("list", help="the accounts")
    for name, told in (
        ("disable", "let an account in no more, and end its sessions"),
        ("enable", "let a disabled account in again"),
        ("reset", "give an account a new password, and end its sessions"),
    ):
        what.add_parser(name, help=told).add_argument("name")
    what.add_parser("migrate", help="bring the database up to date (the server does it as well)")
    what.add_parser("check", help="check the hotline's settings: mistakes with file, line and field")
    what.add_parser("purge", help="delete calls, codes and audit lines that are older than the settings say")
    for name, told in (("backup", "copy the database into a new file"), ("restore", "put a copy back")):
        what.add_parser(name, help=told).add_argument("file", type=Path)
    return parser


def _add(opened: Database, options: argparse.Namespace) -> int:
    pack = open_pack(packs.ensure_pack(lambda message: None))
    language = options.language or pack.languages[0]
    if language not in pack.languages:
        raise AccountError(f"The region speaks: {', '.join(pack.languages)}.")
    opened.do(_noted, "made", accounts.add, options.name, options.role, _password(), language)
    print(f"{options.name} ({options.role}) can sign in at /staff/")
    return 0


def _noted(db: Any, action: str, work: Callable[..., None], name: str, *values: str) -> None:
    """Do it to the account and write it into the audit trail: both or neither."""
    work(db, name, *values)
    audit.note(db, accounts.written(db, name) or name, action)


def _list(opened: Database, _options: argparse.Namespace) -> int:
    for each in opened.do(accounts.everyone):
        state = f"disabled {each['disabled_at']:%Y-%m-%d}" if each["disabled_at"] else "enabled"
        print(f"{each['name']:<24}{each['role']:<12}{each['language']:<6}{state}")
    return 0


def _disable(opened: Database, options: argparse.Namespace) -> int:
    opened.do(_noted, "disabled", accounts.disable, options.name)
    return 0


def _enable(opened: Database, options: argparse.Namespace) -> int:
    opened.do(_noted, "enabled", accounts.enable, options.name)
    return 0


def _reset(opened: Database, options: argparse.Namespace) -> int:
    opened.do(_noted, "reset", accounts.reset, options.name, _password())
    return 0


def _migrate(_opened: Database, _options: argparse.Namespace) -> int:
    return 0  # every command has


def _purge(opened: Database, _options: argparse.Namespace) -> int:
    # Rasa reads the whole of endpoints.yml, with the variables that `steady run` would set.
    os.environ.update(places.child_env(STEADY_ACTIONS=os.environ.get("STEADY_ACTIONS", "none")))
    warnings.simplefilter("ignore")
    from rasa_project.staff.purging import purge  # imports Rasa: seconds

    deleted = asyncio.run(purge(opened))
    opened.do(audit.note, audit.OPERATOR, "purged")
    print(", ".join(f"{name}: {number}" for name, number in deleted.items()))
    return 0


def _backup(opened: Database, options: argparse.Namespace) -> int:
    backup.save(opened, options.file)
    opened.do(audit.note, audit.OPERATOR, "backed_up")
    print(options.file)
    return 0


def _restore(opened: Database, options: argparse.Namespace) -> int:
    backup.restore(opened, options.file)
    opened.migrate()
    opened.do(audit.note, audit.OPERATOR, "restored")
    return 0


def _check() -> int:
    pack = open_pack(packs.ensure_pack(lambda message: None))
    found = hotline.load(hotline.path(), pack)
    phone = found.phone or "no number: people who ask for a person are not told of the hotline"
    print(f"{hotline.path().name}: {len(found.dispositions)} dispositions, {len(found.lines)} lines, {phone}")
    return 0


def _password() -> str:
    """Typed twice at a terminal, else the first line of stdin."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != first:
        raise AccountError("The two are not the same.")
    return first


COMMANDS = {
    "add": _add,
    "list": _list,
    "disable": _disable,
    "enable": _enable,
    "reset": _reset,
    "migrate": _migrate,
    "purge": _purge,
    "backup": _backup,
    "restore": _restore,
}
