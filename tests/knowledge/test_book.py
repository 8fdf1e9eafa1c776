"""The fact-check book: whole, fresh, escaped, in every language, printable, and all our own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from knowledge.__main__ import main
from knowledge.book.pages import book, plan_pages
from knowledge.generated import BOOK, generated, stale, write
from knowledge.load import load
from knowledge.pack import Pack
from tests.knowledge.pack_files import FIXTURE, copy_of, edit

ROOT = Path(__file__).resolve().parents[2]
CHINA = ROOT / "knowledge" / "cn"
#: Kinds of entries -> the items of the pack they print
KINDS = {
    "contact": "contacts",
    "platform": "platforms",
    "step": "steps",
    "faq": "faq",
    "red_flag": "red_flags",
    "document": "documents",
    "source": "sources",
    "phrase": "phrases",
    "evidence": "evidence",
}
VOID = ("meta", "link", "br")


@pytest.fixture(scope="module", params=(FIXTURE, CHINA), ids=lambda directory: directory.name)
def pack(request: pytest.FixtureRequest) -> Pack:
    return load(request.param)


class Reader(HTMLParser):
    """What a page says, its ids and links; every element must be closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src"):
                self.links.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def pages(pack: Pack) -> dict[str, Reader]:
    return {name: read(content) for name, content in book(pack).items() if name.endswith(".html")}


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def shown(pack: Pack, value: Any) -> Iterator[tuple[str, Any]]:
    """(language, text) of every text below ``value``, whatever the field: a new one cannot be forgotten."""
    if is_dataclass(value):
        for field in fields(value):
            yield from shown(pack, getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from shown(pack, item)
    elif isinstance(value, dict):
        texts = set(value) == set(pack.languages) and all(isinstance(v, str) for v in value.values())
        for key, item in value.items():
            if texts:
                yield key, value
            else:
                yield from shown(pack, item)


def test_the_book_in_docs_is_fresh() -> None:
    assert stale(load(CHINA), ROOT / "docs") == [], "run make docs"


def test_each_item_is_printed_once(pack: Pack) -> None:
    printed = Counter(
        (section.kind, id_) for page in plan_pages(pack) for section in page.sections for id_ in section.ids
    )
    assert set(printed.values()) == {1}
    for kind, table in KINDS.items():
        assert {id_ for k, id_ in printed if k == kind} == set(getattr(pack, table)), kind
    found = Counter(id_ for reader in pages(pack).values() for id_ in reader.ids)
    for kind, id_ in printed:
        assert found[f"{kind}-{id_}"] == 1


def test_every_text_is_in_it_in_every_language(pack: Pack) -> None:
    said = plain("".join("".join(reader.text) for reader in pages(pack).values()))
    for kind, table in KINDS.items():
        for id_, item in getattr(pack, table).items():
            for language, text in shown(pack, item):
                filled = pack.fill(text, language)
                if kind == "document":
                    filled = re.sub(
                        r"\{(\w+)\}", lambda m, d=item, at=language: d.fields[m.group(1)][at], filled
                    )
                assert plain(filled) in said, f"{kind} {id_} ({language})"
    for text in pack.first_aid:
        assert all(plain(pack.fill(text, language)) in said for language in pack.languages)


def test_every_source_has_its_dates_and_confidence(pack: Pack) -> None:
    content = unescape(book(pack)["sources.html"])
    for source in pack.sources.values():
        (entry,) = re.findall(rf'<article id="source-{re.escape(source.id)}">.*?</article>', content, re.S)
        for part in (source.title, source.published, str(source.checked), str(source.review_by)):
            assert part in entry, source.id
        assert f"badge {source.confidence}" in entry
        assert (source.url or "") in entry


def test_every_page_can_be_signed_and_is_in_the_contents(pack: Pack) -> None:
    found = pages(pack)
    for name, reader in found.items():
        if name != "index.html":
            assert reader.tags["footer"] == 1 and "☐" in "".join(reader.text), name
    assert [link for link in found["index.html"].links if link.endswith(".html")] == [
        name for name in found if name != "index.html"
    ]


def test_every_link_inside_the_book_leads_somewhere(pack: Pack) -> None:
    found = pages(pack)
    owners = {source.url for source in pack.sources.values()}
    for name, reader in found.items():
        assert len(set(reader.ids)) == len(reader.ids), name
        for link in reader.links:
            page, _, part = link.partition("#")
            if link in owners or link == "book.css":
                continue
            assert (page or name) in found, f"{name}: {link}"
            assert not part or part in found[page or name].ids, f"{name}: {link}"


def test_it_loads_nothing_and_runs_nothing(pack: Pack) -> None:
    for name, content in book(pack).items():
        assert not re.search(r"<(script|img|iframe|object|embed|form)\b|@import|url\(|\son\w+=", content), (
            name
        )


def test_what_the_pack_says_is_text_never_markup(tmp_path: Path) -> None:
    directory = copy_of(tmp_path)
    edit(directory, "contacts.yml", "zh: 测试银行,", "zh: '<script>x</script>&\"',")
    spoilt = replace(load(directory), version='1</style><script>"\\')
    for name, content in book(spoilt).items():
        assert "<script" not in content, name
        if name.endswith(".html"):
            assert content.count("</style>") == 1
    assert "&lt;script&gt;x&lt;/script&gt;&amp;&quot;" in book(spoilt)["banks.html"]


def test_the_same_pack_gives_the_same_bytes_and_files_stay_small(pack: Pack) -> None:
    first = generated(pack)
    assert first == generated(pack)
    assert all(len(content.encode()) < 900_000 for content in first.values())


def test_it_prints_on_a4_with_numbered_pages(pack: Pack) -> None:
    style = book(pack)["book.css"]
    assert "size: A4" in style and "counter(page)" in style and "@media print" in style


def test_only_what_has_changed_is_written_and_what_is_left_over_goes(tmp_path: Path) -> None:
    pack, docs = load(FIXTURE), tmp_path / "docs"
    assert set(write(pack, docs)) == set(generated(pack))
    assert write(pack, docs) == []
    (docs / BOOK / "old.html").write_text("of an earlier pack")
    (docs / BOOK / "index.html").write_text("spoilt")
    (docs / "own.md").write_text("somebody's")
    assert stale(pack, docs) == [f"{BOOK}/index.html", f"{BOOK}/old.html"]
    assert write(pack, docs) == [f"{BOOK}/index.html", f"{BOOK}/old.html"]
    assert stale(pack, docs) == [] and (docs / "own.md").is_file()


def test_the_command_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["docs", str(FIXTURE), "--target", str(tmp_path)]
    assert main([*command, "--dry-run"]) == 1
    assert not list(tmp_path.iterdir())
    assert main(command) == 0
    assert "questions.svg" in capsys.readouterr().out
    assert main([*command, "--dry-run"]) == 0
