"""Rules of the project that no other tool checks."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from sightline.cli.main import app
from sightline.images.pillow_floor import check_pillow

ROOT = Path(__file__).parents[1]
MAX_LINES = 400
BANNED_MODULES = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "marshal", "shelve", "joblib"}
BANNED_CALLS = {"eval", "exec"}
BANNED_ATTRIBUTES = {("torch", "load"), ("yaml", "load"), ("yaml", "unsafe_load"), ("os", "system")}
BANNED_KEYWORDS = {"shell", "allow_pickle", "trust_remote_code"}
PACKAGE_HOSTS = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "download." + "pytorch.org",
    "deb." + "debian.org",
]


def tracked() -> list[Path]:
    """Every file that is, or is about to be, in the repository."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [path for name in done.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def modules(folder: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def text_of(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def is_banned(node: ast.AST) -> bool:
    match node:
        case ast.Import(names=names):
            return any(name.name.split(".")[0] in BANNED_MODULES for name in names)
        case ast.ImportFrom(module=str(module)):
            return module.split(".")[0] in BANNED_MODULES
        case ast.Call(func=ast.Name(id=name)) if name in BANNED_CALLS:
            return True
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return (owner, name) in BANNED_ATTRIBUTES
        case ast.keyword(arg=str(name), value=value):
            return name in BANNED_KEYWORDS and not (isinstance(value, ast.Constant) and value.value is False)
    return False


@pytest.mark.parametrize(
    "line",
    ["import pickle", "from marshal import loads", "eval('1')", "torch.load(f)", "yaml.load(f)", "run(x, shell=True)"],
)
def test_the_search_for_what_is_banned_finds_it(line: str) -> None:
    assert any(is_banned(node) for node in ast.walk(ast.parse(line)))


def test_the_search_for_what_is_banned_leaves_good_code_alone() -> None:
    good = "model.eval()\nyaml.safe_load(f)\nnp.load(f, allow_pickle=False)\nre.compile('x')\njson.load(f)"
    assert not any(is_banned(node) for node in ast.walk(ast.parse(good)))


@pytest.mark.parametrize("folder", ["src", "tests", "benchmarks", "docs", "runs"])
def test_no_code_unpickles_evaluates_text_or_starts_a_shell(folder: str) -> None:
    assert places(folder, is_banned) == []


def places(folder: str, wanted: Callable[[ast.AST], bool]) -> list[str]:
    walked = ((path, node) for path, module in modules(folder) for node in ast.walk(module))
    return [f"{path}:{getattr(node, 'lineno', 0)}" for path, node in walked if wanted(node)]


def test_shipped_code_has_no_assert() -> None:
    assert places("src", lambda node: isinstance(node, ast.Assert)) == []


@pytest.mark.parametrize("folder", ["src", "tests", "benchmarks"])
def test_no_module_is_longer_than_400_lines(folder: str) -> None:
    long = [str(path) for path in (ROOT / folder).rglob("*.py") if len((text_of(path) or "").splitlines()) > MAX_LINES]
    assert long == []


def test_no_file_names_a_package_host() -> None:
    named = [
        (str(path.relative_to(ROOT)), host)
        for path in tracked()
        for host in PACKAGE_HOSTS
        if host in (text_of(path) or "")
    ]
    assert named == []


@pytest.mark.parametrize("lock", ["serve", "playground", "dev", "build"])
def test_every_locked_package_has_a_version_and_a_hash_and_none_is_torch(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all(re.match(r"[a-z0-9.-]+==\S+.*--hash=sha256:", entry, re.DOTALL) for entry in entries)
    assert not any(entry.startswith(("torch==", "opencv-python==")) for entry in entries)


def locked(lock: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text, re.MULTILINE))


def test_each_lock_holds_the_smaller_one() -> None:
    assert locked("serve").items() <= locked("playground").items() <= locked("dev").items()


@pytest.mark.parametrize("lock", ["serve", "playground", "dev"])
def test_no_lock_holds_a_pillow_that_pictures_are_refused_with(lock: str) -> None:
    check_pillow(locked(lock)["pillow"])


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {
        "serve": project["project"]["dependencies"],
        "playground": project["project"]["optional-dependencies"]["playground"],
        "dev": project["dependency-groups"]["dev"],
        "build": project["dependency-groups"]["build"],
    }
    for lock, needs in wanted.items():
        names = {re.split(r"[^\w.-]", need)[0].lower().replace("_", "-") for need in needs}
        assert names <= locked(lock).keys(), lock


def test_the_notice_names_every_package_that_is_installed() -> None:
    words = set(re.findall(r"[a-z0-9][a-z0-9-]+", (ROOT / "NOTICE").read_text(encoding="utf-8")))
    assert locked("playground").keys() - words == set()


def test_serving_does_not_import_torch() -> None:
    rooms = "sightline.cli.main, sightline.chat, sightline.api.app, sightline.playground, sightline.evaluation"
    code = f"import sys, {rooms}; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


SHELL_BLOCK = re.compile(r"^```(?:sh|bash|console|shell)\n(.*?)^```", re.DOTALL | re.MULTILINE)


def claimed_commands() -> Iterator[tuple[str, str]]:
    """Each line of a shell block in the pages that users read."""
    for page in ("README.md", "CONTRIBUTING.md", "docs"):
        path = ROOT / page
        for file in [path] if path.is_file() else sorted(path.rglob("*.md")):
            for block in SHELL_BLOCK.findall(file.read_text(encoding="utf-8")):
                for line in re.sub(r"\\\n\s*", " ", block).splitlines():
                    yield str(file.relative_to(ROOT)), line.strip().removeprefix("$ ")


def targets() -> set[str]:
    return set(re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def is_real_target(words: list[str]) -> bool:
    return all(word in targets() for word in words if "=" not in word and not word.startswith("-"))


def is_real_command(words: list[str]) -> bool:
    command: Any = typer.main.get_command(app)
    if not words or words[0].startswith("-"):
        return True
    while hasattr(command, "commands"):  # a group: the next word is one of its commands
        if not words or words[0] not in command.commands:
            return False
        command, words = command.commands[words[0]], words[1:]
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    return all(word.split("=")[0] in known | {"--help"} for word in words if word.startswith("--"))


def is_real_script(words: list[str]) -> bool:
    return not words or not words[0].endswith((".py", ".sh")) or (ROOT / words[0]).is_file()


CHECKS: dict[str, Callable[[list[str]], bool]] = {
    "make": is_real_target,
    "sightline": is_real_command,
    "python": is_real_script,
    "bash": is_real_script,
    "sh": is_real_script,
}


def test_every_command_in_the_pages_exists() -> None:
    wrong = []
    for page, line in claimed_commands():
        for command in re.split(r"\s*(?:&&|\||;)\s*", line.split(" #")[0]):
            name, *words = command.split() or [""]
            check = CHECKS.get(name.rsplit("/", 1)[-1])
            if check is not None and not check(words):
                wrong.append(f"{page}: {command}")
    assert wrong == []


def test_ci_runs_what_everyone_runs_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith(("#", "set ", "cd "))] == ["exec make test"]


@pytest.mark.parametrize("target", ["serve", "test", "check", "bench", "train-setup", "lock"])
def test_make_has_its_targets(target: str) -> None:
    assert target in targets()
