"""A server with the page and four models: `python serve_bundled.py` prints its address.

They are the bundled one, one that echoes, the bundled one under another name, and one whose files are damaged.
"""

from __future__ import annotations

import socket
import tempfile
from pathlib import Path

import uvicorn

from sightline.api.app import create_app
from sightline.api.server import uvicorn_config
from sightline.api.settings import Settings
from sightline.chat.assembly import BUNDLED, ECHO, build_chat, checkpoint_folder


def copy_of_the_model(folder: Path) -> Path:
    """The files of the bundled model in a folder, whose name becomes the model's."""
    folder.mkdir()
    for file in checkpoint_folder(BUNDLED).iterdir():
        (folder / file.name).symlink_to(file)
    return folder


def main() -> None:
    """Serve until a signal says stop."""
    settings = Settings(port=0)
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as listener:
        damaged = copy_of_the_model(Path(folder) / "mini-damaged")
        weights = (damaged / "model.safetensors").read_bytes()
        (damaged / "model.safetensors").unlink()
        (damaged / "model.safetensors").write_bytes(weights[:-1])
        chat = build_chat([BUNDLED, ECHO, str(copy_of_the_model(Path(folder) / "mini-again")), str(damaged)])
        app = create_app(chat, settings)
        print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)  # noqa: T201
        uvicorn.Server(uvicorn_config(app, settings)).run(sockets=[listener])


if __name__ == "__main__":
    main()
