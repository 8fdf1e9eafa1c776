"""The pages as the server sends them: complete without script, from the pack, and safe to show."""

import gzip
from html.parser import HTMLParser
from shutil import copytree

import pytest

from rasa_project import places
from rasa_project.channels.http import SECURITY_HEADERS
from rasa_project.channels.pages import FOREVER, TEMPLATES, emergency_html, load_pages

VOID = {"meta", "link", "img", "br", "input", "hr"}


class Reader(HTMLParser):
    """Collects tags and fails on a page whose tags do not match."""

    def __init__(self):
        super().__init__()
        self.tags, self.open = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


def read(html):
    reader = Reader()
    reader.feed(html)
    assert not reader.open
    return reader


@pytest.fixture(scope="module")
def pages(pack):
    return load_pages(places.ROOT / "rasa_project" / "web", pack)


def test_the_emergency_part_has_everything_in_order(pack):
    for language in pack.languages:
        html = emergency_html(pack, language)
        page = read(html)
        assert [li["data-contact"] for li in page.all("li") if "data-contact" in li] == list(
            pack.emergency.values()
        )
        assert len([li for li in page.all("li") if "data-contact" not in li]) == len(pack.first_aid)
        assert [a["href"] for a in page.all("a")] == [
            "tel:999-1".replace("-", ""),
            "https://advice.example/start",
            "tel:9992",
        ]
        assert "{" not in html
        # Text of the pack is text, never markup.
        assert "<b>" not in html and "&lt;b&gt;" in html and "999 &lt;2&gt;" in html


@pytest.mark.parametrize("name", ["chat", "emergency"])
def test_every_page_speaks_every_language_its_own_first(name, pages, pack):
    for language, file in getattr(pages, name).items():
        html = file.body.decode()
        page = read(html)
        assert page.all("html")[0]["lang"] == language
        sections = [s["data-emergency"] for s in page.all("section") if "data-emergency" in s]
        assert sections == [language, *(x for x in pack.languages if x != language)]
        assert "<!--emergency-->" not in html and "<!--language-->" not in html


@pytest.mark.parametrize("name", ["chat", "emergency"])
def test_pages_keep_to_the_content_security_policy(name, pages):
    for file in getattr(pages, name).values():
        page = read(file.body.decode())
        assert not page.all("style")
        for tag, attrs in page.tags:
            assert "style" not in attrs
            assert not any(a.startswith("on") for a in attrs)
            if tag == "script":
                assert attrs["src"].startswith("static/")
            if tag == "link":
                assert attrs["href"].startswith("static/")


def test_the_console_holds_the_crisis_protocol_and_keeps_to_the_policy(pages, pack):
    for language, file in pages.staff.items():
        html = file.body.decode()
        page = read(html)
        sections = [s["data-crisis"] for s in page.all("section") if "data-crisis" in s]
        assert sections == [language, *(x for x in pack.languages if x != language)]
        assert "<!--" not in html.partition("<html")[2]
        assert not page.all("style") and not any("style" in attrs for _, attrs in page.tags)
        assert {attrs["src"].rpartition("/")[0] for attrs in page.all("script")} == {"/chat/static/staff"}
        named = [a.get("href") or a.get("src") for t in ("link", "script") for a in page.all(t)]
        assert all(address.removeprefix("/chat/static/") in pages.static for address in named)


def test_the_emergency_page_needs_no_script(pages):
    assert not any(read(f.body.decode()).all("script") for f in pages.emergency.values())


def test_every_file_a_page_names_is_served(pages):
    for file in (*pages.chat.values(), *pages.emergency.values()):
        page = read(file.body.decode())
        named = [a.get("href") or a.get("src") for t in ("link", "script", "img") for a in page.all(t)]
        for address in named:
            found, cache = pages.file(address.removeprefix("static/"))
            assert found is not None and cache == FOREVER, address


def test_what_a_page_names_is_kept_for_ever_and_nothing_else(pages):
    assert pages.file(f"{pages.version}/steady.css") == (pages.static["steady.css"], FOREVER)
    # A page that was open while the server changed still gets the rest of itself.
    assert pages.file("0123456789ab/steady.css") == (pages.static["steady.css"], "no-cache")
    assert pages.file("steady.css") == (pages.static["steady.css"], "no-cache")
    assert pages.file(f"{pages.version}/{pages.version}/steady.css")[0] is None
    assert pages.file(f"{pages.version}/chat.html")[0] is None


def test_another_content_has_another_address(pages, pack, tmp_path):
    folder = places.ROOT / "rasa_project" / "web"
    copytree(folder, tmp_path / "web")
    assert load_pages(tmp_path / "web", pack).version == pages.version
    (tmp_path / "web" / "js" / "dom.js").write_text("export const h = 1;\n", encoding="utf-8")
    assert load_pages(tmp_path / "web", pack).version != pages.version


def test_templates_and_other_files_are_not_served(pages):
    assert pages.static
    for name, file in pages.static.items():
        assert not name.endswith(".html") and ".." not in name and not name.startswith("/")
        assert file.content_type
    assert pages.static["js/widget.js"].content_type.startswith("text/javascript")


def test_a_browser_that_has_the_file_is_told_so(pages):
    file = pages.static["steady.css"]
    assert file.response(None).status == 200
    assert file.response(f'"other", {file.etag}').status == 304
    assert file.response('"other"').status == 200


def test_the_policy_allows_no_foreign_and_no_inline_code():
    policy = SECURITY_HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy and "*" not in policy and "http" not in policy
    assert policy.startswith("default-src 'none'")


def test_a_file_is_compressed_only_for_who_can_read_it(tmp_path):
    for name in TEMPLATES:
        (tmp_path / name).write_text("x", encoding="utf-8")
    for name in ("a.css", "steady.css", "embed.js"):
        (tmp_path / name).write_text("p{}" * 500, encoding="utf-8")
    languages = type("Empty", (), {"languages": ()})()
    file = load_pages(tmp_path, languages).static["a.css"]
    plain, packed = file.response(None), file.response(None, "br, gzip;q=0.8")
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.body) < len(plain.body)
    assert gzip.decompress(packed.body) == plain.body
    assert file.response(file.etag, "gzip").status == 304
