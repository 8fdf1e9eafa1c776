"""The settings of a hotline: mistakes named by file, line and field; its number, said when asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.load import PackError
from knowledge.pack import Pack
from knowledge.store import open_pack
from rasa_project import packs
from rasa_project.channels.nlg import HUMAN, HotlineNLG
from rasa_project.dialogue import domain_responses
from rasa_project.staff import hotline

GOOD = hotline.DEFAULT.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return open_pack(packs.ensure_pack())


def changed(tmp_path: Path, old: str, new: str) -> Path:
    assert old in GOOD
    file = tmp_path / "hotline.yml"
    file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    return file


def test_the_file_that_comes_with_us_is_good_and_has_no_number(pack: Pack) -> None:
    loaded = hotline.load(hotline.DEFAULT, pack)
    assert loaded.phone is None and loaded.contact("zh") is None and loaded.dispositions


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("  en: Fraud help line\n", "", "name.en"),
        ("dispositions:\n", "disposition:\n", "disposition"),
        ('# phone: "…"', "phone: call us", "phone"),
        ('# phone: "…"', 'phone: "{wrong}"', "phone"),
        ("  - id: passed_on", "  - id: plan_given", "dispositions[plan_given]"),
        ("  - id: passed_on", "  - id: Passed On", "dispositions[Passed On].id"),
        ('# hours: {zh: 每天 9:00-21:00, en: "Every day, 9:00-21:00"}', "hours: always", "hours"),
    ],
)
def test_a_mistake_is_named_with_its_file_line_and_field(
    tmp_path: Path, pack: Pack, old: str, new: str, field: str
) -> None:
    file = changed(tmp_path, old, new.replace("{wrong}", pack.never_show[0].number))
    with pytest.raises(PackError) as caught:
        hotline.load(file, pack)
    problem = next(p for p in caught.value.problems if p.field == field)
    assert problem.file == "hotline.yml" and problem.line > 0
    if field == "phone":
        assert file.read_text(encoding="utf-8").splitlines()[problem.line - 1].startswith("phone")


@pytest.mark.parametrize("audience", ["victim", "staff"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_who_asks_for_a_person_is_told_the_number_if_there_is_one(
    tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch, language: str, audience: str
) -> None:
    slots = {"language": language, "audience": audience}

    def said() -> dict[str, object]:
        generator = HotlineNLG(pack=pack)
        generator.responses = domain_responses()
        response = generator.generate_from_slots(HUMAN, slots, "web")
        assert response is not None
        return response

    without = said()
    file = changed(tmp_path, '# phone: "…"', 'phone: "400 000 0000"')
    monkeypatch.setenv("STEADY_HOTLINE", str(file))
    named = said()
    if audience == "staff":
        assert named == without
        return
    assert "400 000 0000" in str(named["text"]) and str(named["text"]).endswith(str(without["text"]))
    assert named["custom"]["contacts"][0]["phone"] == "400 000 0000"
    assert named["custom"]["kind"] == without["custom"]["kind"]
