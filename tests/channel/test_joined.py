"""Modules joined into one file: what they need comes first, and what is not understood is refused."""

import subprocess
from shutil import which

import pytest

from rasa_project import places
from rasa_project.channels.joined import CannotJoin, join
from rasa_project.channels.pages import ENTRIES

MODULES = {
    "main.js": "// A page.\nimport { one, two as second } from './parts.js';\nimport './effect.js';\n\n"
    "/** Later. */\nexport async function run() {\n  const { late } = await import('./late.js');\n"
    "  return [one, second(), late];\n}\nglobalThis.result = run();\n",
    "parts.js": "import { late } from './late.js';\nexport const one = late + 1; // stays\n"
    "export function two() {\n  return 'http://x//y';\n}\n",
    "late.js": "export const late = 0;\n",
    "effect.js": "globalThis.effect = true;\n",
}


def test_every_module_is_there_once_and_after_what_it_needs() -> None:
    joined = join(MODULES, "main.js")
    order = [joined.index(f"const ${name} = ") for name in ("late", "parts", "effect", "main")]
    assert order == sorted(order)
    assert joined.count("const $late = ") == 1
    assert "import " not in joined and "export " not in joined
    assert "A page." not in joined and "Later." not in joined and "// stays" in joined
    assert "'http://x//y'" in joined


@pytest.mark.skipif(which("node") is None, reason="no node; the browser tests run the real pages")
def test_it_does_what_the_modules_do() -> None:
    script = join(MODULES, "main.js") + "console.log(JSON.stringify([await result, globalThis.effect]));\n"
    done = subprocess.run(
        ["node", "--input-type=module"], input=script, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == '[[1,"http://x//y",0],true]'


@pytest.mark.parametrize(
    "source",
    [
        "import * as all from './late.js';\n",
        "import late from './late.js';\n",
        "import { late } from 'https://elsewhere.example/late.js';\n",
        "export default 1;\n",
        "export let changing = 1;\n",
        "export { late } from './late.js';\n",
        "await fetch('x');\n",
        "const later = import(name);\n",
        "import { main } from './main.js';\n",
    ],
)
def test_what_it_does_not_know_is_refused(source: str) -> None:
    with pytest.raises(CannotJoin):
        join({"main.js": f"import './other.js';\n{source}", "other.js": source, "late.js": ""}, "main.js")


def test_a_module_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError):
        join({"main.js": "import './gone.js';\n"}, "main.js")


@pytest.mark.parametrize("entry", sorted(ENTRIES))
def test_our_own_modules_can_be_joined(entry: str) -> None:
    folder = places.ROOT / "rasa_project" / "web" / "js"
    modules = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.js")}
    assert f"const ${entry.removesuffix('.js').replace('-', '_')} = " in join(modules, entry)
