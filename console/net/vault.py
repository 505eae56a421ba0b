"""Sealing what must be kept to be used again (a platform's password): readable only with this data folder's key.

The key lies beside the sealing key, in a 0600 file or in the desktop's keyring; a database
that is copied, backed up or read by others holds no password.
"""

import base64
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from secrets import token_bytes

import keyring
from cryptography.fernet import Fernet, InvalidToken
from keyring.errors import KeyringError

from console.domain.errors import Unavailable
from console.net import keyfile

FILE = "vault.key"
SERVICE = "command-console-vault"
SECRET_BYTES = 32


class Vault:
    """Seals and opens; its key is fetched, and made, when it is first needed."""

    def __init__(self, read: Callable[[], bytes], write: Callable[[bytes], None], place: str) -> None:
        self._read, self._write, self._place = read, write, place

    @staticmethod
    def in_file(folder: Path) -> "Vault":
        """One whose key is a file of the data folder."""
        path = folder / FILE
        return Vault(lambda: keyfile.read(path), lambda secret: keyfile.write(path, secret), str(path))

    @staticmethod
    def in_keyring(name: str) -> "Vault":
        """One whose key the desktop's keyring holds under a name."""
        return Vault(
            lambda: bytes.fromhex(keyring.get_password(SERVICE, name) or ""),
            lambda secret: keyring.set_password(SERVICE, name, secret.hex()), f"keyring {SERVICE}/{name}",
        )  # fmt: skip

    def seal(self, values: Mapping[str, str]) -> str:
        """The values as one sealed text; empty for none. Raises Unavailable("no_secret_key")."""
        return self._box().encrypt(json.dumps(dict(values)).encode()).decode() if values else ""

    def open(self, sealed: str) -> dict[str, str]:
        """The values of a sealed text. Raises Unavailable("no_secret_key"), Unavailable("foreign_secret")."""
        if not sealed:
            return {}
        try:
            found = json.loads(self._box().decrypt(sealed.encode()))
        except InvalidToken as foreign:
            raise Unavailable("foreign_secret") from foreign
        return {str(name): str(value) for name, value in found.items()}

    def _box(self) -> Fernet:
        try:
            secret = self._read()
            if not secret:
                self._write(token_bytes(SECRET_BYTES))
                secret = self._read()
            if len(secret) != SECRET_BYTES:
                raise ValueError(f"{len(secret)} bytes instead of {SECRET_BYTES}")
        except (OSError, ValueError, KeyringError) as fault:
            raise Unavailable("no_secret_key", place=self._place, problem=str(fault)) from fault
        return Fernet(base64.urlsafe_b64encode(secret))
