"""What no walk comes by: short scenes, each played in every language."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping

from actions.intake import RETURN_HOURS

from .always import payloads
from .person import Person
from .sentences import sentences

#: More steps than any plan has.
STEPS_AT_MOST = 80
UNSAFE = {"zh": "我不想活了", "en": "I want to kill myself"}
HELLO = {"zh": "你好", "en": "hello"}
#: Hours after which somebody is welcomed back (actions.intake.RETURN_HOURS), and one more.
AWAY = RETURN_HOURS + 1
#: Half of one thing and half of another: what a person means by it has to be asked.
HALVES = ("unauthorised", "not_paid_yet", "lost_money", "being_pressured_now")
#: So many of each half are put together; what the model makes of any one of them changes with its sentences.
OF_EACH = 6
UNKNOWN = {
    "zh": (
        "呜啦嘟嘟哩哩怎么嘎嘎噜噜的呢",
        "他们的老板以后会不会坐牢几年",
        "这种骗子一般都住在哪个城市呢",
        "银行行长知道这件事情吗",
    ),
    "en": (
        "why does the zxcv qwrt plok asdfgh?",
        "will their boss go to jail for some years?",
        "which town do these people usually live in?",
        "does the director of the bank know of this?",
    ),
}
HARMLESS = {"zh": "明天中午一起吃饭吗，我请客", "en": "lunch tomorrow at noon, my treat"}


def at_plan(person: Person, situation: str = "lost_money") -> Person:
    """A plan, with every question after the first left open."""
    person.press(f'/answer{{"situation":"{situation}"}}')
    person.press("/finish")
    return person


def harmless_message(person: Person) -> None:
    """Has a message checked that promises nothing."""
    at_plan(person).press("/check_offer")
    person.say(
        {"zh": "明天中午一起吃饭吗，我请客", "en": "lunch tomorrow at noon, my treat"}[person.language]
    )


def offer_after_paying(person: Person) -> None:
    """Is written to again by those who were paid to get the money back."""
    person.press('/answer{"situation":"recovery_offer"}')
    person.press('/answer{"recovery":"paid"}')
    person.press("/finish")
    person.press("/check_offer")
    offer = {
        "zh": "只差一笔解冻费，交了马上把钱全部追回",
        "en": "one more unfreezing fee and all your money is recovered at once, guaranteed",
    }
    person.say(offer[person.language])


def another_language(person: Person) -> None:
    """Writes in a language that is not spoken here."""
    person.say("Je me suis fait arnaquer sur internet, aidez-moi s'il vous plaît")


def says_done(person: Person) -> None:
    """Tells after the plan that the police were called, and asks what to watch."""
    at_plan(person).say({"zh": "我已经打了110报警", "en": "I have called the police"}[person.language])
    person.press("/next_step")


def does_everything(person: Person) -> None:
    """Does one step after the other until none is left."""
    at_plan(person).press("/next_step")
    for _ in range(STEPS_AT_MOST):
        if "/step_done" not in payloads(person.last.messages):
            return
        person.press("/step_done")
    person.lost("the steps have no end")


def not_now_during_questions(person: Person) -> None:
    """Is not safe, and does not want to go on with the questions."""
    person.press('/answer{"situation":"lost_money"}')
    person.say(UNSAFE[person.language])
    person.press("/not_now")


def not_now_after_plan(person: Person) -> None:
    """Is not safe after the plan, and does not want to go on."""
    at_plan(person).say(UNSAFE[person.language])
    person.press("/not_now")


def not_now_while_checking(person: Person) -> None:
    """Presses a button of before while a message is being checked."""
    at_plan(person).say(UNSAFE[person.language])
    person.press("/check_offer")
    person.press("/not_now")


def comes_back_during_questions(person: Person) -> None:
    """Finds the token expired at a question, and goes on."""
    person.press('/answer{"situation":"lost_money"}')
    person.come_back()
    person.press("/go_on")


def comes_back_after_plan(person: Person) -> None:
    """Finds the token expired after the plan, and goes on."""
    at_plan(person).come_back()
    person.press("/go_on")


def comes_back_while_checking(person: Person) -> None:
    """Finds the token expired while a message is being checked, and goes on."""
    at_plan(person).press("/check_offer")
    person.come_back()
    person.press("/go_on")


def writes_again_later(person: Person) -> None:
    """Writes again after hours, at a question and then after the plan."""
    person.press('/answer{"situation":"lost_money"}')
    person.wait(AWAY)
    person.say(HELLO[person.language])
    person.press("/finish")
    person.wait(AWAY)
    person.say(HELLO[person.language])


def is_vague(person: Person) -> None:
    """Asks for somebody and tells of something in one breath, until asked which; it was the former."""
    at_plan(person)
    people = sentences("human")[person.language][: OF_EACH * len(HALVES)]
    others = [t for intent in HALVES for t in sentences(intent)[person.language][:OF_EACH]]
    for one, other in itertools.product(others, people):
        person.say(f"{other}, {one}", may_repeat=True)
        if "/human" in payloads(person.last.messages):
            person.press("/human", may_repeat=True)
            return


def asks_what_nobody_knows(person: Person) -> None:
    """Asks what no FAQ answers, at a question and after the plan."""
    person.press('/answer{"situation":"lost_money"}')
    for words in UNKNOWN[person.language]:
        person.say(words, may_repeat=True)
    person.press("/finish")
    for words in UNKNOWN[person.language]:
        person.say(words, may_repeat=True)


SCENES: Mapping[str, Callable[[Person], None]] = {
    scene.__name__: scene
    for scene in (
        harmless_message,
        offer_after_paying,
        another_language,
        says_done,
        does_everything,
        not_now_during_questions,
        not_now_after_plan,
        not_now_while_checking,
        comes_back_during_questions,
        comes_back_after_plan,
        comes_back_while_checking,
        writes_again_later,
        is_vague,
        asks_what_nobody_knows,
    )
}
