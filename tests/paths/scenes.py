"""What no walk comes by: short scenes, each played in every language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .always import payloads
from .person import Person

#: More steps than any plan has.
STEPS_AT_MOST = 80
UNSAFE = {"zh": "我不想活了", "en": "I want to kill myself"}
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
    )
}
