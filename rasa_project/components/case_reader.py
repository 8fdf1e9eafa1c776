"""Rasa component that joins the rules' reading with the classifier's view: one reading, intent and entities.

The decisions are pure functions over :class:`Evidence`; the class at the end only moves values in and out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import (
    ENTITIES,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from knowledge.intake import is_sentence
from knowledge.mask import HIDDEN
from knowledge.reading import Reading, command, option_number
from rasa_project.components.intent_classifier import FAQ_INTENT, FAQ_MATCH, HEADS, FaqMatch
from rasa_project.components.payload import MAX_CHARACTERS, is_payload
from rasa_project.components.spacy_tokens import READING

#: Message property that is put out: what ``steady understand`` prints.
OUTPUT = "reading"
EXTRACTOR = "CaseReader"

#: Intents that say what happened; the name is the situation.
SITUATION_INTENTS = ("being_pressured_now", "unauthorised", "lost_money", "not_paid_yet")
#: Intents whose text says nothing of the case, whatever its words.
NOT_THEIR_CASE = frozenset({"out_of_scope", "abuse", "crisis", "recovery_offer"})
#: Intents of someone who tells of a fraud, and may start its plan.
STORY_INTENTS = frozenset({*SITUATION_INTENTS, "for_family", "check_offer"})
#: Intents that a button can offer when none is clear: each stands for one thing the guide then does.
GUESSABLE = frozenset(
    {*SITUATION_INTENTS, "for_family", "recovery_offer", "check_offer", "show_plan", "human"}
)
#: Intents whose sentence is about something else.
OUTSIDE_INTENTS = frozenset({"near_neighbour", "out_of_scope", "abuse"})
#: Whole-message commands whose intent has another name.
SWITCH = "switch_language"
COMMAND_INTENTS = {"back": "go_back", "switch_zh": SWITCH, "switch_en": SWITCH}
#: Longer texts are stories or questions, not answers.
ANSWER_CHARACTERS = 60
_QUESTION = re.compile(
    r"[?？吗呢]|怎么|为什么|如何|有没有|\b(?:why|how|what|when|where|which|can|could|do|does|is) "
)
#: "I have reported it. What now?" tells something; the guide's next question is the answer.
_WHAT_NOW = re.compile(
    r"(?:接下来|然后|那|现在|之后|下一步)*(?:我?(?:该|要|还|又)*(?:怎么办|怎么做|做什么|干什么|干嘛|怎么弄)|呢)"
    r"[呢啊]?[?？。!！]*$|"
    r"(?:接下来|然后|下一步)(?:呢|是什么)?[?？]*$|"
    r"\b(?:so |and |but )?(?:what (?:now|next|(?:do|should|can) i do(?: now| next)?|comes next)|"
    r"and (?:now|then))[?!.]*$",
    re.IGNORECASE,
)
#: "They will not open a case. What now?" asks about the refusal.
_REFUSED = re.compile(
    r"不(?:肯|愿意?|能|会|让|予|给)*(?:我们?)?(?:立案?|受理|接(?:案|警|收)?|管|收|办)|没(?:有)?(?:给我?)?(?:立案|受理)|"
    r"拒绝|推来推去|推给|推诿|踢皮球|不归|"
    r"\b(?:won'?t|will not|would(?: not|n'?t)|do(?:es)?(?: not|n'?t)|did(?: not|n'?t)|refus\w*|"
    r"declin\w*|reject\w*|turned (?:me|us|it|him|her) (?:away|down)|sent me away)\b",
    re.IGNORECASE,
)
#: Languages that the sentence encoder knows; of others, the words that the rules find are all there is.
ENCODED_LANGUAGES = frozenset(
    {"ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"}
)
_NOT_A_CRISIS = frozenset({"crisis_figure", "crisis_remote", "crisis_bereaved", "crisis_denied"})
_NOT_AN_OFFER = frozenset({"offer_warned_of", "offer_none_made"})


@dataclass(frozen=True)
class Thresholds:
    """Probabilities (0 to 1) from which something counts; ``faq`` is a cosine.

    A head has weighed the rules' findings already. Beside a rule that fired it need only not contradict it
    (``…_if_found``); alone it must be surer: people say dramatic things of ordinary days, and ask for their
    money in the words of those who promise it.
    """

    fallback: float = 0.4
    margin: float = 0.05
    crisis: float = 0.9
    #: ... when words of danger stand in the text, veiled though they are.
    crisis_if_danger: float = 0.3
    crisis_if_found: float = 0.1
    recovery_offer: float = 0.7
    #: ... when the text warns of offers, or says that none was made.
    recovery_offer_if_warned: float = 0.96
    recovery_offer_if_found: float = 0.35
    #: A text about payments, amounts or times is a story from here ...
    story: float = 0.5
    #: ... and one without any of them from here.
    bare_story: float = 0.8
    #: ... or where it is a question: people ask about ordinary payments in the same words.
    asked_story: float = 0.95
    elsewhere: float = 0.15
    #: Words of fraud do not make a case of a text that is as surely as this about something else ...
    outside: float = 0.6
    #: ... nor does a rule's situation beside a head that doubts it.
    outside_despite_rules: float = 0.5
    in_scope_doubted: float = 0.5
    #: ... nor one without a word of fraud, whatever the head says, beside intents as sure as this.
    outside_without_fraud: float = 0.85
    #: A question that an FAQ answers, as surely as this, is no story of a payment that nobody mentions.
    only_asked: float = 0.9
    situation: float = 0.35
    faq: float = 0.66
    #: An intent less likely than this is no guess worth a button.
    guess: float = 0.08


@dataclass(frozen=True)
class Evidence:
    """What is known of one text before deciding. ``ranking`` is (intent, probability), best first."""

    text: str
    rules: Reading
    ranking: tuple[tuple[str, float], ...] = ()
    heads: Mapping[str, float] = field(default_factory=dict)
    faq: FaqMatch | None = None

    def probability(self, *intents: str) -> float:
        """That of all ``intents`` together."""
        return sum(p for name, p in self.ranking if name in intents)

    def head(self, name: str) -> float:
        """The head's probability; without heads the rules' own finding, as certain."""
        return self.heads.get(name, float(getattr(self.rules, name, True)))

    def crisis(self, limits: Thresholds) -> bool:
        """Whether head and rules together say that somebody may not be safe."""
        clues = self.rules.clues
        veiled = "crisis_danger" in clues and not _NOT_A_CRISIS & clues
        alone = limits.crisis_if_danger if veiled else limits.crisis
        return self.head("crisis") >= (limits.crisis_if_found if self.rules.crisis else alone)

    def recovery_offer(self, limits: Thresholds) -> bool:
        """Whether head and rules together say that the text is or reports a recovery offer."""
        doubted = _NOT_AN_OFFER & self.rules.clues
        alone = limits.recovery_offer_if_warned if doubted else limits.recovery_offer
        return self.head("recovery_offer") >= (
            limits.recovery_offer_if_found if self.rules.recovery_offer else alone
        )

    @property
    def top(self) -> tuple[str, float]:
        return self.ranking[0] if self.ranking else (DEFAULT_NLU_FALLBACK_INTENT_NAME, 0.0)


@dataclass(frozen=True)
class Decision:
    """The outcome: ``reading`` has the keys that are put out; the rest become entities only."""

    intent: str
    confidence: float
    reading: Mapping[str, Any]
    faq: str | None = None
    option: int | None = None
    wants_language: str | None = None
    guess: tuple[str, ...] = ()


def has_words(text: str) -> bool:
    """Whether there is a letter, a Chinese character or a digit to go by."""
    return any(character.isalnum() for character in text)


def decide(evidence: Evidence, limits: Thresholds = Thresholds()) -> Decision:
    """What is meant; where nothing is clear, with the likeliest intents that a button can offer."""
    decision = _decide(evidence, limits)
    if decision.intent != DEFAULT_NLU_FALLBACK_INTENT_NAME or not has_words(evidence.text):
        return decision
    return replace(decision, guess=guesses(evidence, limits))


def guesses(evidence: Evidence, limits: Thresholds) -> tuple[str, ...]:
    """At most two intents of :data:`GUESSABLE`, likeliest first."""
    likely = [name for name, p in evidence.ranking if name in GUESSABLE and p >= limits.guess]
    return tuple(likely[:2])


def _decide(evidence: Evidence, limits: Thresholds) -> Decision:
    """Crisis comes first, then commands, then the recovery offer, then the classifier if it is clear."""
    evidence = without_unknown_faq(evidence, limits)
    rules, text = evidence.rules, evidence.text
    if not has_words(text):
        return _decision(evidence, DEFAULT_NLU_FALLBACK_INTENT_NAME, 0.0, in_scope=False)
    if evidence.crisis(limits):
        in_scope = about_fraud(evidence, limits)
        return _decision(evidence, "crisis", evidence.head("crisis"), in_scope=in_scope, crisis=True)

    if HIDDEN in text and not is_sentence(text):
        # Only a number was sent, and it was hidden: the question around it is not about that number.
        return _decision(evidence, DEFAULT_NLU_FALLBACK_INTENT_NAME, 0.0, in_scope=False)
    order, option = command(text), option_number(text)
    if rules.wants_language is not None:
        order = SWITCH
    if order is not None:
        intent = COMMAND_INTENTS.get(order, order)
        return _decision(evidence, intent, 1.0, in_scope=False, wants_language=rules.wants_language)
    if option is not None:
        return _decision(evidence, "inform", 1.0, in_scope=False, option=option)
    if rules.bare and rules.situation is None:
        return _decision(evidence, "inform", 1.0, in_scope=False)

    if evidence.recovery_offer(limits):
        return _offer(evidence, limits)
    evidence = replace(evidence, rules=replace(rules, situation=rules.told or _not_offer(rules.situation)))

    evidence = without(evidence, "crisis", "recovery_offer")
    in_scope = about_fraud(evidence, limits)
    situation = situation_of(evidence, limits) if in_scope else None
    intent, confidence = intent_of(evidence, in_scope, situation, limits)
    faq = evidence.faq.id if intent == FAQ_INTENT and evidence.faq is not None else None
    return _decision(evidence, intent, confidence, in_scope=in_scope, situation=situation, faq=faq)


def _offer(evidence: Evidence, limits: Thresholds) -> Decision:
    top, confidence = evidence.top
    asks_for_check = top == "check_offer" and confidence >= limits.outside
    if not asks_for_check:
        top, confidence = "recovery_offer", evidence.head("recovery_offer")
    return _decision(evidence, top, confidence, in_scope=True, offer=True, situation="recovery_offer")


def _not_offer(situation: str | None) -> str | None:
    return None if situation == "recovery_offer" else situation


def about_fraud(evidence: Evidence, limits: Thresholds) -> bool:
    """Whether the text is about a fraud, a loss or getting money back. Words that say so weigh most."""
    rules, head = evidence.rules, evidence.head("in_scope")
    elsewhere = evidence.probability(*OUTSIDE_INTENTS)
    if rules.situation is not None and rules.language not in (None, *ENCODED_LANGUAGES):
        return True
    if rules.situation is not None:
        if not rules.fraud_words and elsewhere >= limits.outside_without_fraud:
            return False
        return not (elsewhere >= limits.outside_despite_rules and head < limits.in_scope_doubted)
    top, confidence = evidence.top
    if top in OUTSIDE_INTENTS and confidence >= limits.outside:
        return False  # "a film about swindlers" has the word
    if rules.fraud_words or top == FAQ_INTENT:
        return True  # FAQs without an answer are gone by now
    needed = limits.story if tells_of_payment(rules) else limits.bare_story
    needed_head = limits.asked_story if _QUESTION.search(evidence.text.lower()) else needed
    story = evidence.probability(*STORY_INTENTS)
    return story >= needed and head >= needed_head and elsewhere <= limits.elsewhere


def tells_of_payment(rules: Reading) -> bool:
    """Whether the rules read something of how, when or how much was paid, or of what else was handed over."""
    return bool(rules.channels or rules.amount or rules.elapsed or rules.exposure)


def without(evidence: Evidence, *intents: str) -> Evidence:
    """The evidence with these intents ruled out: the others share their probability."""
    others = [(name, p) for name, p in evidence.ranking if name not in intents]
    left = 1.0 - sum(evidence.probability(intent) for intent in intents)
    return replace(evidence, ranking=tuple((name, p / max(left, 1e-6)) for name, p in others))


def without_unknown_faq(evidence: Evidence, limits: Thresholds) -> Evidence:
    """The evidence without ``ask_faq`` if no FAQ is near enough: what has no answer is no side question."""
    if evidence.faq is not None and evidence.faq.score >= limits.faq:
        return evidence
    return without(replace(evidence, faq=None), FAQ_INTENT)


def situation_of(evidence: Evidence, limits: Thresholds) -> str | None:
    """What the rules say, else the classifier's best situation if it stands out among the intents."""
    rules, (top, confidence) = evidence.rules, evidence.top
    asked = top == FAQ_INTENT and confidence >= limits.only_asked and not tells_of_payment(rules)
    if rules.situation == "not_paid_yet" and asked:
        return None
    if rules.situation is not None:
        return rules.situation
    best = max(SITUATION_INTENTS, key=evidence.probability)
    return best if evidence.probability(best) >= limits.situation else None


def intent_of(
    evidence: Evidence, in_scope: bool, situation: str | None, limits: Thresholds
) -> tuple[str, float]:
    """The classifier's intent, corrected where the rest of the evidence shows it cannot be."""
    top, confidence = evidence.top
    runner_up = evidence.ranking[1][1] if len(evidence.ranking) > 1 else 0.0
    clear = confidence >= limits.fallback and confidence - runner_up >= limits.margin
    told = situation in SITUATION_INTENTS
    refused = clear and top == FAQ_INTENT and _REFUSED.search(evidence.text)
    if not told and not refused and evidence.rules.reported is not None and _WHAT_NOW.search(evidence.text):
        return "inform", max(evidence.probability("inform"), limits.fallback)
    if told and top in SITUATION_INTENTS and situation is not None:
        return situation, max(confidence, limits.fallback)
    if clear and fits(top, in_scope, told):
        return top, confidence
    if in_scope and situation is not None and told:
        return situation, max(evidence.probability(situation), limits.fallback)
    if is_answer(evidence.text, evidence.rules) and top not in OUTSIDE_INTENTS:
        return "inform", max(evidence.probability("inform"), limits.fallback)
    return DEFAULT_NLU_FALLBACK_INTENT_NAME, min(confidence, limits.fallback)


def fits(intent: str, in_scope: bool, told: bool) -> bool:
    """Whether the classifier's intent agrees with what else is known of the text.

    ``told``: a situation was told.
    """
    if intent in STORY_INTENTS:
        return in_scope
    return not told or intent in {FAQ_INTENT, "inform", "change_answer", "human"}


def is_answer(text: str, rules: Reading) -> bool:
    """Whether this is a short statement of something that a question of the dialogue asks for."""
    if len(text) > ANSWER_CHARACTERS or _QUESTION.search(text.lower()):
        return False
    stated = (rules.channels, rules.platforms, rules.amount, rules.elapsed, rules.exposure, rules.reported)
    return any(stated)


def _decision(
    evidence: Evidence,
    intent: str,
    confidence: float,
    *,
    in_scope: bool,
    situation: str | None = None,
    offer: bool = False,
    crisis: bool = False,
    faq: str | None = None,
    option: int | None = None,
    wants_language: str | None = None,
) -> Decision:
    rules = evidence.rules
    # A bare answer ("支付宝", "yesterday") says nothing of a fraud and must still be read; a transfer to the
    # wrong account says how the money moved. Small talk that names a bank does not.
    told = in_scope or intent in {"inform", "change_answer", "near_neighbour"}
    amount = rules.amount if told else None
    return Decision(
        intent=intent,
        confidence=confidence,
        reading={
            "language": rules.language,
            "situation": situation,
            "channels": list(rules.channels) if told else [],
            "platforms": list(rules.platforms) if told else [],
            "amount": {"value": amount.value, "currency": amount.currency} if amount else None,
            "elapsed": rules.elapsed if told else None,
            "exposure": list(rules.exposure) if told else [],
            "reported": rules.reported if told else None,
            "recovery": rules.recovery if told else None,
            "for_whom": rules.for_whom if told else None,
            "circumstances": list(rules.circumstances) if intent not in NOT_THEIR_CASE else [],
            "recovery_offer": offer,
            "crisis": crisis,
            "in_scope": in_scope,
            "intent": intent,
            "confidence": round(confidence, 4),
        },
        faq=faq,
        option=option,
        wants_language=wants_language,
    )


#: Reading keys that become entities, in this order.
_ENTITY_NAMES = (
    "language",
    "situation",
    "channels",
    "platforms",
    "elapsed",
    "amount",
    "exposure",
    "reported",
    "recovery",
    "for_whom",
    "circumstances",
    "in_scope",
    "recovery_offer",
)


def entities_of(decision: Decision, length: int) -> list[dict[str, Any]]:
    """One entity per value, each spanning the whole text of ``length`` characters.

    Rasa hands intent, entities and text to actions, and nothing else; so all that was read is an entity.
    """
    values = {name: decision.reading[name] for name in _ENTITY_NAMES}
    values |= {
        "guess": list(decision.guess),
        "faq": decision.faq,
        "option": decision.option,
        "wants_language": decision.wants_language,
    }
    return [
        {"entity": name, "value": value, "start": 0, "end": length, "extractor": EXTRACTOR}
        for name, held in values.items()
        for value in (held if isinstance(held, list) else [held])
        if value is not None
    ]


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER],
    is_trainable=False,
)
class CaseReader(GraphComponent):
    """Sets the final ``intent``, the ``entities`` and ``reading``; the classifier's ranking is kept."""

    @staticmethod
    def required_packages() -> list[str]:
        return []

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {name: getattr(Thresholds(), name) for name in Thresholds.__dataclass_fields__}

    def __init__(self, config: dict[str, Any]) -> None:
        names = Thresholds.__dataclass_fields__
        self._limits = Thresholds(**{n: float(config[n]) for n in names if n in config})

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CaseReader:
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT)
            if not text or is_payload(text):
                continue
            decision = decide(_evidence(message), self._limits)
            chosen = {INTENT_NAME_KEY: decision.intent, PREDICTED_CONFIDENCE_KEY: decision.confidence}
            ranking: Sequence[Mapping[str, Any]] = message.get(INTENT_RANKING_KEY) or []
            others = [r for r in ranking if r[INTENT_NAME_KEY] != decision.intent]
            message.set(INTENT, chosen, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [chosen, *others], add_to_output=True)
            message.set(ENTITIES, entities_of(decision, len(text)), add_to_output=True)
            message.set(OUTPUT, dict(decision.reading), add_to_output=True)
        return messages


def _evidence(message: Message) -> Evidence:
    return Evidence(
        text=message.get(TEXT)[:MAX_CHARACTERS],
        rules=message.get(READING) or Reading(),
        ranking=tuple(
            (r[INTENT_NAME_KEY], r[PREDICTED_CONFIDENCE_KEY]) for r in message.get(INTENT_RANKING_KEY) or []
        ),
        heads=message.get(HEADS) or {},
        faq=message.get(FAQ_MATCH),
    )
