"""What a file of a code table may be, before anybody believes what it says."""

from pathlib import Path

import pytest

from console.domain.code_files import read_table
from console.domain.errors import Invalid


def refusal_of(folder: Path, text: str | bytes) -> Invalid:
    (folder / "lamps.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(Invalid) as refused:
        read_table(folder, "lamps")
    return refused.value


def test_a_table_is_its_rows_as_written(tmp_path):
    (tmp_path / "lamps.toml").write_text('["G"]\nzh = "正常"\nen = "In time"\n', encoding="utf-8")
    assert read_table(tmp_path, "lamps") == {"G": {"zh": "正常", "en": "In time"}}


@pytest.mark.parametrize(("text", "key"), [
    ('["G"]\nzh = "a"\n["G"]\nzh = "b"\n', "G"),
    ('[kind."K01"]\nzh = "a"\n[kind."K01"]\nzh = "b"\n', "kind.K01"),
    ('["G"]\nzh = "a"\nzh = "b"\n', "line 3"),
])
def test_what_is_written_twice_is_named(tmp_path, text, key):
    refusal = refusal_of(tmp_path, text)
    assert (refusal.field, refusal.code) == ("lamps.toml", "broken_code_table")
    assert (refusal.facts["problem"], refusal.facts["key"]) == ("code_twice", key)


@pytest.mark.parametrize("text", ["[", b'zh = "\xff"'])
def test_what_is_no_table_is_named_by_file(tmp_path, text):
    refusal = refusal_of(tmp_path, text)
    assert (refusal.field, refusal.code) == ("lamps.toml", "broken_file")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(Invalid) as refused:
        read_table(tmp_path, "lamps")
    assert (refused.value.field, refused.value.code, refused.value.facts["problem"]) == ("lamps.toml", "missing_file", str(tmp_path))
