"""A walk on which something comes in between, once at every question and once after the plan."""

from __future__ import annotations

from knowledge.case import LANGUAGES
from knowledge.intake import YES_NO
from knowledge.payloads import payload
from knowledge.triage import next_question

from .always import cards, payloads
from .answers import NONE, Answer, Answers
from .interruptions import SWITCH, Interruption
from .person import Person
from .walks import Walk

#: A walk that is thrown back again and again still has an end.
TURNS_AT_MOST = 200
NONSENSE = ("asdfgh qwrt", "zzz qqq", "ыва олдж")
#: So often a question may come back to somebody who cannot be understood.
MISSES_AT_MOST = 3

#: What a bare "no" means: the answers of ``knowledge.intake.YES_NO``, as buttons.
NO = {
    question: Answer(question, question, {True: "yes", (): NONE}.get(no, no))
    for question, (_, no) in YES_NO.items()
    if no is not None
}


def remembered(walk: Walk) -> dict[str, list[Answer]]:
    found: dict[str, list[Answer]] = {}
    for answer in walk:
        found.setdefault(answer.question, []).append(answer)
    return found


def answer_next(person: Person, walk: dict[str, list[Answer]], answers: Answers, question: str) -> None:
    """Answer the open question as the walk does, as often as it comes; skip what the walk does not answer."""
    fitting = walk.get(question) or [Answer(question, "", "skip")]
    answer = fitting.pop(0) if len(fitting) > 1 else fitting[0]
    person.give(answer, answers.give(person.case, answer))


def interrupted(person: Person, walk: Walk, answers: Answers, *what: Interruption) -> None:
    """Walk to the plan; ``what`` comes in between, one at each question in turn, and all after the plan."""
    left, done = remembered(walk), set()
    while (question := next_question(person.case)) is not None and len(person.turns) < TURNS_AT_MOST:
        if question not in done:
            interrupt(person, what[len(done) % len(what)])
            done.add(question)
        else:
            answer_next(person, left, answers, question)
    for each in what:
        # What came before may have opened a question again, and two misses at one leave it open.
        while (question := next_question(person.case)) is not None and len(person.turns) < TURNS_AT_MOST:
            answer_next(person, left, answers, question)
        interrupt(person, each)


def interrupt(person: Person, what: Interruption) -> None:
    """One interruption where the person is now: its own answer, and then the question of before."""
    faults = len(person.faults)
    case, question = person.case, person.open_question
    before = person.asked_before
    person.say(what.says[person.language], may_repeat=what.repeats)
    for kind in what.shows:
        if kind not in {card["kind"] for card in cards(person.last.messages, "warning")}:
            person.note(f"{what.name}: no warning of kind {kind}")
    wanted = what.effect(case, question, before)
    if what.tells and case.situation is None:
        # Whoever asks such a thing has said that something happened.
        wanted = wanted.with_(situation=person.case.situation)
    if what.on and person.last.question is not None and person.last.question == next_question(wanted):
        pass  # There was nothing to wait for: the question came back by itself.
    elif what.on:
        if person.last.question != what.asks:
            person.note(f"{what.name}: asks {person.last.question} in the same turn")
        for button in what.on:
            if button not in person.chat.payloads:
                person.note(f"{what.name}: no button {button}: {person.chat.payloads}")
                person.lost(what.name)
            person.press(button)
    elif question and not what.repeats and len(person.last.messages) < 2:
        person.note(f"{what.name}: no answer of its own: {person.last.text}")
    person.holds(wanted)
    asked = next_question(wanted)
    if asked is not None:
        if person.last.question != asked:
            person.note(f"{what.name}: asks {person.last.question}, not {asked}")
    elif not payloads(person.last.messages):
        person.note(f"{what.name}: no way on")
    if len(person.faults) > faults:
        person.lost(f"interruption {what.name!r} at {question}")


def switched(person: Person, walk: Walk, answers: Answers) -> None:
    """Walk to the plan, and change the language at every question and after the plan: by button, by word."""
    left, done, by_word = remembered(walk), set(), False
    while True:
        question = next_question(person.case)
        if question not in done:
            done.add(question)
            case = person.case
            other = LANGUAGES[1 - LANGUAGES.index(person.language)]
            if by_word:
                person.say(SWITCH[other])
            else:
                person.press(payload("switch_language", language=other))
            by_word = not by_word
            if person.language != other:
                person.note(f"stays in {person.language} when asked for {other}")
            person.holds(case)
            if question and person.last.question != question:
                person.note(f"switched: asks {person.last.question}, not {question}")
        if question is None or len(person.turns) > TURNS_AT_MOST:
            return
        answer_next(person, left, answers, question)


def changed(person: Person, walk: Walk, answers: Answers) -> None:
    """After the plan: take back each answer, one after the other, and answer it in another way."""
    for question in dict.fromkeys(answer.question for answer in walk):
        if next_question(person.case) is not None:
            person.press("/finish")
        if not any("/change_answer" in payloads(turn.messages) for turn in person.turns):
            person.note("no way to change an answer after the plan")
            person.lost("change")
        person.press("/change_answer")
        button = payload("change_slot", slot_name=question)
        if button not in person.chat.payloads:
            # Nothing that is shown as an answer rests on it any more.
            if person.last.case.get(question) not in (None, [], False) and question != "channels_complete":
                person.note(f"{question} is answered and cannot be changed: {person.chat.payloads}")
            person.press("/go_on")
            continue
        person.press(button)
        if person.last.question != question:
            person.note(f"asks {person.last.question} when {question} is to be changed")
            person.lost(question)
        other = another(person, answers, question)
        person.give(other, answers.give(person.case, other))


def another(person: Person, answers: Answers, question: str) -> Answer:
    """An answer of another kind than the case held, by a button on the screen."""
    for kind in answers.kinds[question]:
        for answer in kind:
            held = [t.case.get(answer.field) for t in person.turns if answer.field]
            fresh = all(answer.value not in (h if isinstance(h, list) else [h]) for h in held)
            if answer.field == question and fresh and answer.payload in person.chat.payloads:
                return answer
    return Answer(question, "", "skip")


def back_and_forth(person: Person, walk: Walk, answers: Answers) -> None:
    """At each question go back by word, answer the one before in another way, and go on."""
    left, done = remembered(walk), set()
    while (question := next_question(person.case)) is not None and len(person.turns) < TURNS_AT_MOST:
        before = person.asked_before
        if question not in done and before is not None:
            done.add(question)
            person.say({"zh": "返回", "en": "go back"}[person.language])
            if person.last.question != before:
                person.note(f"back from {question}: asks {person.last.question}, not {before}")
                person.lost("back")
            other = another(person, answers, before)
            person.give(other, answers.give(person.case, other))
        else:
            answer_next(person, left, answers, question)


def misses(person: Person, walk: Walk, answers: Answers) -> None:
    """Say nothing that can be understood, again and again: every question is left open in the end.

    Only the first stays: talk that is about nothing must not start a plan.
    """
    left, turns = remembered(walk), 0
    while (question := next_question(person.case)) is not None:
        if question == walk[0].question:
            answer_next(person, left, answers, question)
            continue
        person.say(NONSENSE[turns % len(NONSENSE)])
        turns += 1
        if turns > MISSES_AT_MOST * len(answers.at):
            person.lost(f"asks {question} for ever")
    person.note(*person.always.ends(person.last, again=False))


def says_no(person: Person, walk: Walk, answers: Answers) -> None:
    """Answer with a bare "no" whatever question one can say no to, and press the rest."""
    left = remembered(walk)
    while (question := next_question(person.case)) is not None and len(person.turns) < TURNS_AT_MOST:
        said = NO.get(question)
        if said is None:
            answer_next(person, left, answers, question)
            continue
        wanted = answers.give(person.case, said)
        person.say({"zh": "没有", "en": "no"}[person.language])
        person.expect(wanted)
        if next_question(person.case) == question:
            person.lost(f"no at {question}")


def says_buttons(person: Person, walk: Walk, answers: Answers) -> None:
    """Type what the button says instead of pressing it."""
    left = remembered(walk)
    while (question := next_question(person.case)) is not None and len(person.turns) < TURNS_AT_MOST:
        fitting = left.get(question) or [Answer(question, "", "skip")]
        answer = fitting.pop(0) if len(fitting) > 1 else fitting[0]
        titles = {b["payload"]: b["title"] for m in person.last.messages for b in m.get("buttons") or ()}
        if answer.payload not in titles:
            person.give(answer, answers.give(person.case, answer))
            continue
        wanted = answers.give(person.case, answer)
        person.say(titles[answer.payload])
        person.expect(wanted)
        if next_question(person.case) == question != next_question(wanted):
            person.lost(f"{titles[answer.payload]!r} at {question}")
