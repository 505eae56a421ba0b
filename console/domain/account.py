"""Rules of accounts: what a password may be, when an account is locked, who needs a second factor (handbook G22)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.errors import Invalid

# Who approves looks, leads a centre, audits or administers proves twice who he is.
SECOND_FACTOR = frozenset({"R15", "R17", "R19", "R22"})
STATUSES = ("active", "blocked", "left")
EMPLOYMENTS = ("", "civil", "public", "contract", "parttime", "volunteer")
LONGEST = 200
# Rows of keys, digits and letters people walk along when a password is asked for.
_PATHS = (
    "01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "1q2w3e4r5t6y7u8i9o0p",
)  # fmt: skip
_COMMON = frozenset((
    "password", "password1", "password12", "password123", "password1234", "password@123", "passw0rd", "p@ssw0rd", "p@ssw0rd123",
    "admin", "admin123", "admin1234", "admin12345", "admin@123", "admin@1234", "administrator", "root123456", "root@123456",
    "test123456", "user123456", "guest12345", "welcome", "welcome123", "letmein123", "iloveyou", "iloveyou123", "woaini",
    "woaini1314", "woaini520", "woaini1314520", "woaini123456", "wozhongguo", "zhongguo123", "zongzhi", "zongzhi123", "zongzhi2024",
    "zongzhi2025", "zongzhi2026", "zzzx123456", "zhzx123456", "wangge123", "wangge123456", "puyang123456", "abc123456", "abcd123456",
    "abc1234567", "a123456789", "aa123456789", "qwe123456", "qwer123456", "asd123456", "zxc123456", "qaz123456", "123456abc",
    "123456789a", "123456789abc", "1234567890a", "123qweasd", "123qweasdzxc", "qazwsxedc", "qweasdzxc", "5201314520", "1314520520",
    "147258369", "1472583690", "147896325", "9876543210", "1123581321", "changeme", "changeme123", "default123", "secret123",
    "dragon1234", "monkey1234", "football123", "baseball123", "superman123", "sunshine123", "princess123", "huawei@123", "hikvision",
    "hik12345", "hik12345+", "dahua123456", "admin888888", "system123456", "manager123", "oracle123456", "postgres123",
))  # fmt: skip


@dataclass(frozen=True)
class Rules:
    """What a hall demands of accounts; `days` 0: a password does not grow old."""

    least: int = 10
    kept: int = 5
    days: int = 0
    lock_after: int = 5
    lock_min: int = 15

    def locked_until(self, locked_at: datetime | None, now: datetime) -> datetime | None:
        """When a locked account opens by itself; None when it is open now."""
        if locked_at is None:
            return None
        opens = locked_at + timedelta(minutes=self.lock_min)
        return opens if opens > now else None

    def is_old(self, changed_at: datetime | None, now: datetime) -> bool:
        """Whether a password has outlived its days."""
        return bool(self.days) and changed_at is not None and now - changed_at > timedelta(days=self.days)

    def check_password(self, word: str, login: str) -> None:
        """Refuse a password that is short, tells the login, or that everybody tries first. Raises Invalid."""
        if len(word) < self.least:
            raise Invalid("password", "password_short", least=self.least)
        if len(word) > LONGEST:
            raise Invalid("password", "too_long", length=len(word), most=LONGEST)
        folded = word.casefold()
        if _tells(folded, login.casefold()):
            raise Invalid("password", "password_login")
        if folded in _COMMON or _is_walk(folded) or len(set(folded)) < 4 or _repeats(folded):
            raise Invalid("password", "password_common")


def needs_second_factor(roles: Iterable[str]) -> bool:
    """Whether somebody with these roles signs in with a second factor."""
    return not SECOND_FACTOR.isdisjoint(roles)


def is_over(valid_to: datetime | None, now: datetime) -> bool:
    """Whether an account's time has run out."""
    return valid_to is not None and valid_to <= now


def _tells(word: str, login: str) -> bool:
    """Whether a password is little more than the login, forwards or backwards."""
    if not login:
        return False
    return any(name in word and len(word) - len(name) < 5 for name in (login, login[::-1]))


def _is_walk(word: str) -> bool:
    paths = [part for path in _PATHS for part in (path * 2, path[::-1] * 2)]
    return any(word in path for path in paths)


def _repeats(word: str) -> bool:
    return any(word == (word[:size] * len(word))[: len(word)] for size in range(1, len(word) // 2 + 1))
