"""What another site loads to carry the conversation: one script, and a sheet for its shadow root."""

from __future__ import annotations

import json
import re
from typing import Any

from knowledge import cards, labels
from knowledge.pack import Pack

HELP_MARK = "/*help*/{}"
_REM = re.compile(r"(?<![\w.-])(-?\d*\.?\d+)rem\b")
_AT_RULE = re.compile(r"@media ([^{]+)\{")
#: Conditions on the window; inside another page only the size of our own panel counts.
_WINDOW = re.compile(r"\((?:min|max)-(?:width|height)")
_DYNAMIC = re.compile(r"\b(\d+)dvh\b")
PIXELS = 16


def embed_sheet(css: str) -> str:
    """The page's sheet for a shadow root in somebody else's page.

    ``rem`` is the host page's, so it becomes a multiple of our own ``--rem``; conditions on the window
    become conditions on the panel (``:host`` is the container).
    """
    parts = []
    last = 0
    for found in _AT_RULE.finditer(css):
        parts.append(_own_rem(css[last : found.start()]))
        condition = _REM.sub(lambda m: f"{float(m[1]) * PIXELS:g}px", found[1])
        parts.append(f"@{'container' if _WINDOW.search(condition) else 'media'} {condition}{{")
        last = found.end()
    parts.append(_own_rem(css[last:]))
    return "".join(parts)


def _own_rem(rules: str) -> str:
    return _REM.sub(r"calc(\1 * var(--rem))", rules)


def embed_script(template: str, pack: Pack) -> str:
    """The script with the emergency help of the pack in it: it must be there when the server is not."""
    data = json.dumps(emergency_help(pack), ensure_ascii=False, separators=(",", ":"))
    # Inside a script these would end the line or the element.
    safe = data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return template.replace(HELP_MARK, safe)


def emergency_help(pack: Pack) -> dict[str, Any]:
    """language -> name, title, intro, first steps, warning of the second fraud, contacts: plain texts."""

    def say(phrase: str, language: str) -> str:
        return pack.fill(pack.phrases[phrase], language)

    return {
        language: {
            "name": labels.language_name(language, pack),
            "title": say("emergency_title", language),
            "intro": say("emergency_intro", language),
            "steps": [pack.fill(text, language) for text in pack.first_aid],
            "warning": say("recovery_warning", language),
            "contacts": cards.emergency_card(pack, language)["contacts"],
        }
        for language in pack.languages
    }
