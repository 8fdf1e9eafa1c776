"""Every language says the same: placeholders, paragraphs, list items, figures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from knowledge.checking.finding import Finding
from knowledge.checking.shown import shown_texts
from knowledge.load import LANGUAGE_NAMES
from knowledge.pack import PLACEHOLDER, Pack

CHINESE = re.compile(r"[\u3400-\u9fff]")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
LETTER = re.compile(r"[^\W\d_]")
#: Languages that are written with Chinese characters.
HAN_WRITTEN = ("zh", "ja", "yue")
#: How a line of a list begins.
LIST_ITEM = re.compile(
    r"^\s*(?:[-•*·]\s|\(?\d{1,2}[.、)）](?!\d)|[①-⑳]|[一二三四五六七八九十]{1,2}、)", re.MULTILINE
)
#: The number of an item inside a paragraph: one language counts 一、二、, the other 1. 2.
ORDINAL = re.compile(r"(?<![\d.])\b\d[.、)](?=\s|[\u4e00-\u9fff])")


def findings(pack: Pack) -> Iterator[Finding]:
    """Every rule of this file."""
    yield from _placeholders(pack)
    yield from _languages(pack)
    yield from _figures(pack)


def _placeholders(pack: Pack) -> Iterator[Finding]:
    for field, text, use in shown_texts(pack):
        if use == "dialogue":  # filled with more than contacts: see rasa_project/dialogue.py
            continue
        document = re.match(r"documents\[(.+?)\]\.body$", field)
        declared = pack.documents[document.group(1)].fields if document else {}
        used = {language: set(PLACEHOLDER.findall(text[language])) for language in text}
        for language, names in used.items():
            for name in sorted(names):
                if name not in pack.contacts and name not in declared:
                    what = "no declared field and no contact" if document else "no contact of contacts.yml"
                    yield f"{field}.{language}", f"{{{name}}} is {what}", "error"
            if re.search(r"[{}]", PLACEHOLDER.sub("", text[language])):
                yield f"{field}.{language}", "has a brace that is no placeholder; write {contact_id}", "error"
        everything = set().union(*used.values())
        for language, names in used.items():
            for name in sorted(everything - names):
                yield (
                    f"{field}.{language}",
                    f"{{{name}}} is in another language only; add it here too",
                    "error",
                )
        if document:
            at = field.removesuffix(".body")
            for name in declared:
                if name not in everything:
                    yield f"{at}.fields.{name}", "is not used in the body; use it or remove it", "warning"
                if name in pack.contacts:
                    yield f"{at}.fields.{name}", "has the name of a contact; give it another name", "error"


def _languages(pack: Pack) -> Iterator[Finding]:
    """Untranslated texts, and texts whose paragraphs or list items do not match."""
    for field, text, use in shown_texts(pack):
        zh = text.get("zh", "")
        if use != "name" and not CHINESE.search(zh) and len(LATIN_WORD.findall(PLACEHOLDER.sub("", zh))) > 2:
            yield f"{field}.zh", "is not in Chinese; translate it", "error"
        first = next(iter(text))
        for language, words in text.items():
            name = LANGUAGE_NAMES.get(language, language)
            chinese = CHINESE.findall(words)
            if language not in HAN_WRITTEN and len(chinese) > len(LETTER.findall(words)) - len(chinese):
                yield f"{field}.{language}", f"is not in {name}; translate it", "error"
            if use == "name":
                continue
            of_first = f"as the {LANGUAGE_NAMES.get(first, first)} text; make them the same"
            if len(words.split("\n")) != len(text[first].split("\n")):
                yield f"{field}.{language}", f"has not as many paragraphs {of_first}", "error"
            elif len(LIST_ITEM.findall(words)) != len(LIST_ITEM.findall(text[first])):
                yield f"{field}.{language}", f"has not as many list items {of_first}", "error"


def _figures(pack: Pack) -> Iterator[Finding]:
    """A digit that was changed in one language only. Words may stand for digits, so it is a warning."""
    for field, text, use in shown_texts(pack):
        if use == "name":
            continue
        held = {language: _numbers(words) for language, words in text.items()}
        everything = set().union(*held.values())
        for language, numbers in held.items():
            for number in sorted(everything - numbers):
                said = f"{number} is in another language only; make them the same"
                yield f"{field}.{language}", said, "warning"


#: What one language writes in words where the other has digits: number, how the other says it.
IN_WORDS = {
    "24": re.compile(r"day and night|round the clock|全天|昼夜|日夜", re.IGNORECASE),
    "30": re.compile(r"half an hour|半小时", re.IGNORECASE),
    "100": re.compile(r"百分百|百分之百"),
}


def _numbers(words: str) -> set[str]:
    plain = ORDINAL.sub(" ", PLACEHOLDER.sub(" ", LIST_ITEM.sub(" ", words)))
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", unicodedata.normalize("NFKC", plain))
    said = {number for number, pattern in IN_WORDS.items() if pattern.search(plain)}
    found = re.findall(r"(\d+(?:\.\d+)?)(万)?", plain)
    return said | {f"{float(number) * 10000:.10g}" if wan else number for number, wan in found}
