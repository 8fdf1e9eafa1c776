"""Reads one page politely: slowly, with limits on time and size, and never led to another host unnoticed."""

from __future__ import annotations

import codecs
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import requests

from knowledge.checking.finding import bare_host

USER_AGENT = "steady-check-sources/0.1 (fraud help guide; checks that hotline numbers are still right)"
READABLE = re.compile(r"text/|application/(?:xhtml\+xml|xml|json)|^$", re.IGNORECASE)
META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
#: Pages say GB2312 and use letters that only its successor has.
WIDER = {"gb2312": "gb18030", "gbk": "gb18030"}


@dataclass(frozen=True)
class Limits:
    """Seconds, except ``retries`` (more tries after the first), ``redirects`` and ``size`` (bytes).

    ``total`` is for one page with its retries and redirects; ``delay`` passes between two visits to a host.
    """

    connect: float = 10
    read: float = 20
    total: float = 60
    delay: float = 3
    backoff: float = 2
    retries: int = 2
    redirects: int = 5
    size: int = 2_000_000


@dataclass(frozen=True)
class Page:
    """What came back: ``text`` when there is no ``problem``; ``moved_to`` is the host of a redirect."""

    url: str
    text: str = ""
    status: int | None = None
    problem: str | None = None
    moved_to: str | None = None
    cut: bool = False


class _Failed(Exception):
    """The page cannot be had; the message says why."""


@dataclass
class Fetcher:
    """Fetches pages one after the other and remembers when each host was last visited."""

    limits: Limits = field(default_factory=Limits)
    _visited: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str) -> Page:
        """The page at ``url``. Never raises for what a server does; ``problem`` says it."""
        self._wait(bare_host(url))
        found: list[Page] = []
        given_up = threading.Event()

        # A server that sends its header letter by letter outlasts every timeout of a socket.
        def work() -> None:
            found.append(_fetch(url, self.limits, given_up))

        worker = threading.Thread(target=work, daemon=True)
        worker.start()
        worker.join(self.limits.total)
        given_up.set()
        self._visited[bare_host(url)] = time.monotonic()
        return found[0] if found else Page(url, problem=f"took longer than {self.limits.total:g} seconds")

    def _wait(self, host: str) -> None:
        if host in self._visited:
            time.sleep(max(0.0, self._visited[host] + self.limits.delay - time.monotonic()))


def _fetch(url: str, limits: Limits, given_up: threading.Event) -> Page:
    with requests.Session() as session:
        session.headers.update({"User-Agent": USER_AGENT, "Accept": "text/html, text/plain;q=0.8, */*;q=0.1"})
        try:
            return _follow(session, url, limits, given_up)
        except _Failed as failure:
            return Page(url, problem=str(failure))
        except requests.RequestException as error:
            return Page(url, problem=_why(error))


def _follow(session: requests.Session, url: str, limits: Limits, given_up: threading.Event) -> Page:
    """The page, after redirects on its own host only."""
    here = url
    for _ in range(limits.redirects + 1):
        with _get(session, here, limits, given_up) as response:
            target = response.headers.get("Location")
            if not (response.is_redirect and target):
                return _page(url, response, limits, given_up)
        there = urljoin(here, target)
        if urlsplit(there).scheme not in ("http", "https") or bare_host(there) != bare_host(url):
            return Page(url, status=response.status_code, moved_to=urlsplit(there).netloc or there)
        here = there
    raise _Failed(f"redirects more than {limits.redirects} times")


def _get(session: requests.Session, url: str, limits: Limits, given_up: threading.Event) -> requests.Response:
    """The answer. Asked again after a broken connection or a server error, not after a timeout or refusal."""
    for attempt in range(limits.retries + 1):
        last = attempt == limits.retries
        try:
            response = session.get(
                url, timeout=(limits.connect, limits.read), allow_redirects=False, stream=True
            )
        except (requests.Timeout, requests.exceptions.SSLError):
            raise
        except requests.ConnectionError:
            if last:
                raise
        else:
            if response.status_code < 500 or last:
                return response
            response.close()
        if given_up.wait(limits.backoff * 2**attempt):
            break
    raise _Failed("was given up")


def _page(url: str, response: requests.Response, limits: Limits, given_up: threading.Event) -> Page:
    status = response.status_code
    if status != 200:
        return Page(url, status=status, problem=f"answers {status} {response.reason or ''}".rstrip())
    kind = response.headers.get("Content-Type", "")
    if not READABLE.match(kind):
        return Page(url, status=status, problem=f"is {kind.split(';')[0]}, not a page of text")
    body = bytearray()
    for chunk in _chunks(response):
        body += chunk
        if given_up.is_set():
            raise _Failed("was given up")
        if len(body) > limits.size:
            return Page(url, decode(bytes(body[: limits.size]), kind), status, cut=True)
    return Page(url, decode(bytes(body), kind), status)


def _chunks(response: requests.Response) -> Iterator[bytes]:
    # Small pieces: the limits of size and time are looked at after each.
    yield from response.iter_content(16_384)


def decode(body: bytes, content_type: str) -> str:
    """The body as text: by its byte order mark, its header, its meta tag, else UTF-8, else GB18030."""
    named = [m.group(1) for m in [re.search(r"charset=[\"']?([\w-]+)", content_type, re.IGNORECASE)] if m]
    named += [m.group(1).decode("ascii") for m in [META_CHARSET.search(body[:4096])] if m]
    marks = (("utf-8-sig", codecs.BOM_UTF8), ("utf-16", codecs.BOM_UTF16_LE), ("utf-16", codecs.BOM_UTF16_BE))
    marked = [name for name, mark in marks if body.startswith(mark)]
    for name in (*marked, *named, "utf-8", "gb18030"):
        try:
            # Incremental, because a body that was cut may end within a letter.
            return codecs.getincrementaldecoder(WIDER.get(name.lower(), name))().decode(body)
        except (LookupError, UnicodeDecodeError):
            continue
    return body.decode("utf-8", "replace")


def _why(error: requests.RequestException) -> str:
    """The failure in words for a person, without the addresses and objects of the library's message."""
    if isinstance(error, requests.ConnectTimeout):
        return "does not answer"
    if isinstance(error, requests.Timeout):
        return "answers too slowly"
    if isinstance(error, requests.exceptions.SSLError):
        return "has a certificate that cannot be trusted"
    if isinstance(error, requests.exceptions.ChunkedEncodingError | requests.ConnectionError):
        return "breaks the connection or cannot be reached"
    return f"cannot be read ({type(error).__name__})"
