"""The rows of docs/bench.md from what was measured: ours, the default's, the ratio, what was to reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from benchmarks import load, scale, speed, turns
from benchmarks.measuring import Table, milliseconds, over_rounds, percentile
from benchmarks.models import Training

HEAD = ("", "Steady", "Rasa's default", "ratio", "to reach", "there")
WORKERS_HEAD = ("", "one worker", "two workers", "ratio", "to reach", "there")
DASH = "–"

#: What to reach as Steady's share of the default's, by kind of turn: the median's.
TURN_AIMS = {"button": 1 / 3, "text": 1 / 2, "action": 1 / 3, "plan": 1 / 3}
PEOPLE_AIM = 4.0  # times the default's turns a second, with the most people
MEMORY_AIM = 1.0
LATE_AIM = 1.3  # times the first turns of a conversation
WORKERS_AIM = 1.6  # times the turns of one worker
FIRST_VISIT_AIM = 3.0  # seconds


def row(
    name: str, *cells: str, ratio: float | None = None, most: float = 0.0, least: float = 0.0
) -> list[str]:
    """A row with ``ratio`` judged by the most or the least it should be; neither: nothing to reach."""
    said = f"× {ratio:.2f}" if ratio is not None else DASH
    aim = f"at most {_aim(most)}" if most else f"at least {_aim(least)}" if least else DASH
    there = DASH
    if aim is not DASH:
        there = "not measured" if ratio is None else "yes" if _reached(ratio, most, least) else "short"
    return [name, *cells, said, aim, there]


def _reached(ratio: float, most: float, least: float) -> bool:
    return ratio <= most if most else ratio >= least


def _aim(ratio: float) -> str:
    return f"1/{round(1 / ratio)}" if ratio < 1 else f"{ratio:g}"


def trainings(both: Sequence[Training]) -> Table:
    """What the two trainings took."""
    return [
        row("training, s on the clock", *(f"{each.seconds:.0f}" for each in both)),
        row("training, s of processor time", *(f"{each.cpu_seconds:.0f}" for each in both)),
        row("model, MB", *(f"{each.size / 1e6:.1f}" for each in both)),
    ]


def single(results: Sequence[speed.Measured]) -> Table:
    """Start-up, memory and each kind of turn of one person. Medians over the rounds."""
    starts = [median(each.starts) for each in results]
    memory = [_memory(each, 1) for each in results]
    both = [f"{_memory(each, 0):.0f} / {_memory(each, 1):.0f}" for each in results]
    rows = [
        row("start-up until healthy, s", *(f"{each:.1f}" for each in starts), ratio=_share(*starts)),
        row(
            "memory of all processes, MB (RSS / PSS; the ratio is of PSS)",
            *both,
            ratio=_share(*memory),
            most=MEMORY_AIM,
        ),
    ]
    for kind, name in turns.KINDS.items():
        rounds = [[one.seconds[kind] for one in each.rounds] for each in results]
        medians = [over_rounds(each, 0.5) or 0.0 for each in rounds]
        rows.append(
            row(
                f"{name}, ms (p50 / p95; the ratio is of p50)",
                *(milliseconds(each) for each in rounds),
                ratio=_share(*medians),
                most=TURN_AIMS[kind],
            )
        )
    return [*rows, row("turns without an answer", *(_silent(each) for each in results))]


def _memory(result: speed.Measured, part: int) -> float:
    return median(sum(one[part] for one in each.values()) for each in result.memory)


def _silent(result: speed.Measured) -> str:
    sent = sum(len(seconds) for each in result.rounds for seconds in each.seconds.values())
    return f"{sum(each.silent for each in result.rounds)} of {sent}"


def many(results: Sequence[scale.Scaled], conversations: int) -> Table:
    """People at once, long conversations, and what memory grew by in so many ``conversations``."""
    rows = []
    for people in scale.PEOPLE:
        loads = [each.loads[people] for each in results]
        name = f"{people} {'person' if people == 1 else 'people'} at once"
        ratio = _share(*(one.rate for one in loads))
        least = PEOPLE_AIM if people == scale.PEOPLE[-1] else 0.0
        rows += [
            row(f"{name}: turns a second", *(f"{one.rate:.1f}" for one in loads), ratio=ratio, least=least),
            row(f"{name}: ms (p50 / p95)", *(_both(one) for one in loads)),
            row(f"{name}: turns without an answer", *(f"{o.bad} of {len(o.seconds) + o.bad}" for o in loads)),
        ]
    ours, theirs = results
    long = f"a text turn at the beginning of a conversation, and about turn {scale.LONG}, ms"
    first, last = scale.ends_of(ours.long)
    cells = [f"{a * 1000:.0f}, {b * 1000:.0f}" for a, b in map(scale.ends_of, (ours.long, theirs.long))]
    rows.append(row(f"{long} (the ratio is of Steady's own two)", *cells, ratio=last / first, most=LATE_AIM))
    memory = [f"{each.memory:.0f}" for each in results]
    rows.append(
        row(
            "memory of all processes after all that, MB (PSS)",
            *memory,
            ratio=_share(ours.memory, theirs.memory),
            most=MEMORY_AIM,
        )
    )
    grown = "not measured" if ours.grown is None else f"{ours.grown:+.0f}"
    rows.append(row(f"memory after {conversations} more conversations, MB", grown, "not measured"))
    return rows


def workers(found: Mapping[int, scale.Shared]) -> Table:
    """One worker and two. Medians over the repeats."""
    one, two = (found[number] for number in scale.WORKERS)
    rates = [median(each.rates) for each in (one, two)]
    each_rate = ["; ".join(f"{rate:.0f}" for rate in each.rates) for each in (one, two)]
    cost = [median(each.processor) for each in (one, two)]
    return [
        row(
            "turns a second, median",
            *(f"{rate:.1f}" for rate in rates),
            ratio=_share(rates[1], rates[0]),
            least=WORKERS_AIM,
        ),
        row("turns a second, each time", *each_rate),
        row("processor time of the workers, ms a turn", *(f"{1000 * each:.1f}" for each in cost)),
        row("turns without an answer", *(str(each.bad) for each in (one, two))),
    ]


def first_visit(times: Sequence[float]) -> Table:
    """Seconds until the first question over a slow network, of each visit."""
    middle = median(times)
    there = "yes" if middle <= FIRST_VISIT_AIM else "short"
    name = "the first question over a slow network (400 kbit/s, 400 ms), s"
    return [[name, f"{middle:.2f}", DASH, DASH, f"at most {FIRST_VISIT_AIM:g}", there]]


def _share(ours: float, theirs: float) -> float | None:
    return ours / theirs if theirs else None


def _both(measured: load.Load) -> str:
    if not measured.seconds:
        return DASH
    return " / ".join(f"{percentile(measured.seconds, share) * 1000:.0f}" for share in (0.5, 0.95))
