"""Real first messages, where they lie beside the repository: each is taken up, whatever it says."""

from __future__ import annotations

import pytest

from benchmarks import places
from benchmarks.first_messages import GOOD, send_all
from tests.servers import Running


def test_every_real_first_message_is_taken_up(server: Running) -> None:
    rows = places.rows("channel")
    if rows is None:
        pytest.skip("no real texts: ../shared/eval is not beside the repository")
    results = list(send_all(server.url, rows))
    assert len(results) == len(rows) > 0
    # Ids only: what people wrote stays out of logs.
    assert [(row_id, result) for row_id, result in results if result not in GOOD] == []
