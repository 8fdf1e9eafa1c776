"""The pages and their files: templates filled from the pack once, at start, and kept in memory."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from sanic.response import HTTPResponse

from knowledge import cards, labels
from knowledge.pack import Contact, Pack
from rasa_project.channels.embed import embed_script, embed_sheet
from rasa_project.channels.joined import join

CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
#: The modules that pages load, each sent with all that it imports.
ENTRIES = frozenset({"widget.js", "my-plan.js", "papers.js"})
TEMPLATES = ("chat.html", "emergency.html", "document.html", "staff.html")
#: Which document a page of document.html loads.
DOCUMENT_MARK = "<!--document-->"
LANGUAGE_MARK, EMERGENCY_MARK = "<!--language-->", "<!--emergency-->"
LANGUAGES_MARK, LINKS_MARK = "<!--languages-->", "<!--links-->"
CRISIS_MARK = "<!--crisis-->"
#: A page asks for its files below a folder named after what is in them, so a browser never asks again.
STATIC = '"static/'
VERSION = re.compile(r"^[0-9a-f]{12}/")
FOREVER = "public, max-age=31536000, immutable"
#: What a browser is told of a language, where its code alone does not choose the right letters.
LANG_TAGS = {"zh": "zh-CN"}


@dataclass(frozen=True)
class File:
    """What is sent for one address."""

    body: bytes
    content_type: str
    etag: str
    #: The same, compressed once at start: a first visit may come over a weak network.
    packed: bytes

    def response(
        self, if_none_match: str | None, accept_encoding: str | None = None, cache: str = "no-cache"
    ) -> HTTPResponse:
        """The file, compressed where the browser says it may be, or 304 when it has this very one."""
        headers = {
            "Cache-Control": cache,
            "ETag": self.etag,
            "Vary": "Accept-Language, Accept-Encoding",
        }
        if if_none_match and self.etag in (t.strip() for t in if_none_match.split(",")):
            return HTTPResponse(status=304, headers=headers)
        offered = {part.partition(";")[0].strip().lower() for part in (accept_encoding or "").split(",")}
        if "gzip" not in offered:
            return HTTPResponse(self.body, 200, headers, content_type=self.content_type)
        headers["Content-Encoding"] = "gzip"
        return HTTPResponse(self.packed, 200, headers, content_type=self.content_type)


@dataclass(frozen=True)
class Pages:
    """language -> page, and the name below static/ -> file."""

    chat: Mapping[str, File]
    emergency: Mapping[str, File]
    my_plan: Mapping[str, File]
    papers: Mapping[str, File]
    #: The console of hotline staff.
    staff: Mapping[str, File]
    static: Mapping[str, File]
    #: The folder below static/ that pages name; 12 hexadecimal digits.
    version: str
    #: The script that other sites load.
    embed: File

    def file(self, name: str) -> tuple[File | None, str]:
        """A file below static/ and how long it may be kept: for ever where the address names its content.

        Under the folder of another version it is what there is now: a page that was open while the server
        changed still loads the rest of itself.
        """
        bare = VERSION.sub("", name)
        return self.static.get(bare), FOREVER if name == f"{self.version}/{bare}" else "no-cache"


def load_pages(folder: Path, pack: Pack) -> Pages:
    """Every page in every language, and every file of ``folder`` that is no template."""
    static = {
        path.relative_to(folder).as_posix(): _file(path.read_bytes(), path.suffix)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in CONTENT_TYPES and path.suffix != ".html"
    }
    modules = {name[3:]: file.body.decode() for name, file in static.items() if name.startswith("js/")}
    for entry in modules.keys() & ENTRIES:
        static[f"joined/{entry}"] = _file(join(modules, entry).encode(), ".js")
    static["embed.css"] = _file(embed_sheet((folder / "steady.css").read_text("utf-8")).encode(), ".css")
    embed = static.pop("embed.js").body.decode()
    content = "".join(f"{name}{file.etag}" for name, file in static.items())
    version = hashlib.sha256(content.encode()).hexdigest()[:12]
    chat, emergency, document, staff = (
        (folder / name).read_text("utf-8").replace(STATIC, f"{STATIC}{version}/") for name in TEMPLATES
    )

    def in_every_language(template: str) -> dict[str, File]:
        return {
            language: _file(fill_page(template, pack, language).encode(), ".html")
            for language in pack.languages
        }

    script = _file(embed_script(embed, pack).encode(), ".js")
    return Pages(
        chat=in_every_language(chat),
        emergency=in_every_language(emergency),
        my_plan=in_every_language(document.replace(DOCUMENT_MARK, "my-plan")),
        papers=in_every_language(document.replace(DOCUMENT_MARK, "papers")),
        staff=in_every_language(staff),
        static=static,
        version=version,
        embed=script,
    )


def fill_page(template: str, pack: Pack, language: str) -> str:
    """A page in ``language``, with the emergency part in every language, this one first."""
    languages = [language, *(other for other in pack.languages if other != language)]
    emergency = "\n".join(emergency_html(pack, each) for each in languages)
    names = ",".join(f"{each}={labels.language_name(each, pack)}" for each in pack.languages)
    links = "\n".join(
        f'    <a href="./?lang={each}" lang="{LANG_TAGS.get(each, each)}">'
        f"{escape(labels.label('open_conversation', pack, each))}</a>"
        for each in pack.languages
    )
    filled = template.replace(LANGUAGE_MARK, language).replace(EMERGENCY_MARK, emergency)
    if CRISIS_MARK in template:
        filled = filled.replace(CRISIS_MARK, "\n".join(crisis_html(pack, each) for each in languages))
    return filled.replace(LANGUAGES_MARK, escape(names)).replace(LINKS_MARK, links)


def emergency_html(pack: Pack, language: str) -> str:
    """The emergency part as HTML: title, intro, first steps, the warning of the second fraud, contacts."""

    def say(phrase: str) -> str:
        return escape(pack.fill(pack.phrases[phrase], language))

    steps = "".join(f"<li>{escape(pack.fill(text, language))}</li>" for text in pack.first_aid)
    contacts = "".join(_contact_html(pack.contacts[i], language) for i in pack.emergency.values())
    return (
        f'<section class="emergency" lang="{language}" data-emergency="{language}">\n'
        f"<h2>{say('emergency_title')}</h2>\n"
        f'<p class="emergency-intro">{say("emergency_intro")}</p>\n'
        f'<ol class="first-aid">{steps}</ol>\n'
        f'<p class="recovery-warning">{say("recovery_warning")}</p>\n'
        f'<ul class="contacts">{contacts}</ul>\n'
        "</section>"
    )


def crisis_html(pack: Pack, language: str) -> str:
    """What is said to a caller who may not be safe, and whom to call: in the page before any script."""
    card = cards.warning_card("crisis", pack, language)
    contacts = "".join(_contact_html(pack.contacts[c["id"]], language) for c in card["contacts"])
    line = f'<p class="crisis-line">{escape(card["text"])}</p>\n' if "text" in card else ""
    return (
        f'<section class="crisis" lang="{language}" data-crisis="{language}">\n{line}'
        f'<ul class="contacts">{contacts}</ul>\n'
        "</section>"
    )


def _contact_html(value: Contact, language: str) -> str:
    shown = cards.contact(value, language)
    name = f'<span class="contact-name">{escape(shown["name"])}</span>'
    reach = escape(shown.get("phone") or shown.get("url") or shown.get("where") or "")
    way = f'{name}<span class="contact-reach">{reach}</span>'
    if "phone" in shown:
        dial = "".join(c for c in shown["phone"] if c.isdigit() or c in "+*#")
        way = f'<a href="tel:{dial}">{way}</a>'
    elif "url" in shown:
        way = f'<a href="{reach}" rel="noopener noreferrer">{way}</a>'
    notes = "".join(
        f'<p class="contact-note">{escape(shown[n])}</p>' for n in ("hours", "note") if n in shown
    )
    return f'<li class="contact" data-contact="{value.id}">{way}{notes}</li>'


def _file(body: bytes, suffix: str) -> File:
    etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    return File(body, CONTENT_TYPES[suffix], etag, gzip.compress(body, mtime=0))
