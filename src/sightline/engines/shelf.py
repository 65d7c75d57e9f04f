"""The models that were pulled: a folder each, with the model, its projector, and a card that says what they are.

A folder `NAME` holds `NAME.gguf` and `mmproj-NAME.gguf`, so the file's stem is the name that clients use.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from sightline.engines.catalogue import Entry, catalogue
from sightline.engines.hub import Hub, HubFile, PullFailed, Repository, sha256_of
from sightline.errors import ConfigError, NotFound

CARD = "card.json"
MODEL_PRECISIONS = ("q4_k_m", "q8_0", "q4_0", "f16", "bf16")  # what is taken first
EYES_PRECISIONS = ("f16", "q8_0", "bf16", "f32")
SPLIT = re.compile(r"-\d{5}-of-\d{5}")


@dataclass(frozen=True, slots=True)
class Probe:
    """How fast a model was here, once: measured, with the day."""

    day: str
    first_token_s: float
    tokens_per_s: float


@dataclass(frozen=True, slots=True)
class Card:
    """Where a pulled model came from."""

    name: str
    repository: str
    commit: str
    licence: str
    model: HubFile
    projector: HubFile
    probe: Probe | None = None

    @property
    def n_bytes(self) -> int:
        """Both files."""
        return self.model.n_bytes + self.projector.n_bytes


class Shelf:
    """All models below one folder, which may not exist."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def model_file(self, name: str) -> Path:
        """Return where a model's file is, or would be."""
        return self.folder / name / f"{name}.gguf"

    def projector_file(self, name: str) -> Path:
        """Return where its projector is, or would be."""
        return self.folder / name / f"mmproj-{name}.gguf"

    def has(self, name: str) -> bool:
        """Whether both files are here, pulled or copied."""
        return _is_name(name) and self.model_file(name).is_file() and self.projector_file(name).is_file()

    def names(self) -> list[str]:
        """Return the names of all models that are here."""
        if not self.folder.is_dir():
            return []
        return sorted(path.name for path in self.folder.iterdir() if self.has(path.name))

    def card(self, name: str) -> Card | None:
        """Return a model's card; `None` if its files were copied here by hand."""
        try:
            told = json.loads((self.folder / name / CARD).read_text("utf-8"))
            probe = told.pop("probe")
            model, projector = (HubFile(**told.pop(part)) for part in ("model", "projector"))
            return Card(**told, model=model, projector=projector, probe=None if probe is None else Probe(**probe))
        except FileNotFoundError:
            return None
        except (OSError, KeyError, TypeError, ValueError):
            raise ConfigError(
                f"{self.folder / name / CARD} cannot be read; `sightline models rm {name}` and pull again"
            ) from None

    def damage(self, name: str) -> str | None:
        """Return which file of a model is not the one that was pulled, `None` if both are. Reads both from end to end.

        Raises:
            NotFound: If the model has no card to compare with.
            ConfigError: If the card cannot be read.
        """
        card = self.card(name)
        if card is None:
            raise NotFound(f"the files of '{name}' were copied here by hand: nothing says what they should be")
        for path, file in ((self.model_file(name), card.model), (self.projector_file(name), card.projector)):
            if not path.is_file():
                return f"{path.name} is missing"
            if path.stat().st_size != file.n_bytes:
                return f"{path.name} has {path.stat().st_size:,} bytes, not {file.n_bytes:,}"
            if sha256_of(path) != file.sha256:
                return f"{path.name} was changed (its sha256 differs)"
        return None

    def note(self, card: Card) -> None:
        """Write a model's card, by rename."""
        path = self.folder / card.name / CARD
        part = path.with_suffix(".part")
        part.write_text(json.dumps(asdict(card), indent=1) + "\n", "utf-8")
        part.replace(path)

    def remove(self, name: str) -> int:
        """Delete a model, whole or half pulled; return the bytes that were freed.

        Raises:
            NotFound: If there is none of that name.
        """
        folder = self.folder / name
        if not _is_name(name) or not folder.is_dir():
            raise NotFound(f"there is no model '{name}' in {self.folder}")
        n_bytes = sum(path.stat().st_size for path in folder.iterdir())
        shutil.rmtree(folder)
        return n_bytes

    def pull(self, entry: Entry, hub: Hub, precision: str | None, show: Callable[[HubFile, int], None]) -> Card:
        """Bring a model here; what is here already is not fetched again.

        Raises:
            PullFailed: If it cannot be brought; what came stays and is gone on with.
        """
        repository = hub.repository(entry.repository)
        model, projector = chosen(repository, precision)
        (self.folder / entry.name).mkdir(parents=True, exist_ok=True)
        targets = ((model, self.model_file(entry.name)), (projector, self.projector_file(entry.name)))
        card = Card(entry.name, repository.name, repository.commit, repository.licence, model, projector)
        before = self.card(entry.name)
        for file, target in targets:
            if not (before and target.is_file() and file.sha256 in (before.model.sha256, before.projector.sha256)):
                hub.download(repository, file, target, lambda n, file=file: show(file, n))  # type: ignore[misc]
        self.note(card)
        return card

    def local(self, model: str) -> str:
        """Return the path of a model that is here under this name; any other name as it is.

        Raises:
            ConfigError: If the catalogue has it but it was not pulled.
        """
        if self.has(model):
            return str(self.model_file(model))
        if any(model == entry.name for entry in catalogue()) and not Path(model).exists():
            raise ConfigError(f"the model {model} is not here yet: sightline models pull {model}")
        return model

    def note_probe(self, name: str, probe: Probe) -> None:
        """Keep what was measured, if the model has a card."""
        if card := self.card(name):
            self.note(replace(card, probe=probe))


def chosen(repository: Repository, precision: str | None) -> tuple[HubFile, HubFile]:
    """Return the model's file, of this precision or the first usual one, and the projector's.

    Raises:
        PullFailed: If the repository has no such files.
    """
    whole = [file for file in repository.files if not SPLIT.search(file.path) and "/" not in file.path]
    eyes = [file for file in whole if "mmproj" in file.path.lower()]
    models = [file for file in whole if file not in eyes]
    model = _first(models, (precision.lower(),) if precision else MODEL_PRECISIONS)
    projector = _first(eyes, EYES_PRECISIONS)
    if model is None or projector is None:
        names = ", ".join(file.path for file in repository.files) or "none"
        wanted = (
            f"a model of precision {precision}"
            if precision and projector
            else "a model in one file with its projector (mmproj)"
        )
        raise PullFailed(f"{repository.name} has not {wanted}; its GGUF files: {names}")
    return model, projector


def _first(files: list[HubFile], precisions: tuple[str, ...]) -> HubFile | None:
    for precision in precisions:
        for file in files:
            if re.search(rf"(?<![a-z0-9]){re.escape(precision)}(?![a-z0-9])", file.path.lower()):
                return file
    return None


def _is_name(name: str) -> bool:
    """Whether `name` can be that of a folder here: nothing that leads elsewhere."""
    return re.fullmatch(r"[\w][\w.-]*", name) is not None
