"""Rate limits: bursts pass, floods wait, clients do not share, and the memory is bounded."""

import pytest

from rasa_project.channels.limits import Limiter, address_key


def test_a_burst_passes_and_then_the_rate_counts():
    limiter = Limiter(rate=2, burst=3)
    assert [limiter.take("a", 0.0) for _ in range(3)] == [0, 0, 0]
    assert limiter.take("a", 0.0) == pytest.approx(0.5)
    assert limiter.take("a", 0.4) == pytest.approx(0.1)
    assert limiter.take("a", 0.5) == 0
    assert limiter.take("a", 0.5) > 0


def test_waiting_fills_no_more_than_a_burst():
    limiter = Limiter(rate=100, burst=2)
    limiter.take("a", 0.0)
    assert [limiter.take("a", 1000.0) == 0 for _ in range(3)] == [True, True, False]


def test_one_does_not_pay_for_another():
    limiter = Limiter(rate=1, burst=1)
    assert limiter.take("a", 0.0) == 0
    assert limiter.take("b", 0.0) == 0
    assert limiter.take("a", 0.0) > 0


def test_a_clock_that_goes_back_gives_nothing():
    limiter = Limiter(rate=1, burst=1)
    assert limiter.take("a", 100.0) == 0
    assert limiter.take("a", 50.0) > 0


def test_only_so_many_keys_are_kept():
    limiter = Limiter(rate=1, burst=1, most_keys=10)
    for number in range(1000):
        limiter.take(str(number), 0.0)
    assert len(limiter) == 10
    assert limiter.take("999", 0.0) > 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff", True),
        ("[2001:db8::1]", "2001:db8::1", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("2001:db8::1%eth0", "2001:db8::1%eth1", True),
        ("::1%0", "::1", True),
        ("", "unix socket", True),
    ],
)
def test_who_is_the_same_client(one, other, same):
    assert (address_key(one) == address_key(other)) is same
