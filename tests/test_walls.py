"""The walls of the house that neither import-linter nor ruff can check: sizes, names, mirrors, words.

Floors and third-party homes stand as contracts in pyproject.toml; docstrings,
annotations, relative, starred and in-function imports are ruff's rules.
"""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

ROOT = Path(__file__).resolve().parents[1]
CONSOLE = ROOT / "console"
TESTS = ROOT / "tests"
CHINESE = ROOT / "resources/i18n/zh_CN"

FILE_LINES, FUNCTION_LINES, PUBLIC_METHODS, PARAMETERS = 400, 50, 15, 5
VAGUE = {"manager", "managers", "helper", "helpers", "util", "utils", "base", "data", "info"}
# Qt's models and Python's buffers own this method's name.
NAMED_BY_OTHERS = {"data", "insertFromMimeData"}
# Only `ui/base` may touch widgets that read text as HTML; everyone else uses its plain-text door.
RICH_TEXT = {"QLabel", "QMessageBox", "QTextEdit", "QTextBrowser", "setToolTip"}
# Files that need no test of their own; each with its reason.
STEP = "tests/store/test_migrate.py takes all steps on both engines and compares the outcome with the tables"
STEPS = ("s0001_people", "s0002_cases", "s0003_journal", "s0009_city")
UNMIRRORED: dict[str, str] = {f"console/store/steps/versions/{name}.py": STEP for name in STEPS}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def console_files() -> list[Path]:
    return sorted(CONSOLE.rglob("*.py"))


def our_files() -> list[Path]:
    return [*console_files(), *sorted(TESTS.rglob("*.py"))]


def where(file: Path, node: ast.AST | None = None) -> str:
    name = file.relative_to(ROOT).as_posix()
    return f"{name}:{node.lineno}" if node is not None else name


def found(files: list[Path], kind: type | tuple[type, ...]) -> Iterator[tuple[Path, ast.AST]]:
    """Every syntax node of a kind, with its file."""
    for file in files:
        for node in ast.walk(tree(file)):
            if isinstance(node, kind):
                yield file, node


def words_of(name: str) -> set[str]:
    """A name's single words: `CaseDesk` and `case_desk` are {"case", "desk"}."""
    return {part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)}


def is_public(name: str) -> bool:
    return not name.startswith("_")


def none_of(problems: Iterable[object]) -> None:
    """Pass when there are no problems; else name every one on a line of its own."""
    lines = [str(problem) for problem in problems]
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)


def test_a_file_fits_a_few_screens():
    none_of(
        f"{where(file)}: {lines} lines"
        for file in our_files()
        if (lines := len(file.read_text(encoding="utf-8").splitlines())) > FILE_LINES
    )


def test_a_function_fits_one_screen():
    none_of(
        f"{where(file, node)} {node.name}: {lines} lines"
        for file, node in found(our_files(), Function)
        if (lines := node.end_lineno - node.lineno + 1) > FUNCTION_LINES
    )


def test_a_class_has_few_public_methods():
    counted = [
        (where(file, node), node.name, sum(isinstance(part, Function) and is_public(part.name) for part in node.body))
        for file, node in found(console_files(), ast.ClassDef)
    ]
    none_of(entry for entry in counted if entry[2] > PUBLIC_METHODS)


def test_a_function_takes_few_positional_parameters():
    crowded = []
    for file, node in found(console_files(), Function):
        names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
        if len([name for name in names if name not in ("self", "cls")]) > PARAMETERS:
            crowded.append(f"{where(file, node)} {node.name}{tuple(names)}")
    none_of(crowded)


def test_no_name_is_vague():
    vague = [where(file) for file in console_files() if words_of(file.stem) & VAGUE]
    vague += [
        f"{where(file, node)} {node.name}"
        for file, node in found(console_files(), (ast.ClassDef, *Function.__args__))
        if words_of(node.name) & VAGUE and node.name not in NAMED_BY_OTHERS
    ]
    none_of(vague)


def homes_of_tests(file: Path) -> list[Path]:
    """Where a file's tests may stand: at its mirror, or together with those of a package inside its floor."""
    inside = file.relative_to(CONSOLE)
    packages = [folder for folder in inside.parents if len(folder.parts) > 1]
    return [
        TESTS / inside.parent / f"test_{file.stem.strip('_')}.py",
        *(TESTS / folder.parent / f"test_{folder.name}.py" for folder in packages),
    ]


def does_something(node: ast.stmt) -> bool:
    """Whether a public definition has code to go wrong: a function, or a class with a method that is more than its docstring."""
    if isinstance(node, Function):
        return is_public(node.name)
    if not isinstance(node, ast.ClassDef) or not is_public(node.name):
        return False
    return any(isinstance(inner, Function) and len(inner.body) > 1 and not is_trivial(inner) for inner in node.body)


def is_trivial(method: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A docstring, and one line that returns or gives way."""
    rest = [part for part in method.body if not (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant))]
    return len(rest) <= 1 and all(isinstance(part, ast.Return | ast.Pass) for part in rest)


def test_every_file_with_something_public_has_its_test():
    alone = []
    for file in console_files():
        public = any(does_something(node) for node in tree(file).body)
        places = homes_of_tests(file)
        if public and where(file) not in UNMIRRORED and not any(place.exists() for place in places):
            alone.append(f"{where(file)} wants {where(places[0])}")
    none_of(alone)


def test_every_third_party_has_a_home():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    housed = {name for contract in contracts for name in contract.get("forbidden_modules", ())}
    homeless = set()
    for file, node in found(console_files(), (ast.Import, ast.ImportFrom)):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
        for root in {name.partition(".")[0] for name in names}:
            if root not in sys.stdlib_module_names | housed | {"console"}:
                homeless.add(f"{where(file, node)} imports {root}")
    none_of(sorted(homeless))


def test_html_can_enter_the_screen_through_the_plain_text_door_only():
    loose = []
    for file, node in found(console_files(), (ast.Name, ast.Attribute, ast.alias)):
        name = node.name if isinstance(node, ast.alias) else getattr(node, "attr", None) or getattr(node, "id", "")
        if name in RICH_TEXT and CONSOLE / "ui/base" not in file.parents:
            loose.append(f"{where(file, node)} {name}")
    none_of(loose)


def chinese() -> dict[str, str]:
    entries: dict[str, str] = {}
    for file in sorted(CHINESE.glob("*.toml")):
        entries |= tomllib.loads(file.read_text(encoding="utf-8"))
    return entries


def tr_calls(files: list[Path]) -> list[tuple[Path, ast.Call]]:
    return [
        (file, node)
        for file, node in found(files, ast.Call)
        if getattr(node.func, "id", getattr(node.func, "attr", "")) == "tr" and node.args
    ]


def test_every_text_on_a_screen_has_its_chinese():
    known = chinese()
    none_of(
        f"{where(file, call)} {source.value!r}"
        for file, call in tr_calls(console_files())
        if isinstance(source := call.args[0], ast.Constant) and source.value not in known
    )


def test_a_sentence_is_translated_whole():
    """`tr(f"…")` cannot be looked up, and `f"{tr('…')} …"` glues what other languages order differently."""
    glued = [where(file, call) for file, call in tr_calls(console_files()) if isinstance(call.args[0], ast.JoinedStr)]
    for file, text in found(console_files(), ast.JoinedStr):
        inside = {id(node) for node in ast.walk(text)}
        glued += [where(file, call) for _, call in tr_calls([file]) if id(call) in inside]
    none_of(glued)


def test_a_translation_keeps_the_facts_of_its_source():
    def facts(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}

    dotted = re.compile(r"[a-z_]+(\.[a-z0-9_]+)+")  # error.stale and the like have no English source text
    none_of(
        source for source, text in chinese().items() if not dotted.fullmatch(source) and facts(source) != facts(text)
    )


def test_no_test_is_skipped_expected_to_fail_or_asleep():
    idle = {"skip", "skipif", "xfail", "importorskip", "sleep"}
    files = sorted(TESTS.rglob("test_*.py"))
    none_of(f"{where(file, n)} {n.attr}" for file, n in found(files, ast.Attribute) if n.attr in idle)


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock"])
def test_a_lock_has_hashes_and_no_address(name):
    text = (ROOT / "installer" / name).read_text()
    pins = re.findall(r"^[A-Za-z0-9][^=\s]*==", text, re.MULTILINE)
    assert pins
    assert len(re.findall(r"\\\n    --hash=sha256:[0-9a-f]{64}", text)) >= len(pins)
    assert not re.findall(r"https?:|file:|--(?:extra-)?index-url|--find.links|--trusted-host", text)


def test_the_contracts_hold():
    code = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
