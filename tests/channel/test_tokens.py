"""Tokens: only unaltered, unexpired ones open a conversation; the secret is strong and shared."""

import os
import secrets as os_secrets
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from rasa_project.channels import tokens
from rasa_project.channels.errors import ApiError

SECRET = b"0123456789abcdef-secret"
NOW = 1_800_000_000


def code(call, *arguments):
    with pytest.raises(ApiError) as caught:
        call(*arguments)
    assert caught.value.status == 401
    return caught.value.code


def test_a_token_opens_its_own_session():
    session = tokens.new_id()
    assert tokens.verify(SECRET, tokens.issue(SECRET, session, NOW + 60), NOW) == session


def test_ids_are_long_and_different():
    ids = {tokens.new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(i) == 16 for i in ids)


def test_the_conversation_id_does_not_show_the_session():
    session = tokens.new_id()
    conversation = tokens.conversation_id(session)
    assert conversation == tokens.conversation_id(session)
    assert session.hex() not in conversation
    assert len(conversation) == 32
    assert len({tokens.conversation_id(tokens.new_id()) for _ in range(1000)}) == 1000


def test_every_altered_character_is_refused():
    token = tokens.issue(SECRET, tokens.new_id(), NOW + 60)
    for position, character in enumerate(token):
        for other in {"A", "b", "_", ".", "="} - {character}:
            altered = token[:position] + other + token[position + 1 :]
            assert code(tokens.verify, SECRET, altered, NOW) == "bad_token"


def test_a_signature_of_another_token_or_secret_is_refused():
    mine, theirs = (tokens.issue(SECRET, tokens.new_id(), NOW + 60) for _ in range(2))
    swapped = mine.split(".")[0] + "." + theirs.split(".")[1]
    assert code(tokens.verify, SECRET, swapped, NOW) == "bad_token"
    assert code(tokens.verify, b"another-secret-of-ours", mine, NOW) == "bad_token"


def test_a_later_expiry_cannot_be_written_into_a_token():
    session = tokens.new_id()
    old, new = (
        tokens.issue(SECRET, session, NOW - 1),
        tokens.issue(b"guessed-secret-guess", session, NOW + 60),
    )
    assert code(tokens.verify, SECRET, new.split(".")[0] + "." + old.split(".")[1], NOW) == "bad_token"


def test_a_token_ends_at_its_expiry():
    token = tokens.issue(SECRET, tokens.new_id(), NOW)
    tokens.verify(SECRET, token, NOW - 1)
    assert code(tokens.verify, SECRET, token, NOW) == "expired_token"


@pytest.mark.parametrize("token", ["", ".", "a.b", "....", "é.é", "A" * 500, "None", "null.null", " "])
def test_nonsense_is_refused(token):
    assert code(tokens.verify, SECRET, token, NOW) == "bad_token"


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic abc", "token"])
def test_a_missing_token_is_told_apart(header):
    assert code(tokens.bearer, header) == "no_token"


def test_the_token_is_read_from_the_header():
    assert tokens.bearer("Bearer abc.def") == "abc.def"
    assert tokens.bearer("bearer  abc.def ") == "abc.def"


WEAK = [
    "x",
    "short-secret-15",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "changeme-changeme-changeme",
    "change_me_please_change_me_now!",
    "your-secret-token-here",
    "steady-secret-steady-secret-key",
    "password1234567890",
    "0123456789abcdefghijklmnopqrstuv",
    "deadbeefdeadbeefdeadbeefdeadbeef",
    "qwertyuiopasdfghjkl",
    "abababababababababababababab1",
]


@pytest.mark.parametrize("secret", WEAK)
def test_a_weak_secret_is_refused(secret, tmp_path):
    file = tmp_path / "secret"
    with pytest.raises(tokens.WeakSecret, match="STEADY_SECRET: "):
        tokens.load_secret({"STEADY_SECRET": secret}, file)
    file.write_text(secret)
    for environment in ({}, {"STEADY_SECRET_FILE": str(file)}):
        with pytest.raises(tokens.WeakSecret) as caught:
            tokens.load_secret(environment, file)
        assert len(secret) < 3 or secret not in str(caught.value)


def test_random_secrets_are_strong():
    for make in (os_secrets.token_hex, os_secrets.token_urlsafe, lambda n: os_secrets.token_urlsafe(n)[:20]):
        assert [s for s in (make(16) for _ in range(500)) if tokens.weakness_of(s)] == []


def test_the_secret_of_the_environment_comes_first_then_its_file(tmp_path):
    one, other = os_secrets.token_hex(32), os_secrets.token_hex(32)
    (tmp_path / "given").write_text(f"{other}\n")
    named = {"STEADY_SECRET_FILE": str(tmp_path / "given")}
    made = tmp_path / "secret"
    assert tokens.load_secret({"STEADY_SECRET": one, **named}, made) == one.encode()
    assert tokens.load_secret(named, made) == other.encode()
    assert not made.exists()
    with pytest.raises(tokens.WeakSecret, match="cannot be read"):
        tokens.load_secret({"STEADY_SECRET_FILE": str(tmp_path / "none")}, made)


def test_workers_that_start_together_share_one_private_secret(tmp_path):
    file = tmp_path / "data" / "secret"
    with ThreadPoolExecutor(16) as pool:
        found = set(pool.map(lambda _: tokens.load_secret({}, file), range(64)))
    assert len(found) == 1
    assert len(found.pop()) >= 32
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
    assert [p.name for p in file.parent.iterdir()] == ["secret"]
