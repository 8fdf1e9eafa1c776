"""A page's modules as one file: on a weak network each request costs a round trip and half a kilobyte.

Every module becomes a function that runs once and gives what the module exports, after those that it needs.
Comments with lines of their own are left out. Only the forms of import and export that our modules have are
known: anything else stops the server at its start, not the page of somebody in need.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_IMPORT = re.compile(r"^import (?:\{([^}]*)\} from )?'\./([\w-]+\.js)';\n", re.M)
_LATER = re.compile(r"\bimport\('\./([\w-]+\.js)'\)")
_EXPORT = re.compile(r"^export ((?:async )?(?:function|const|class) (\w+))", re.M)
_UNKNOWN = re.compile(r"^(?:import|export)\b(?!\().*|\bimport\((?!\s*`|\s*new URL).*|^await\b.*", re.M)
_COMMENT = re.compile(r"^[ \t]*(?://.*|/\*\*(?:[^*]|\*(?!/))*\*/[ \t]*)\n", re.M)


class CannotJoin(Exception):
    """A module imports or exports in a form not known here, or modules need each other in a circle."""


def join(modules: Mapping[str, str], entry: str) -> str:
    """The module ``entry`` and all that it imports, now or later, as one module. ``modules``: name -> source.

    CannotJoin: see there. KeyError: an import of a module that is not in ``modules``.
    """
    parts: dict[str, str] = {}
    _add(modules, entry, parts, ())
    return "".join(parts.values())


def _add(modules: Mapping[str, str], name: str, parts: dict[str, str], needed_by: tuple[str, ...]) -> None:
    if name in needed_by:
        raise CannotJoin(f"{' imports '.join((*needed_by, name))}: in a circle")
    if name in parts:
        return
    source = _COMMENT.sub("", modules[name])
    for found in [*_IMPORT.finditer(source), *_LATER.finditer(source)]:
        _add(modules, found[found.re.groups], parts, (*needed_by, name))
    exports = [found[2] for found in _EXPORT.finditer(source)]
    body = _EXPORT.sub(r"\1", _LATER.sub(lambda m: f"Promise.resolve({_variable(m[1])})", source))
    body = _IMPORT.sub(_destructured, body)
    if unknown := _UNKNOWN.search(body):
        raise CannotJoin(f"{name}: {unknown[0]!r}")
    parts[name] = f"const {_variable(name)} = (() => {{\n{body}return {{ {', '.join(exports)} }};\n}})();\n"


def _destructured(found: re.Match[str]) -> str:
    parts = [part.strip().replace(" as ", ": ") for part in (found[1] or "").split(",")]
    names = ", ".join(filter(None, parts))
    return f"const {{ {names} }} = {_variable(found[2])};\n" if names else ""


def _variable(name: str) -> str:
    return "$" + name.removesuffix(".js").replace("-", "_")
