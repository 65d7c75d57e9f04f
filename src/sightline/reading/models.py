"""The models that reading opens on ONNX Runtime: PP-OCR's inside the installed `rapidocr` wheel, and our own.

Of that wheel only the files are used: the package's own loader would fetch a model that is not there.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import onnxruntime as ort

from sightline.errors import ConfigError

DETECTOR_FILE = "PP-OCRv6_det_small.onnx"
RECOGNISER_FILE = "PP-OCRv6_rec_small.onnx"


def find_model(name: str) -> Path:
    """Return the path of model file `name`.

    Raises:
        ConfigError: If the wheel, or the file in it, is not installed. Nothing is downloaded.
    """
    spec = find_spec("rapidocr")
    folders = [Path(place) / "models" for place in (spec.submodule_search_locations or [])] if spec else []
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    raise ConfigError(f"reading needs the file {name} of the rapidocr package; install rapidocr 3.10 or newer")


def open_session(model: Path | bytes, n_threads: int) -> ort.InferenceSession:
    """Load the model, a file or what is in it, on the CPU with `n_threads` threads inside each operator."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = n_threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_ALL
    # Threads that spin while they wait take the cores from the engine that answers.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return ort.InferenceSession(
        model if isinstance(model, bytes) else str(model), options, providers=["CPUExecutionProvider"]
    )
