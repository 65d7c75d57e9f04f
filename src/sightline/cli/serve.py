"""`sightline serve`: the HTTP API and the playground, until a signal says stop."""

from __future__ import annotations

import socket
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sightline.errors import ConfigError

if TYPE_CHECKING:
    from sightline.api.settings import Settings

Host = Annotated[str | None, typer.Option(help="Address to listen on.  [default: 127.0.0.1]")]
Port = Annotated[int | None, typer.Option(min=0, max=65_535, help="0 takes a free one.  [default: 8000]")]
Model = Annotated[
    list[str] | None,
    typer.Option(
        help="A model's name, a checkpoint's folder, or a GGUF file. May be repeated; the first has the aliases."
    ),
]
MemoryGb = Annotated[float | None, typer.Option(help="For several models together.  [default: 70 % of what there is]")]
Mmproj = Annotated[Path | None, typer.Option(help="A GGUF model's projector.  [default: looked for beside it]")]
Upstream = Annotated[
    list[str] | None,
    typer.Option(
        help="Base of an OpenAI-style API, http://gpu:8000/v1, whose model is served too. May be repeated: replicas."
    ),
]
UpstreamModel = Annotated[str | None, typer.Option(help="The upstream's model.  [default: the one it lists]")]
UpstreamKeyFile = Annotated[Path | None, typer.Option(help="File with the upstream's API key.")]
Playground = Annotated[
    bool | None, typer.Option("--playground/--no-playground", help="The page at '/'. By default if it is installed.")
]
Key = Annotated[list[str] | None, typer.Option(help="API key that clients must send. May be repeated.")]
KeyFile = Annotated[Path | None, typer.Option(help="File with one API key a line; '#' starts a remark.")]
ImageUrls = Annotated[
    bool | None, typer.Option("--image-urls/--no-image-urls", help="Whether pictures named by URL are fetched.")
]
Domains = Annotated[str | None, typer.Option(help="Fetch pictures from these names only: 'a.com,*.b.com'.")]
Networks = Annotated[
    list[str] | None, typer.Option(help="Network to fetch from besides the public ones. May be repeated.")
]


def serve(
    host: Host = None,
    port: Port = None,
    model: Model = None,
    mmproj: Mmproj = None,
    memory_gb: MemoryGb = None,
    upstream: Upstream = None,
    upstream_model: UpstreamModel = None,
    upstream_key_file: UpstreamKeyFile = None,
    playground: Playground = None,
    key: Key = None,
    key_file: KeyFile = None,
    image_urls: ImageUrls = None,
    image_url_domains: Domains = None,
    image_url_allow_cidr: Networks = None,
) -> None:
    """Serve OpenAI's vision API and the playground.

    Every setting can come from the environment too: SIGHTLINE_HOST, SIGHTLINE_API_KEYS, ...

    \b
    Examples:
      sightline serve
      sightline serve --port 9000 --no-playground
      sightline keys create anna && sightline serve --host 0.0.0.0
      sightline serve --model models/SmolVLM2-500M-Video-Instruct-Q8_0.gguf
      sightline serve --model sightline-mini --model smolvlm2-500m --memory-gb 4
      sightline serve --image-url-allow-cidr 192.168.1.0/24
      sightline serve --upstream http://gpu:8000/v1
    """  # noqa: D301  \b keeps the lines of the examples apart
    from sightline.api.settings import read_settings

    given: dict[str, Any] = {
        "host": host,
        "port": port,
        "default_model": model[0] if model else None,
        "more_models": tuple(model[1:]) or None if model else None,
        "mmproj": mmproj,
        "memory_gb": memory_gb,
        "upstream": tuple(upstream or ()) or None,
        "upstream_model": upstream_model,
        "upstream_key_file": upstream_key_file,
        "playground": _wants_playground(playground),
        "api_keys": tuple([*(key or ()), *_keys_in(key_file)]) or None,
        "image_urls": image_urls,
        "image_url_domains": _split(image_url_domains),
        "image_url_allow": tuple(image_url_allow_cidr or ()) or None,
    }
    settings = read_settings({name: value for name, value in given.items() if value is not None})
    settings.check()
    with _listen(settings.host, settings.port) as listener:
        _run(settings, listener)


def _run(settings: Settings, listener: socket.socket) -> None:
    from sightline.api.server import serve_on

    host, port = listener.getsockname()[:2]
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    page = f"; playground at {address}/" if settings.playground else ""
    serve_on(
        listener, settings, ready=lambda: print(f"{settings.default_model}: API at {address}/v1{page}", flush=True)
    )


def _wants_playground(asked: bool | None) -> bool | None:
    installed = find_spec("gradio") is not None
    if asked and not installed:
        raise ConfigError("--playground: it is not installed; pip install 'sightline[playground]'")
    return asked if installed else False


def _keys_in(path: Path | None) -> list[str]:
    if path is None:
        return []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"--key-file: {path} cannot be read as text") from None
    keys = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if not keys:
        raise ConfigError(f"--key-file: {path} holds no key")
    return keys


def _split(text: str | None) -> tuple[str, ...] | None:
    return None if text is None else tuple(name.strip() for name in text.split(",") if name.strip())


def _listen(host: str, port: int) -> socket.socket:
    """A socket that is bound, so that a port that is taken is known before the model loads."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        listener = socket.socket(family, kind, protocol)
    except OSError:
        raise ConfigError(f"--host: {host} is not an address of this machine") from None
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise ConfigError(f"cannot listen on {host} port {port}: {error.strerror}; choose another --port") from None
    return listener
