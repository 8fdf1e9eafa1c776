"""The shortcuts inside Rasa: the same results as Rasa's own code, and only in the version they are for."""

import asyncio
import importlib.metadata
import warnings

import pytest
import rasa
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet, UserUttered

from rasa_project import perf


@pytest.fixture
def patched(monkeypatch):
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)
    monkeypatch.setattr(Event, "resolve_by_type", staticmethod(Event.resolve_by_type))
    monkeypatch.setattr(DaskGraphRunner, "run", DaskGraphRunner.run)
    monkeypatch.setattr(MessageProcessor, "parse_message", MessageProcessor.parse_message)
    assert perf.apply()


def test_the_version_is_the_one_that_is_locked():
    assert importlib.metadata.version("rasa") == perf.VERSION


def test_another_version_is_left_alone(monkeypatch):
    before = RemoteAction._validate_action_result
    monkeypatch.setattr(rasa, "__version__", "3.6.20")
    assert perf.apply() is False
    assert RemoteAction._validate_action_result is before


def test_applying_twice_is_applying_once(patched):
    first = RemoteAction._validate_action_result
    assert perf.apply()
    assert RemoteAction._validate_action_result is first


GOOD = [
    {"events": [], "responses": []},
    {"events": [{"event": "slot", "name": "a", "value": 1}], "responses": [{"text": "x"}]},
    {},
]
BAD = [
    {"events": "none", "responses": []},
    {"events": [{"event": 7}], "responses": []},
    {"events": [], "responses": ["text"]},
    [],
    None,
]


def test_the_same_answers_pass_and_fail(patched):
    action = RemoteAction("action_x", None)
    for result in GOOD:
        assert action._validate_action_result(result) is True
    for result in BAD:
        with pytest.raises(ValidationError):
            action._validate_action_result(result)


def test_the_same_classes_are_found(patched):
    assert Event.resolve_by_type("user") is UserUttered
    assert Event.resolve_by_type("slot") is SlotSet
    assert Event.resolve_by_type("topic") is None
    assert Event.resolve_by_type("nothing", SlotSet) is SlotSet
    with pytest.raises(ValueError):
        Event.resolve_by_type("nothing")
    assert Event.from_parameters({"event": "slot", "name": "a", "value": 2}) == SlotSet("a", 2)


class Step:
    """A graph node as the runner calls it: takes (name, value) pairs, gives its own."""

    def __init__(self, name, ran):
        self.name, self.ran = name, ran

    def __call__(self, *given):
        self.ran.append(self.name)
        if self.name == "broken":
            raise RuntimeError("this step fails")
        return self.name, [self.name, *given]


def graph(ran):
    needs = {
        "first": {"message": "__message__"},
        "second": {"a": "first", "message": "__message__"},
        "third": {"b": "second", "a": "first"},
        "aside": {"a": "first"},
        "broken": {"a": "first"},
    }
    nodes = {
        name: SchemaNode(its, Step, "create", "run", {}, is_target=name == "third")
        for name, its in needs.items()
    }
    runner = DaskGraphRunner.__new__(DaskGraphRunner)
    runner._graph_schema = GraphSchema(nodes)
    runner._instantiated_nodes = {name: Step(name, ran) for name in needs}
    runner._execution_context = None
    return runner


@pytest.mark.parametrize("targets", [None, ["third"], ["aside", "second"]])
def test_the_same_steps_run_with_the_same_results(targets, monkeypatch):
    theirs = []
    wanted = graph(theirs).run({"__message__": "text"}, targets)
    monkeypatch.setattr(DaskGraphRunner, "run", perf._run_in_order)
    ours = []
    runner = graph(ours)
    for _ in range(2):
        assert runner.run({"__message__": "text"}, targets) == wanted
    assert ours == ours[: len(theirs)] * 2 and sorted(ours[: len(theirs)]) == sorted(theirs)


def test_a_step_that_fails_fails_as_before(patched):
    with pytest.raises(GraphRunError):
        graph([]).run({"__message__": "text"}, ["broken"])


class Parsing(MessageProcessor):
    """A processor whose graph reads every text alike."""

    def __init__(self, domain, found):
        self.domain, self.found, self.http_interpreter = domain, found, None

    def _parse_message_with_graph(self, message, tracker, only_output_properties=True):
        return {"text": message.text, **self.found}


def found(intent, *entities):
    return {"intent": {"name": intent}, "entities": [{"entity": each, "value": 1} for each in entities]}


@pytest.mark.parametrize(
    ("reading", "warned"),
    [
        (found("greet"), False),
        (found("greet", "place"), False),
        (found(None), False),
        (found("unheard"), True),
        (found("greet", "place", "unheard"), True),
    ],
)
def test_a_message_is_parsed_and_warned_of_as_before(reading, warned, monkeypatch):
    processor = Parsing(Domain.from_dict({"intents": ["greet"], "entities": ["place"]}), reading)

    def parsed():
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            read = asyncio.run(processor.parse_message(UserMessage("text")))
        return read, len([each for each in caught if "domain" in str(each.message)])

    theirs = parsed()
    monkeypatch.setattr(MessageProcessor, "parse_message", perf._parse(MessageProcessor.parse_message))
    assert parsed() == theirs and bool(theirs[1]) is warned
