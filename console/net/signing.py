"""The sealing key: Ed25519, kept in the user's keyring or in a 0600 file, used to sign and never shown.

The keyring asks its desktop for leave and has none in a service; the file works
everywhere and is the default.
"""

from collections.abc import Callable
from pathlib import Path

import keyring
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from keyring.errors import KeyringError

from console.domain.errors import Unavailable
from console.net import keyfile

FILE = "seal.key"
SERVICE = "command-console"
SECRET_BYTES = 32


class SealKey:
    """A private key that signs seals."""

    def __init__(self, secret: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(secret)

    @property
    def public(self) -> bytes:
        """The public half, 32 bytes."""
        return self._private.public_key().public_bytes_raw()

    def sign(self, text: bytes) -> bytes:
        """The signature over a text, 64 bytes."""
        return self._private.sign(text)


def is_signed(public: bytes, signature: bytes, text: bytes) -> bool:
    """Whether the key with this public half signed the text; anything malformed did not."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def key_in_file(folder: Path) -> SealKey:
    """The key of a data folder; the first asking makes it. Raises Unavailable("no_seal_key")."""
    path = folder / FILE
    return _key(lambda: keyfile.read(path), lambda secret: keyfile.write(path, secret), str(path))


def key_in_keyring(name: str) -> SealKey:
    """The key the desktop's keyring holds under a name; the first asking makes it. Raises Unavailable("no_seal_key")."""
    return _key(
        lambda: bytes.fromhex(keyring.get_password(SERVICE, name) or ""), lambda secret: keyring.set_password(SERVICE, name, secret.hex()),
        f"keyring {SERVICE}/{name}",
    )  # fmt: skip


def _key(read: Callable[[], bytes], write: Callable[[bytes], None], place: str) -> SealKey:
    try:
        secret = read()
        if not secret:
            write(Ed25519PrivateKey.generate().private_bytes_raw())
            secret = read()  # two at once: the one that was written first is the key of both
        if len(secret) != SECRET_BYTES:
            raise ValueError(f"{len(secret)} bytes instead of {SECRET_BYTES}")
    except (OSError, ValueError, KeyringError) as fault:
        raise Unavailable("no_seal_key", place=place, problem=str(fault)) from fault
    return SealKey(secret)
