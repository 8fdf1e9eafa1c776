"""The transcripts are what the bot does now, in structure; the words may have been improved since."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.transcripts import FOLDER, Script, page, scripts, structure
from knowledge.case import LANGUAGES
from tests.servers import Running

SCRIPTS = scripts()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_transcript_is_fresh(server: Running, script: Script) -> None:
    written = (FOLDER / f"{script.name}.md").read_text(encoding="utf-8")
    assert structure(page(script, server.url)) == structure(written), "run `make transcripts`, and read it"


def test_the_languages_have_as_many_transcripts() -> None:
    count = Counter(script.language for script in SCRIPTS)
    assert set(count) == set(LANGUAGES) and len(set(count.values())) == 1 and min(count.values()) >= 10


def test_every_transcript_has_a_script() -> None:
    assert {file.stem for file in FOLDER.glob("*.md")} == {script.name for script in SCRIPTS}


def test_other_words_are_as_fresh_and_another_step_is_not() -> None:
    one = "> Hello\n\n<!-- steps a b; asks amount -->\n"
    assert structure(one) == structure(one.replace("Hello", "Good day"))
    assert structure(one) != structure(one.replace("steps a b", "steps a"))
