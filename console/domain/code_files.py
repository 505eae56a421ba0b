"""The code tables as their files say them, before anybody believes it: plain dictionaries, read once."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from console.domain.errors import Invalid

Row = Mapping[str, object]
Raw = Mapping[str, Mapping[str, object]]

_DECLARED_TWICE = re.compile(r"Cannot declare \((.+?),?\) twice")
_WRITTEN_TWICE = re.compile(r"Cannot overwrite a value \(at (line \d+)")


def read_table(folder: Path, name: str) -> dict[str, object]:
    """One file as it stands.

    Raises Invalid, whose field is the file: "missing_file", "broken_file", or
    "broken_code_table" with the problem "code_twice" where a code or a value
    is written twice.
    """
    file = f"{name}.toml"
    try:
        return tomllib.loads((folder / file).read_text(encoding="utf-8"))
    except FileNotFoundError as absent:
        raise Invalid(file, "missing_file", problem=str(folder)) from absent
    except tomllib.TOMLDecodeError as broken:
        twice = _DECLARED_TWICE.search(str(broken)) or _WRITTEN_TWICE.search(str(broken))
        if twice is None:
            raise Invalid(file, "broken_file", problem=str(broken)) from broken
        key = ".".join(part.strip().strip("'\"") for part in twice.group(1).split(","))
        raise Invalid(file, "broken_code_table", key=key, problem="code_twice", value=str(broken)) from broken
    except (OSError, UnicodeDecodeError) as broken:
        raise Invalid(file, "broken_file", problem=str(broken)) from broken
