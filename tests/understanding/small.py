"""What the small model of these tests is trained from, and how it is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

PACK = Path(__file__).parent.parent / "knowledge" / "fixtures" / "pack"

SENTENCES = {
    "lost_money": [
        "我把钱转给骗子了",
        "刚才汇出去五千块才发现是假的",
        "钱被骗光了该找谁",
        "买理财的钱拿不回来了",
        "I sent my savings to a swindler",
        "they took my money and vanished",
        "I paid a fake seller yesterday",
        "my transfer went to a con man",
    ],
    "crisis": [
        "我不想活下去了",
        "想结束自己的生命",
        "我爸说他要跳下去",
        "I want to end my life",
        "there is no reason to keep living",
        "my wife says she will kill herself",
    ],
    "recovery_offer": [
        "有个黑客说交手续费就能帮我追款",
        "追款团队保证三天到账",
        "a hacker says he gets my coins back for a fee",
        "this agency recovers lost funds, no win no fee",
    ],
    "ask_faq": ["报警有用吗", "金额小能立案吗", "is it worth telling the police", "can I report this online"],
    "out_of_scope": [
        "明天下雨吗",
        "帮我写一首诗",
        "怎么做红烧肉",
        "what is the weather like",
        "tell me a joke",
        "book a table for two",
    ],
    "greet": ["你好", "您好在吗", "早上好", "hello", "good morning", "hi there"],
}


def write(folder: Path) -> dict[str, Path]:
    """The input files of a training, by kind."""
    data = {
        "version": "3.1",
        "nlu": [
            {"intent": intent, "examples": "".join(f"- {sentence}\n" for sentence in sentences)}
            for intent, sentences in SENTENCES.items()
        ],
    }
    names = ["spacy_tokens.SpacyTokens", "sentence_encoder.SentenceEncoder"]
    names += ["intent_classifier.SteadyIntentClassifier", "case_reader.CaseReader"]
    with_pack = {"spacy_tokens.SpacyTokens", "intent_classifier.SteadyIntentClassifier"}
    config = {
        "recipe": "default.v1",
        "assistant_id": "test",
        "language": "zh",
        "pipeline": [
            {"name": f"rasa_project.components.{name}"} | ({"pack": str(PACK)} if name in with_pack else {})
            for name in names
        ],
    }
    domain = {"version": "3.1", "intents": [*SENTENCES, "inform", "check_offer", "nlu_fallback", "answer"]}
    domain["entities"] = ["situation", "channels"]
    paths = {}
    for name, content in (("nlu", data), ("config", config), ("domain", domain)):
        paths[name] = folder / f"{name}.yml"
        YAML(typ="safe").dump(content, paths[name])
    return paths


def parser_of(model: Path) -> Callable[[str], dict[str, Any]]:
    """From text to all that Rasa's parser puts out."""
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))
    return lambda text: asyncio.run(agent.parse_message(text))
