"""Passwords as argon2id hashes; tokens and start words, being random, kept only as their SHA-256."""

import functools
import hashlib
import hmac
import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from console.net.totp import folded

# At most two at once: each takes 64 MiB and 150 ms, and a storm of sign-ins must not starve the hall.
_TURNSTILE = threading.BoundedSemaphore(2)
_HASHER = PasswordHasher()
_START = "$start$"


@functools.cache
def nobody() -> str:
    """The hash verified when nobody has a login, so that the work done tells no outsider which logins exist."""
    return hash_password(new_token())


def hash_password(password: str) -> str:
    """The argon2id hash of a password."""
    with _TURNSTILE:
        return _HASHER.hash(_bytes(password))


def is_password(hashed: str, password: str) -> bool:
    """Whether a password belongs to a hash; a broken hash belongs to none."""
    if hashed.startswith(_START):
        return hmac.compare_digest(hashed, start_hash(password))
    try:
        with _TURNSTILE:
            return _HASHER.verify(hashed, _bytes(password))
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False


def start_hash(word: str) -> str:
    """What the store keeps of a start word: the machine drew its 74 bits, so a fast hash keeps it as well as a slow one."""
    return _START + hashlib.sha256(_bytes(folded(word))).hexdigest()


def new_token() -> str:
    """A fresh token of 256 random bits, safe in a URL and a header."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What the store keeps of a token."""
    return hashlib.sha256(_bytes(token)).hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # half a pair from outside is a wrong password, not a fault of ours
