"""Sources nobody could verify carry no rule, no deadline, no figure and no link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from knowledge.checking.finding import Finding
from knowledge.pack import SHOWABLE, Pack, Source, Text

#: Sources that may be linked: the publisher itself is the host. Swindlers often take over reprint hosts.
LINKABLE = ("official", "law", "community")

#: Words that state a rule of law or of an institution.
STATES_A_RULE = {
    "zh": re.compile(
        r"第\s*\d+\s*条|依法|依据|法律|规定|按照.{0,8}法|有权|工作日"
        r"|\d+\s*个?(?:小时|天|日|月|年)[之以]?内"
    ),
    "en": re.compile(
        r"\b(articles?|art\.)\s*\d|\bby law\b|\bthe law\b|\blegally\b|\bregulations?\b"
        r"|\brules? (?:says?|requires?)\b|\bentitled\b|\bright to\b|\bworking days?\b"
        r"|\bwithin \d+ (?:working )?(?:hours?|days?|months?|years?)\b",
        re.IGNORECASE,
    ),
}
#: A number with what it counts. Such a figure is a fact of its own: 7 days are not 1 day.
FIGURE = {
    "zh": re.compile(
        r"第\s*(\d+)\s*条"
        r"|(\d[\d,.]*)\s*(?:个?(?:工作日|小时|分钟|秒|天|日|月|年|星期|周)|倍|万?元|[%％])"
    ),
    "en": re.compile(
        r"\b(?:articles?|art\.)\s*(\d+)|\b(\d[\d,.]*)[ -](?:working )?"
        r"(?:hours?|minutes?|seconds?|days?|weeks?|months?|years?|times|yuan|rmb|cny)\b",
        re.IGNORECASE,
    ),
}
#: "After 30 minutes you can still report" denies a limit; the figure rests on nothing and needs nothing.
DENIES_A_LIMIT = {
    "zh": re.compile(r"(?<!不)(过了|超过|错过).*(也|都|仍|还|不晚)|没有哪条规定|不晚"),
    "en": re.compile(r"\b(even|still|no rule|not too late|never too late)\b", re.IGNORECASE),
}
SENTENCE = re.compile(r"[。！？；\n]|[.!?;](?=\s|$)")


def findings(pack: Pack) -> Iterator[Finding]:
    """Every rule of this file."""
    yield from _sources(pack)
    for step in pack.steps.values():
        texts = {"title": step.title, "body": step.body, "why": step.why, "staff": step.staff}
        texts |= {"deadline": step.deadline} if step.deadline else {}
        texts |= {f"limits[{i}].text": limit.text for i, limit in enumerate(step.limits)}
        yield from _rests_on(pack, f"steps[{step.id}]", step.sources, texts)
    for faq in pack.faq.values():
        yield from _rests_on(pack, f"faq[{faq.id}]", faq.sources, {"answer": faq.answer})
    for flag in pack.red_flags.values():
        yield from _rests_on(pack, f"red_flags[{flag.id}]", flag.sources, {"explanation": flag.explanation})
    for contact in pack.contacts.values():
        parts = {"where": contact.where, "hours": contact.hours, "note": contact.note}
        said = {name: text for name, text in parts.items() if text is not None}
        yield from _rests_on(pack, f"contacts[{contact.id}]", contact.sources, said)


def _sources(pack: Pack) -> Iterator[Finding]:
    for source in pack.sources.values():
        at = f"sources[{source.id}]"
        if source.url and source.confidence not in LINKABLE:
            yield f"{at}.url", f"a {source.confidence} source is never linked; remove the url", "error"
        for name, text in (("title", source.title), ("url", source.url or ""), *source.claim.items()):
            if "[.]" in text:
                where = f"{at}.{name}" if name in ("title", "url") else f"{at}.claim.{name}"
                yield where, "holds the address of a dangerous site; leave it out of the pack", "error"


def _rests_on(pack: Pack, at: str, sources: Iterable[str], texts: dict[str, Text]) -> Iterator[Finding]:
    known = [pack.sources[s] for s in sources if s in pack.sources]
    good = [source for source in known if source.confidence in SHOWABLE]
    if known and not good:
        rules = list(_rules_from_memory(at, texts))
        yield from rules
        if not rules and at.startswith(("steps[", "faq[")):
            yield f"{at}.sources", "all are of low confidence; make sure the text states no rule", "warning"
    for name, text in texts.items():
        for language in FIGURE:
            for said, number in _figures(text.get(language, ""), language):
                if known and not _says(good, number):
                    advice = "correct it, or cite the source that says it"
                    message = f"`{said}` stands in no showable claim of {', '.join(sources)}; {advice}"
                    yield f"{at}.{name}.{language}", message, "error"


def _rules_from_memory(at: str, texts: dict[str, Text]) -> Iterator[Finding]:
    for name in texts:
        if name == "deadline" or name.startswith("limits["):
            message = "rests only on sources of low confidence; a deadline needs a rule"
            yield f"{at}.{name}", message, "error"
    for name, text in texts.items():
        for language, pattern in STATES_A_RULE.items():
            found = pattern.search(text.get(language, ""))
            if found:
                message = f"`{found.group()}` states a rule, but every source is of low confidence"
                yield f"{at}.{name}.{language}", message, "error"


def _figures(words: str, language: str) -> Iterator[tuple[str, str]]:
    """Each figure as written and its number without thousands separators."""
    for sentence in SENTENCE.split(words):
        if not DENIES_A_LIMIT[language].search(sentence):
            for match in FIGURE[language].finditer(sentence):
                number = next(group for group in match.groups() if group)
                yield match.group(), number.replace(",", "").rstrip(".")


def _says(sources: Iterable[Source], number: str) -> bool:
    """Whether a claim, in any language, holds ``number`` as a whole number."""
    whole = re.compile(rf"(?<![\d.]){re.escape(number)}(?!\d)")
    return any(whole.search(claim.replace(",", "")) for source in sources for claim in source.claim.values())
