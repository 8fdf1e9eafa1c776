"""Rate limits: a token bucket per key, for a bounded number of keys."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict


class Limiter:
    """``burst`` at once, then ``rate`` a second, for each key. The longest unused keys are forgotten."""

    def __init__(self, rate: float, burst: float, most_keys: int = 20_000) -> None:
        self._rate = rate
        self._burst = burst
        self._most_keys = most_keys
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, now: float) -> float:
        """Take one. 0.0: allowed; else the seconds to wait, and nothing was taken. ``now``: monotonic."""
        left, since = self._buckets.pop(key, (self._burst, now))
        left = min(self._burst, left + max(0.0, now - since) * self._rate)
        wait = 0.0 if left >= 1 else (1 - left) / self._rate
        self._buckets[key] = (left - 1 if wait == 0.0 else left, now)
        while len(self._buckets) > self._most_keys:
            self._buckets.popitem(last=False)
        return wait

    def __len__(self) -> int:
        return len(self._buckets)


def address_key(address: str) -> str:
    """What counts as one client: an IPv4 address, or the /64 network that one IPv6 customer is given."""
    try:
        ip = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return "unknown"
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return str(ip.ipv4_mapped)
        # As a number it has lost its zone ("%eth0"), which whoever sends it could make up.
        return str(ipaddress.ip_network((int(ip), 64), strict=False))
    return str(ip)
