import subprocess
import sys

import pytest

from sightline.errors import ConfigError
from sightline.reading import models


def test_a_model_that_is_not_installed_is_named_and_not_fetched() -> None:
    with pytest.raises(ConfigError, match=r"no-such\.onnx"):  # sockets are blocked: a fetch would fail otherwise
        models.find_model("no-such.onnx")


def test_importing_reading_loads_neither_models_nor_torch_nor_prints() -> None:
    code = "import sys, sightline.reading as r; r.Reader(); print(sorted({'torch', 'rapidocr'} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert (ran.stdout.strip(), ran.stderr) == ("[]", "")
