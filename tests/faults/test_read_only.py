"""The disk of a running server becomes read-only, as Linux makes it when a disk fails, and is mended."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from knowledge.case import LANGUAGES
from tests.faults.lab import Lab, begun, status
from tests.faults.test_one_machine import goes_on, refused_for_now

pytestmark = pytest.mark.server


def run(*command: str) -> bool:
    return subprocess.run(command, capture_output=True).returncode == 0


class Disk:
    """An ext4 disk in a file, mounted where the data are."""

    def __init__(self, image: Path, folder: Path) -> None:
        self.image, self.folder = image, folder

    def make(self) -> bool:
        """False where this machine does not let us."""
        with self.image.open("wb") as out:
            out.truncate(32 * 1024 * 1024)
        return run("mkfs.ext4", "-q", str(self.image)) and self.mount()

    def mount(self) -> bool:
        return run("mount", "-o", "loop", str(self.image), str(self.folder))

    def fail(self) -> None:
        """What was written long enough ago is on the disk; only that can be kept by anybody."""
        os.sync()
        assert run("mount", "-o", "remount,abort", str(self.folder))

    def mend(self) -> None:
        self.unmount()
        run("fsck.ext4", "-fy", str(self.image))  # 1: mended
        assert self.mount()

    def unmount(self) -> None:
        run("umount", str(self.folder)) or run("umount", "-l", str(self.folder))


@pytest.fixture
def on_a_disk(tmp_path: Path) -> Iterator[tuple[Lab, Disk]]:
    with ExitStack() as stack:
        lab = Lab(tmp_path / "home", stack)
        disk = Disk(tmp_path / "disk", lab.home / "data")
        if not disk.make():
            pytest.skip("a disk in a file cannot be mounted here")
        with ExitStack() as servers:
            stack.callback(disk.unmount)
            lab.stack = servers  # they end before the disk goes
            yield lab, disk


def test_a_disk_that_became_read_only(on_a_disk: tuple[Lab, Disk]) -> None:
    lab, disk = on_a_disk
    rasa = lab.rasa()
    rasa.until_up()
    chats = [begun(rasa, language) for language in LANGUAGES]
    disk.fail()
    for chat in chats:
        refused_for_now(rasa, chat)
        assert chat.case["channels"] == ["bank_card"], "what was answered can still be read"
    assert status(f"{rasa.address}/health") == 200, "it can still be read"
    rasa.end()
    disk.mend()
    rasa.start()
    rasa.until_up()
    for chat in chats:
        goes_on(rasa, chat)
