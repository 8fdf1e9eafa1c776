"""The made-up region of these tests: it builds, checks, comes back whole, and its mistakes are found."""

# ruff: noqa: E501 - a mutation a line reads best

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge import labels, regions
from knowledge.build import build
from knowledge.cards import case_card
from knowledge.case import CHOICES, LANGUAGES, LIST_FIELDS, Case
from knowledge.check import check
from knowledge.load import load
from knowledge.plan import report_step
from knowledge.reading.own_language import says_crisis, says_fraud, wanted_language
from knowledge.store import open_pack
from rasa_project import cli, packs, train
from rasa_project.components import pack_source
from rasa_project.dialogue import ESSENTIAL, domain_responses, errors, language_of, translated

PACKS = Path(__file__).parent / "packs"
XX = PACKS / "xx"


@pytest.fixture
def testland(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A copy of the region, chosen by the settings; what is built goes to a home of its own."""
    monkeypatch.setenv("STEADY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STEADY_REGION", "xx")
    monkeypatch.setenv("STEADY_PACKS", str(tmp_path / "packs"))
    yield Path(shutil.copytree(XX, tmp_path / "packs" / "xx"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_it_passes_the_check(testland: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check"]) == 0
    out = capsys.readouterr().out
    assert "fr 2" in out and "0 errors" in out
    assert "utter_why_amount" in out, "what is left in the fallback is listed"


def test_it_comes_back_whole_from_the_database_and_from_a_model(tmp_path: Path) -> None:
    pack = load(XX)
    assert pack.dialogue["fr"].fallback == "en"
    assert open_pack(build(XX, tmp_path / "xx.sqlite")) == pack
    assert pack_source.restore(pack_source.dump(pack)) == pack


def test_the_settings_decide_which_pack_is_built_read_and_trained(testland: Path) -> None:
    assert packs.ensure_pack().name == "xx.sqlite"
    assert open_pack(packs.database()).id == "xx"
    assert pack_source.read_files({}).id == "xx"
    before = train.inputs_hash()
    edit(testland / "platforms.yml", "zoopay", "zooopay")
    assert train.inputs_hash() != before


def test_the_words_of_this_region_do_not_train_another(
    testland: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_xx = train.inputs_hash()
    monkeypatch.delenv("STEADY_PACKS")
    monkeypatch.delenv("STEADY_REGION")
    assert train.inputs_hash() != of_xx
    assert pack_source.read_files({}).id == "cn"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("STEADY_REGION", "yy", "there: xx"),
        ("STEADY_REGION", "../xx", "small letters"),
        ("STEADY_REGION", "x/x", "small letters"),
        ("STEADY_PACKS", "nowhere", "no folder"),
    ],
)
def test_a_wrong_setting_is_named_with_what_there_is(
    testland: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(regions.NoSuchRegion, match=said):
        regions.directory()
    with pytest.raises(packs.PackInvalid, match=said):
        packs.ensure_pack()
    assert cli.main(["check"]) == 1


def test_a_pack_under_another_region_s_name_is_refused(testland: Path) -> None:
    edit(testland / "pack.yml", "id: xx", "id: zz")
    with pytest.raises(packs.PackInvalid, match="zz"):
        packs.ensure_pack()


#: file, what is there, what somebody makes of it, field of the problem
MUTATIONS = {
    "a text misses a language": ("contacts.yml", "fr: Zoupay, ", "", "contacts[zoupay].name.fr"),
    "a language too many": ("contacts.yml", "fr: Zoupay, ", "fr: Zoupay, de: Zoupay, ", "contacts[zoupay].name.de"),
    "a language without its dialogue": ("pack.yml", "[fr, en, zh]", "[fr, en, zh, de]", "pack.yml"),
    "a code in capitals": ("pack.yml", "[fr, en, zh]", "[FR, en, zh]", "languages[0]"),
    "a dialogue nobody speaks": ("dialogue_fr.yml", "- id: fr", "- id: de", "dialogue[de].id"),
    "a dialogue of a language of the domain": ("dialogue_fr.yml", "- id: fr", "- id: en", "dialogue[en].id"),
    "a label missing": ("dialogue_fr.yml", "      elapsed.days: Il y a quelques jours\n", "", "dialogue[fr].labels.elapsed.days"),
    "an unknown label": ("dialogue_fr.yml", "      elapsed.days:", "      elapsed.dais:", "dialogue[fr].labels.elapsed.dais"),
    "a label without its number": ("dialogue_fr.yml", "Le {police} est appelé", "Appelé", "dialogue[fr].labels.reported.called_110"),
    "an essential text missing": ("dialogue_fr.yml", "      utter_first_steps:", "      utter_frst_steps:", "dialogue[fr].responses.utter_first_steps"),
    "an unknown response": ("dialogue_fr.yml", "      utter_hello:", "      utter_helo:", "dialogue[fr].responses.utter_helo"),
    "a response without its number": ("dialogue_fr.yml", "appelez d’abord le {police}, puis revenez", "revenez", "dialogue[fr].responses.utter_greet"),
    "a response with a strange variable": ("dialogue_fr.yml", "Bonjour, je suis là.", "Bonjour {nom}.", "dialogue[fr].responses.utter_hello"),
    "a number typed into a response": ("dialogue_fr.yml", "Bonjour, je suis là.", "Bonjour, call 55501.", "dialogue[fr].responses.utter_hello.fr"),
    "a button without a title": ("dialogue_fr.yml", "      /not_now: Pas maintenant\n", "", "dialogue[fr].buttons./not_now"),
    "a button to nowhere": ("dialogue_fr.yml", "      /check_offer: Vérifier un message reçu\n", "      /check_offer: Vérifier un message reçu\n      /halt: Stop\n", "dialogue[fr].buttons./halt"),
    "too few crisis phrases": ("dialogue_fr.yml", "    crisis: [me suicider, suicide, me tuer, ", "    crisis: [me suicider]\n    labels_: [", "dialogue[fr].crisis"),
}  # fmt: skip


@pytest.mark.parametrize("mutation", MUTATIONS.values(), ids=MUTATIONS)
def test_every_mistake_in_its_languages_is_found(
    testland: Path, capsys: pytest.CaptureFixture[str], mutation: tuple[str, str, str, str]
) -> None:
    file, old, new, field = mutation
    edit(testland / file, old, new)
    assert cli.main(["check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(field in line and ": warning: " not in line for line in lines), lines


def test_a_pack_that_cannot_run_the_dialogue_is_not_served(testland: Path) -> None:
    edit(testland / "dialogue_fr.yml", "      utter_first_steps:", "      utter_frst_steps:")
    with pytest.raises(packs.PackInvalid, match="utter_first_steps"):
        packs.ensure_pack()
    assert not packs.database().exists()


def test_every_response_is_there_in_every_language_with_the_same_buttons() -> None:
    pack, responses = load(XX), domain_responses()
    for name, variations in translated(responses, pack).items():
        by_language = {language_of(v): v for v in variations}
        ours, theirs = by_language["fr"], by_language["en"]
        assert ours.get("custom") == theirs.get("custom")
        for button, other in zip(ours.get("buttons", []), theirs.get("buttons", []), strict=True):
            assert button["payload"] == other["payload"]
        assert ours.get("lang", "fr") == ("fr" if name in pack.dialogue["fr"].responses else "en")
        assert variations[: len(responses[name])] == responses[name], "the domain's own come first, unchanged"


def test_the_essential_responses_are_responses_and_hold_every_ending() -> None:
    assert set(ESSENTIAL) <= set(domain_responses())


def test_the_labels_are_in_the_languages_of_the_domain() -> None:
    spoken = {language_of(v) for variations in domain_responses().values() for v in variations}
    assert spoken - {None} == set(labels.LANGUAGES) == set(LANGUAGES)
    assert all(set(text) == set(labels.LANGUAGES) for text in labels.LABELS.values())


def test_no_word_of_the_domain_belongs_to_one_region() -> None:
    """What only one country has comes from its pack: contacts, apps, names of institutions."""
    cn = load(regions.directory("cn"))
    contacts = set(cn.contacts) - set(cn.emergency)
    for name, variations in domain_responses().items():
        for variation in variations:
            said = str(variation)
            assert not [contact for contact in contacts if f"{{{contact}}}" in said], name
            for word in ("Alipay", "WeChat", "支付宝", "微信", "China", "中国", "mainland", "大陆", "yuan"):
                assert word not in said, f"{name}: {word}"


def test_the_case_is_named_in_the_pack_s_own_language() -> None:
    pack = load(XX)
    full = Case(**{name: values if name in LIST_FIELDS else values[-1] for name, values in CHOICES.items()})
    answers = {a["slot"]: a["value"] for a in case_card(full, pack, "fr")["answers"]}
    assert answers["recovery"] == pack.dialogue["fr"].labels["recovery.paid"]
    assert "Testlande" in answers["circumstances"] and "{" not in "".join(answers.values())


def test_the_police_step_is_known_by_its_contact() -> None:
    assert report_step(load(XX)) == "call_the_police"
    assert report_step(load(regions.directory("cn"))) == "report_110"


@pytest.mark.parametrize(
    ("text", "command", "wanted"),
    [
        ("En français !", None, "fr"),
        ("Français", None, "fr"),
        ("中文", "switch_zh", "zh"),
        ("je parle français avec ma banque", None, None),
        ("continuer", "skip", None),
    ],
)
def test_a_language_is_asked_for_in_the_pack_s_own_words(text: str, command: str | None, wanted: str) -> None:
    assert wanted_language(text, load(XX), command) == wanted


def test_a_language_that_the_region_does_not_speak_is_not_given() -> None:
    pack = replace(load(XX), languages=("fr", "en"))
    assert wanted_language("中文", pack, "switch_zh") is None
    assert pack.spoken("zh") == "fr" and pack.spoken(None) == "fr" and pack.spoken("en") == "en"


def test_crisis_and_fraud_are_heard_word_for_word() -> None:
    pack = load(XX)
    assert says_crisis("J'AI ENVIE DE MOURIR...", pack)
    assert not says_crisis("je suis en train de suicidaire", pack), "part of a word is another word"
    assert says_fraud("C’est une arnaque!", pack) and not says_fraud("il fait beau", pack)


def test_errors_of_the_dialogue_need_no_settings() -> None:
    assert errors(XX) == []
    assert [p for p in check(XX, date(2026, 12, 1)) if p.severity == "error"] == []
