"""plugin.toml: read without running anything, refused by what is wrong in it."""

import pytest

from console.domain.errors import Invalid
from console.plugin.manifest import found_in, read
from tests.plugin.processes import MANIFEST, plugin

SETTINGS = '[settings.file]\nlabel = {zh = "文件", en = "File"}\ntype = "file"\nneeded = true\n'
SETTINGS += '[words]\nx = {zh = "坏 {n}", en = "bad {n}"}\n'


def test_a_manifest_is_read_whole(tmp_path):
    made = read(plugin(tmp_path, "trial", "", more=SETTINGS))

    assert (made.id, made.api, made.gives, made.life, made.is_too_new) == ("trial", 1, ("cameras",), "always", False)
    assert [(one.name, one.kind, one.is_needed, one.label.zh) for one in made.settings] == [("file", "file", True, "文件")]
    assert made.words["x"].en.format(n=3) == "bad 3"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('id = "trial"', 'id = "other"'), ('id = "trial"', 'id = "../trial"'), ("api = 1", "api = 0"), ("api = 1", "api = true"),
        ('["cameras"]', "[]"), ('["cameras"]', '["widgets"]'), ('"always"', '"sometimes"'), ('zh = "试"', 'zh = ""'),
        ('type = "file"', 'type = "python"'), ('type = "file"', 'type = "choice"'), ("[words]", "[words"), ("zh = \"坏 {n}\", ", ""),
        ("api = 1", "api = 1\nsettings = 3"),
    ],
)  # fmt: skip
def test_a_broken_one_is_refused_and_says_where(tmp_path, old, new):
    folder = plugin(tmp_path, "trial", "")
    text = MANIFEST.format(name="trial", api=1, life="always") + SETTINGS
    assert old in text
    (folder / "plugin.toml").write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(Invalid) as refused:
        read(folder)
    assert (refused.value.field, refused.value.code) == ("manifest", "broken_manifest")
    assert refused.value.facts["problem"]
    assert [(one.id, one.health.state) for one in found_in(tmp_path)] == [("trial", "failed")]


def test_one_for_a_later_console_is_named_but_not_understood(tmp_path):
    made = read(plugin(tmp_path, "trial", "", api=2, more='[settings.eye]\ntype = "iris"\n'))

    assert (made.is_too_new, made.name.zh, made.settings) == (True, "试", ())


def test_a_folder_without_a_manifest_is_none(tmp_path):
    (tmp_path / "notes").mkdir()

    assert found_in(tmp_path) == ()
    assert found_in(tmp_path / "nowhere") == ()
