"""``python -m benchmarks.first_messages URL``: how a running server takes real first messages.

Each must be answered, and either a channel is taken from the text or the open question is how the money
moved. Only counts and ids are printed, never the texts.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import requests

from benchmarks import places
from benchmarks.web import Conversation, open_question

TRIES = 20  # a server that is being restarted needs half a minute
PAUSE = 3.0  # seconds between two tries


def outcome(status: int, reply: dict[str, Any], channels: Sequence[str] | None) -> str:
    """What came of a first message, in one word; :data:`GOOD` are the outcomes wanted.

    ``reply`` is the body of the answer, ``channels`` what the case holds after it.
    """
    if status != 200:
        return f"status {status}"
    messages = reply.get("messages") or []
    if not messages:
        return "silence"
    if reply.get("degraded"):
        return "degraded"
    if channels:
        return "channel taken"
    question = open_question(messages)
    if question == "channels":
        return "asks for the channel"
    return f"asks for {question}" if question else "asks nothing"


GOOD = frozenset({"channel taken", "asks for the channel"})


def send_all(url: str, rows: Iterable[places.Row]) -> Iterator[tuple[str, str]]:
    """(id, outcome) of every row's text, each sent as the first message of a conversation of its own."""
    with requests.Session() as session:
        for row in rows:
            yield row["id"], _send(url, row, session)


def _send(url: str, row: places.Row, session: requests.Session) -> str:
    for left in reversed(range(TRIES)):
        try:
            conversation = Conversation(url, row["lang"], session)
            answer = conversation.send(text=row["text"])
            reply = answer.json() if answer.status_code == 200 else {}
            result = outcome(answer.status_code, reply, conversation.case().get("channels"))
            conversation.forget()
            return result
        except (requests.ConnectionError, requests.HTTPError):
            if not left:
                raise
            time.sleep(PAUSE)
    raise AssertionError("unreachable")


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status is 0 when every outcome is a good one, 1 when not, 2 when the texts are not there."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.first_messages", description=__doc__)
    parser.add_argument("url", help="of a running server, for example http://127.0.0.1:5005")
    url = parser.parse_args(arguments).url
    rows = places.rows("channel")
    if rows is None:
        print(f"No texts to send: {places.EVAL.name} is not beside the repository.", file=sys.stderr)
        return 2
    try:
        results = list(send_all(url, rows))
    except requests.RequestException as error:
        print(f"{url} does not answer as Steady does: {error}", file=sys.stderr)
        return 1
    for name, count in Counter(result for _, result in results).most_common():
        print(f"{count:5d}  {name}")
    failed = [(row_id, result) for row_id, result in results if result not in GOOD]
    for row_id, result in failed:
        print(f"failed: {row_id} ({result})")
    print(f"{len(results) - len(failed)} of {len(results)} first messages are taken up")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
