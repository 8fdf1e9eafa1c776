"""What a page shows: its text as a person sees it, whether a number is there, and which others are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from html.parser import HTMLParser

from knowledge.checking.finding import digits
from knowledge.checking.lookalikes import one_edit

#: What is on the page and not seen.
UNSEEN = ("script", "style", "template", "noscript")
#: What begins a new piece of text; anything else (b, span, a) may stand inside a number.
BLOCK = re.compile(
    r"(?:address|article|aside|blockquote|br|button|dd|div|dl|dt|footer|form|h[1-6r]|header|li|main|nav|ol|option"
    r"|p|pre|section|select|table|td|th|tr|ul|title)$"
)
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
#: What may stand between two digits of one number.
BETWEEN = r"[ \t()\u2010-\u2015.·-]{0,2}"
NUMBER = re.compile(
    r"(?<![\d.,:/])\+?\d(?:[ ()-]{0,2}\d){2,13}(?![\d.,:/]?\d|\s*[年月日%元万岁名人次条号楼])"
)
YEAR = re.compile(r"(?:19|20)\d\d(?:\d{4})?$")
#: How far from the owner's name another number counts as its number, in characters.
NEAR = 60


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in UNSEEN
        self.parts.append("\n" if BLOCK.match(tag) else "")
        for name, value in attrs:
            if value and (name == "alt" or (name == "href" and value.lower().startswith("tel:"))):
                self.parts.append(f"\n{value}\n")

    def handle_endtag(self, tag: str) -> None:
        self.unseen = max(0, self.unseen - (tag in UNSEEN))
        self.parts.append("\n" if BLOCK.match(tag) else "")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(data)


def text_of(html: str) -> str:
    """The text of a page as it is read: tags gone, full-width digits plain, invisible signs gone."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    text = INVISIBLE.sub("", unicodedata.normalize("NFKC", "".join(parser.parts)))
    return re.sub(r"[ \t\xa0]+", " ", re.sub(r"\s*\n\s*", "\n", text)).strip()


def shows(text: str, phone: str) -> bool:
    """Whether ``phone`` stands in ``text`` as a whole number, however it is grouped."""
    return any(_stands(form, text) for form in _written_forms(phone))


def _stands(form: str, text: str) -> bool:
    # "1 10" is not 110, "400-820 1234" is 4008201234.
    between = BETWEEN if len(form) >= 5 else ""
    return re.search(rf"(?<!\d){between.join(form)}(?!\d)", text) is not None


def _written_forms(phone: str) -> tuple[str, ...]:
    """The digits, and for +86-10-12308 also the way it is written at home: 010-12308."""
    rest = phone.partition("-")[2]
    if phone.startswith("+") and rest:
        return digits(phone), digits(rest), "0" + digits(rest)
    return (digits(phone),)


def others_near(text: str, phone: str, names: Iterable[str]) -> list[str]:
    """Numbers that stand where ``phone`` was expected: beside an owner's name, or one slip away from it."""
    wanted = digits(phone)
    places = [m.start() for name in names for m in re.finditer(re.escape(name), text, re.IGNORECASE)]
    found: list[str] = []
    for match in NUMBER.finditer(text):
        number = digits(match.group())
        if number == wanted or YEAR.match(number):
            continue
        near = any(abs(match.start() - place) <= NEAR for place in places)
        if (near or (len(wanted) >= 5 and one_edit(number, wanted))) and match.group() not in found:
            found.append(match.group())
    return found[:5]
