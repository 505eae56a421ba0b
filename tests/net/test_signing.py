"""The sealing key: made once, kept for its owner alone, and its signatures checked by its public half."""

import stat
from concurrent.futures import ThreadPoolExecutor

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

from console.domain.errors import Unavailable
from console.net import signing

# RFC 8032, 7.1, test 2.
SECRET = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
PUBLIC = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
SIGNATURE = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)


def test_signatures_are_those_of_the_standard():
    key = signing.SealKey(SECRET)

    assert (key.public, key.sign(b"\x72")) == (PUBLIC, SIGNATURE)
    assert signing.is_signed(PUBLIC, SIGNATURE, b"\x72")


@pytest.mark.parametrize(
    ("public", "signature", "text"),
    [
        (PUBLIC, SIGNATURE, b"\x73"), (PUBLIC, SIGNATURE[:-1], b"\x72"), (PUBLIC, b"", b"\x72"), (b"", SIGNATURE, b"\x72"),
        (SECRET, SIGNATURE, b"\x72"),
    ],
)  # fmt: skip
def test_anything_else_is_not_signed(public, signature, text):
    assert not signing.is_signed(public, signature, text)


def test_a_folder_has_one_key_that_only_its_owner_reads(tmp_path):
    first, second = signing.key_in_file(tmp_path), signing.key_in_file(tmp_path)

    assert first.public == second.public
    assert [path.name for path in tmp_path.iterdir()] == [signing.FILE]
    assert stat.S_IMODE((tmp_path / signing.FILE).stat().st_mode) == 0o600


def test_two_that_make_it_at_once_have_the_same_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = {key.public for key in pool.map(signing.key_in_file, [tmp_path] * 8)}

    assert len(keys) == 1


@pytest.mark.parametrize("content", ["", "no key", "ab" * 31, "ab" * 33, "密钥"])
def test_a_broken_key_is_said_and_left_alone(tmp_path, content):
    path = tmp_path / signing.FILE
    path.write_text(content, encoding="utf-8")

    with pytest.raises(Unavailable) as refused:
        signing.key_in_file(tmp_path)

    assert refused.value.code == "no_seal_key"
    assert path.read_text(encoding="utf-8") == content


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(Unavailable):
        signing.key_in_file(tmp_path / "none")


class Memory(KeyringBackend):
    """A keyring that keeps passwords in this process."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password


@pytest.fixture
def ring():
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def test_a_keyring_keeps_a_key_for_each_name(ring):
    ring(Memory())

    first = signing.key_in_keyring("one")

    assert signing.key_in_keyring("one").public == first.public
    assert signing.key_in_keyring("two").public != first.public


def test_without_a_keyring_it_says_so(ring):
    ring(NoKeyring())

    with pytest.raises(Unavailable) as refused:
        signing.key_in_keyring("one")

    assert refused.value.code == "no_seal_key"
