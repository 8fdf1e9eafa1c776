"""What a person can say when they ring somebody on their plan: what happened, what to ask for.

Nothing here is a fact of the world and nothing is added: the sentences are made of the person's own answers.
"""

from __future__ import annotations

from knowledge import cards, labels
from knowledge.case import Case
from knowledge.losses import is_second, second_loss
from knowledge.pack import Pack
from knowledge.plan import LOSSES, STOP_PAYMENT_NEEDS, PlanStep

#: Kinds of contacts that can look into a payment, or lock an account.
_HOLDERS = ("bank", "payment", "card_issuer", "shop")
#: What a step saves -> what to ask such a contact for.
_REQUESTS = {"money_moving": "say.payment", "money_held": "say.payment", "accounts": "say.accounts"}
#: The answers that whoever is rung asks for first.
_TOLD = ("platforms", "elapsed", "amount")


def what_to_say(step: PlanStep, case: Case, pack: Pack) -> list[str]:
    """Sentences for the telephone, in the case's language; none where a step is not about ringing someone."""
    loss = (second_loss(case) if is_second(step.id) else case) or case
    request = _request(step, loss)
    opening = f"say.{loss.situation}"
    if request is None or opening not in labels.LABELS:
        return []

    def say(key: str) -> str:
        return labels.label(key, pack, case.language)

    said = [say("say.family")] if loss.for_whom == "family" else []
    said.append(say(opening))
    said.extend(_told(loss, pack))
    said.append(say(request))
    needed = [e for e in STOP_PAYMENT_NEEDS if e in step.evidence and e in pack.evidence]
    if needed and loss.situation in LOSSES:
        between = "；" if case.language == "zh" else "; "
        what = between.join(pack.fill(pack.evidence[e], case.language) for e in needed)
        said.append(say("say.read_out").replace("{what}", what))
    return said


def _request(step: PlanStep, loss: Case) -> str | None:
    """The key of what to ask for; None where nobody of the step can be asked for anything by telephone."""
    kinds = {contact.kind for contact in step.contacts}
    if step.saves == "stop_payment" and "police" in kinds:
        return "say.stop_payment" if loss.situation in LOSSES else "say.report"
    return _REQUESTS.get(step.saves) if kinds.intersection(_HOLDERS) else None


def _told(loss: Case, pack: Pack) -> list[str]:
    """What the person answered to what is asked first, as "name: answer" sentences."""
    colon, stop = ("：", "。") if loss.language == "zh" else (": ", ".")
    answers = {a["slot"]: a for a in cards.case_card(loss, pack, loss.language)["answers"]}
    told = [answers[slot] for slot in _TOLD if slot in answers and not answers[slot].get("skipped")]
    return [f"{a['label']}{colon}{a['value']}{stop}" for a in told if a["values"]]
