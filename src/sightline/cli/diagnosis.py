"""What `sightline doctor` looks at, one check after the other. None of them changes anything that stays."""

from __future__ import annotations

import os
import platform
import re
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sightline.errors import ConfigError, NotFound

if TYPE_CHECKING:
    from sightline.api.settings import Settings

State = Literal["ok", "note", "bad"]
GIB = 2**30
LEAST_MEMORY = GIB  # the bundled model after a few receipts: benchmarks/memory.py
LEAST_DISK = GIB // 4
NOTED_FLAGS = ("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_int8", "asimddp", "sve")
EXTRAS = {"gradio": "playground", "xllamacpp": "gguf", "openvino": "fast"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; `todo` says what to do, if there is anything."""

    check: str
    state: State
    found: str
    todo: str = ""


def examine(root: Path = Path("/")) -> list[Finding]:
    """Return every finding, in the order in which things are needed. `root` is where /proc is."""
    findings = [check_python(), check_cpu(root), check_cores(), check_memory(), *check_packages(), *check_extras()]
    findings += [check_weights(), check_reading()]
    try:
        from sightline.api.settings import read_settings

        settings = read_settings()
    except (ConfigError, ImportError) as error:
        told = error.message if isinstance(error, ConfigError) else "a package is missing"
        return [*findings, Finding("settings", "bad", told, "correct the environment, or install what is missing")]
    return [
        *findings,
        check_settings(settings),
        check_data_folder(settings),
        *check_pulled(settings),
        check_keys(settings),
        check_port(settings),
    ]


def check_python() -> Finding:
    """Which Python it is: one older than 3.11 does not come as far as this."""
    return Finding("python", "ok", f"{platform.python_version()} at {sys.executable}")


def check_cpu(root: Path = Path("/")) -> Finding:
    """Which instructions the processor has that matter for speed."""
    try:
        text = (root / "proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return Finding("cpu", "ok", f"{platform.machine()}; its flags are not told by this system")
    found = re.search(r"^(?:flags|Features)\s*:(.*)$", text, re.MULTILINE)
    flags = set(found[1].split()) if found else set()
    name = re.search(r"^model name\s*:\s*(.*)$", text, re.MULTILINE)
    noted = ", ".join(flag for flag in NOTED_FLAGS if flag in flags) or "none of the flags that matter"
    told = f"{name[1] if name else platform.machine()}; {noted}"
    if platform.machine() in ("x86_64", "AMD64") and "avx2" not in flags:
        return Finding("cpu", "note", told, "it runs, slowly; the wheel of llama.cpp does not (it needs AVX2)")
    return Finding("cpu", "ok", told)


def check_cores() -> Finding:
    """How many cores may be used; a container's limit counts."""
    from sightline.engines.machine import usable_cores

    usable, there = usable_cores(), os.cpu_count() or 1
    return Finding("cores", "ok", f"{usable} usable of {there}")


def check_memory() -> Finding:
    """How much memory may be used, and how much is free."""
    from sightline.engines.machine import available_bytes, memory_bytes

    total, free = memory_bytes(), available_bytes()
    told = f"{total / GIB:.1f} GiB, {free / GIB:.1f} GiB of it free"
    if total and min(total, free or total) < LEAST_MEMORY:
        return Finding(
            "memory", "note", told, "the bundled model wants 1 GiB; close something, or give the container more"
        )
    return Finding("memory", "ok", told)


def check_packages() -> Iterator[Finding]:
    """Every package that Sightline needs is installed, and Pillow is one that may decode."""
    from sightline.images.pillow_floor import check_pillow

    wanted = [need for need in requires("sightline") or [] if "extra ==" not in need]
    names = [re.split(r"[^\w.-]", need)[0] for need in wanted]
    missing = [name for name in names if not _version(name)]
    if missing:
        yield Finding("packages", "bad", f"missing: {', '.join(missing)}", f"pip install {' '.join(missing)}")
    else:
        yield Finding("packages", "ok", f"all {len(names)}; onnxruntime {_version('onnxruntime')}")
    try:
        check_pillow(_version("pillow") or "0")
    except ConfigError as error:
        yield Finding("pillow", "bad", error.message, "pip install 'pillow>=13'")


def check_extras() -> Iterator[Finding]:
    """Which extras are here; none of them is needed."""
    for module, extra in EXTRAS.items():
        if find_spec(module):
            yield Finding(extra, "ok", f"{module} {_version(module)}")
        else:
            yield Finding(extra, "note", "not installed, not needed", f"pip install 'sightline[{extra}]'")


def check_weights(folder: Path | None = None) -> Finding:
    """The bundled model's files are the ones that were shipped."""
    from sightline.chat.assembly import BUNDLED, checkpoint_folder
    from sightline.model.checkpoint import verified_files

    try:
        found = verified_files(folder or checkpoint_folder(BUNDLED))
    except ConfigError as error:
        return Finding("weights", "bad", error.message, "install the package again")
    n_bytes = sum(map(len, found.values()))
    return Finding("weights", "ok", f"{BUNDLED}: {len(found)} files, {n_bytes / 1e6:.1f} MB, every sha256 as shipped")


def check_reading() -> Finding:
    """The reading models are here and open."""
    from sightline.reading.models import DETECTOR_FILE, RECOGNISER_FILE, find_model, open_session
    from sightline.reading.objects import MODEL_FILE, ObjectNamer

    try:
        for path in (find_model(DETECTOR_FILE), find_model(RECOGNISER_FILE)):
            open_session(path, 1)
    except ConfigError as error:
        return Finding("reading", "bad", error.message, "pip install --force-reinstall 'rapidocr>=3.10'")
    except Exception as error:  # noqa: BLE001  a file that is there and is no model: ONNX Runtime has a class for each
        told = f"a reading model does not open ({type(error).__name__})"
        return Finding("reading", "bad", told, "pip install --force-reinstall 'rapidocr>=3.10'")
    try:
        ObjectNamer()
    except ConfigError as error:
        return Finding("reading", "bad", error.message, "install the package again")
    return Finding("reading", "ok", f"{DETECTOR_FILE}, {RECOGNISER_FILE}, {MODEL_FILE.name} open")


def check_settings(settings: Settings) -> Finding:
    """The settings of the environment can work together, and nobody else gets in without a key."""
    try:
        settings.check()
    except ConfigError as error:
        return Finding("settings", "bad", error.message, "correct the environment")
    reach = "this machine alone" if settings.is_loopback else "whoever reaches this machine, with a key"
    return Finding("settings", "ok", f"{settings.host}:{settings.port}, for {reach}; model {settings.default_model}")


def check_data_folder(settings: Settings) -> Finding:
    """What outlives the server can be written, and there is room."""
    from sightline.api.data_folder import data_path

    todo = "set SIGHTLINE_DATA_DIR to a folder that can be written to"
    try:
        folder = data_path(settings.data_dir)
    except ConfigError as error:
        return Finding("data folder", "bad", error.message, todo)
    there = next(path for path in (folder, *folder.parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=there):
            free = shutil.disk_usage(there).free
    except OSError as error:
        return Finding("data folder", "bad", f"{folder} cannot be written to: {error.strerror}", todo)
    told = f"{folder}{'' if there == folder else ' (not made yet)'}, {free / 1e9:.1f} GB free"
    if free < LEAST_DISK:
        return Finding("data folder", "note", told, "make room: uploads and batches are kept there")
    return Finding("data folder", "ok", told)


def check_pulled(settings: Settings) -> Iterator[Finding]:
    """The files of every model that was pulled are the ones that came."""
    from sightline.api.data_folder import data_path
    from sightline.api.local_models import shelf_in

    try:
        shelf = shelf_in(data_path(settings.data_dir))
    except ConfigError:  # told by the check of the data folder
        return
    names = sorted(path.name for path in shelf.folder.iterdir()) if shelf.folder.is_dir() else []
    for name in names:
        again = f"sightline models rm {name} && sightline models pull {name}"
        try:
            wrong = shelf.damage(name)
        except NotFound as unknown:
            if shelf.has(name):
                yield Finding(name, "note", unknown.message)
            else:
                yield Finding(name, "note", "half of it is here", f"sightline models pull {name}")
        except (ConfigError, OSError) as error:
            told = error.message if isinstance(error, ConfigError) else f"cannot be read ({type(error).__name__})"
            yield Finding(name, "bad", told, again)
        else:
            told = wrong or "pulled, every sha256 as it came"
            yield Finding(name, "bad" if wrong else "ok", told, again if wrong else "")


def check_keys(settings: Settings) -> Finding:
    """How many keys there are."""
    try:
        stored = settings.key_store.all() if settings.key_store else []
    except ConfigError as error:
        return Finding("keys", "bad", error.message, "move the file away, or use the Sightline that wrote it")
    n = len(settings.api_keys) + sum(key.state(time.time()) == "valid" for key in stored)
    return Finding("keys", "ok", f"{n} that are valid" if n else "none: the server answers this machine alone")


def check_port(settings: Settings) -> Finding:
    """Nobody else listens where the server would."""
    where = f"{settings.host}:{settings.port}"
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        with socket.socket(family, kind, protocol) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
    except OSError as error:
        told = f"{where} cannot be listened on: {error.strerror}"
        return Finding("port", "bad", told, "stop what listens there, or choose another: --port, SIGHTLINE_PORT")
    return Finding("port", "ok", f"{where} is free")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
