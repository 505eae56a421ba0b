"""One-time codes of a second factor, RFC 6238: what an authenticator app shows now, and whether a code is one of these."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote

STEP_S, DIGITS = 30, 6
# A phone's clock may be half a minute off either way, and typing takes time.
DRIFT = 1
RECOVERY_CODES = 8
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def new_secret() -> str:
    """A fresh secret of 160 bits, as authenticator apps take it (base32)."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def address(secret: str, login: str, issuer: str) -> str:
    """The otpauth:// address a QR picture carries."""
    label = f"{quote(issuer, safe='')}:{quote(login, safe='')}"
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(issuer, safe='')}&digits={DIGITS}&period={STEP_S}"


def step_of(at: datetime) -> int:
    """The number of the half minute an instant lies in."""
    return int(at.timestamp()) // STEP_S


def code(key: bytes, step: int, *, digits: int = DIGITS, algorithm: str = "sha1") -> str:
    """The code of a step (RFC 4226, 5.3)."""
    digest = hmac.new(key, step.to_bytes(8, "big"), getattr(hashlib, algorithm)).digest()
    at = digest[-1] & 0x0F
    number = int.from_bytes(digest[at : at + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def code_now(secret: str, at: datetime) -> str:
    """The code an app with this secret shows at an instant."""
    return code(base64.b32decode(secret), step_of(at))


def matching_step(secret: str, said: str, at: datetime) -> int | None:
    """The step whose code was said, near an instant; None for a wrong one. A step used before is for the caller to refuse."""
    words = "".join(said.split())
    if len(words) != DIGITS or not (words.isascii() and words.isdigit()):
        return None
    key, middle = base64.b32decode(secret), step_of(at)
    fitting = [step for step in range(middle - DRIFT, middle + DRIFT + 1) if hmac.compare_digest(code(key, step), words)]
    return max(fitting, default=None)


def new_words(count: int) -> tuple[str, ...]:
    """Random words of three groups of letters that cannot be misread, 74 bits each: recovery codes, start words."""
    return tuple("-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(3)) for _ in range(count))


def is_word(said: str) -> bool:
    """Whether something typed may be such a word at all."""
    return len(folded(said)) == 15 and not set(folded(said)) - set(_LETTERS)


def folded(said: str) -> str:
    """Such a word as it is hashed: no blanks, dashes or capitals."""
    return "".join(letter for letter in said.lower() if letter not in "- \t\n")
