"""`verify`, `roles` and `newkey` as a person at a terminal meets them, in both languages."""

import pytest

from console import app, sealing
from console.domain.errors import Refused
from console.domain.seal import Fault
from console.net.signing import SealKey
from console.service.sealer import Sealer
from console.store import migrate, tables
from console.store.store import Store
from tests.service.filming import Filming
from tests.tamper import tamper

WORDS = app.read_words()
EN, ZH = WORDS["en"], WORDS["zh_CN"]
KEY = SealKey(b"\1" * 32)
KINDS = ("entry", "range", "entries_gone", "order", "signature", "signer", "head")


@pytest.fixture
def sealed(town):
    town.report()
    Sealer(town.store, town.clock, lambda: KEY).round()
    return town


@pytest.mark.parametrize("tr", [EN, ZH])
@pytest.mark.parametrize("kind", KINDS)
def test_every_fault_is_a_sentence_that_says_where(kind, tr):
    said = sealing.said(Fault(kind, 41, 47, 9), tr)

    assert "9" in said or "41" in said
    assert "{" not in said
    assert said.endswith(("。", "."))


def test_a_whole_journal_is_said_with_its_newest_head(sealed, capsys):
    assert sealing.verify(sealed.store, ZH, "")
    said = capsys.readouterr().out

    assert "日志完好" in said
    assert sealing.print_head(sealed.store) == 0
    assert capsys.readouterr().out.strip() in said


def test_damage_is_said_by_row(sealed, capsys):
    tamper(sealed.store, tables.journal.update().where(tables.journal.c.id == 2).values(actor=99))

    assert not sealing.verify(sealed.store, EN, "")
    assert "Entry 2 was changed" in capsys.readouterr().out


def test_many_faults_are_said_in_short(sealed, capsys):
    for _ in range(60):
        sealed.report()
    tamper(sealed.store, tables.journal.update().values(actor=99))

    assert not sealing.verify(sealed.store, EN, "")
    said = capsys.readouterr().out
    assert said.count("was changed") == 100
    assert "more." in said


def test_before_the_first_seal_there_is_no_head_to_print(town):
    with pytest.raises(Refused) as refused:
        sealing.print_head(town.store)
    assert "console" not in refused.value.code
    assert refused.value.code == "nothing_sealed"


def test_a_new_key_is_recorded_once(sealed, capsys):
    for _ in range(2):
        sealing.adopt_key(sealed.store, SealKey(b"\2" * 32), EN)

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert lines[0] == lines[1]
    assert lines[0].endswith("has sealed since seal 2.")


def test_roles_are_said_with_the_next_step(postgres, capsys):
    address = postgres.fresh()
    store = Store.open(address)
    migrate.upgrade(store)
    sealing.make_roles(store, EN)
    store.close()
    postgres.drop(address)

    said = capsys.readouterr().out
    assert "console_app, console_sealer, console_migrator, console_reader" in said
    assert "IN ROLE console_app" in said


def test_clips_are_checked_too_and_a_changed_one_is_named(sealed, tmp_path, capsys):
    filming = Filming(sealed, tmp_path)
    clip = filming.kept(sealed.report().case_id)
    assert sealing.verify_clips(sealed.store, filming.files, EN)
    assert "1 clips looked at, 0 not what they were" in capsys.readouterr().out
    path = filming.files.path(clip.sha256)
    path.write_bytes(path.read_bytes() + b"?")
    assert not sealing.verify_clips(sealed.store, filming.files, ZH)
    said = capsys.readouterr().out
    assert f"片段 {clip.id}" in said
    assert "C301" in said
    path.unlink()
    assert not sealing.verify_clips(sealed.store, filming.files, EN)
    assert "is missing" in capsys.readouterr().out
