"""One tree of errors. It knows nothing of HTTP; `api.errors` spells it for clients.

A message is a fixed text that names the field, the value and the limit. It never repeats the text
of another library's exception.
"""

from __future__ import annotations


class SightlineError(Exception):
    """Anything this project raises on purpose."""

    code: str | None = None

    def __init__(self, message: str, *, param: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.param = param
        if code is not None:
            self.code = code


class InvalidRequest(SightlineError):
    """The caller sent something we can name and they can fix."""


class ModelNotFound(SightlineError):
    """The caller named a model that this server does not have."""

    code = "model_not_found"


class NotFound(SightlineError):
    """What the caller names is not there, or is somebody else's."""


class QuotaExceeded(SightlineError):
    """The caller keeps as much here as they may."""

    code = "quota_exceeded"


class StoreFull(SightlineError):
    """The disk has no room for what should be kept."""

    code = "storage_full"


class InvalidKey(SightlineError):
    """The caller's key is missing or wrong."""


class ContextTooLong(InvalidRequest):
    """The conversation does not fit the model's context."""

    code = "context_length_exceeded"


class ImageError(InvalidRequest):
    """One picture could not be taken. `code` is one of OpenAI's own image codes."""

    code = "invalid_image"


class UnsupportedImage(ImageError):
    """The bytes are not a format we read."""

    code = "unsupported_image_media_type"


class CorruptImage(ImageError):
    """The bytes claim a format and do not decode."""

    code = "image_parse_error"


class EmptyImage(ImageError):
    """There are no bytes."""

    code = "empty_image_file"


class ImageTooLarge(ImageError):
    """More pixels, or a longer side, than the limit."""

    code = "image_too_large"


class ImageFileTooLarge(ImageError):
    """More bytes than the limit."""

    code = "image_file_too_large"


class InvalidBase64(ImageError):
    """A data URL whose payload is not base64."""

    code = "invalid_base64_image"


class InvalidImageUrl(ImageError):
    """A URL we will not fetch, or one that did not answer with a picture."""

    code = "invalid_image_url"


class FileError(InvalidRequest):
    """A document in a message could not be taken."""

    code = "invalid_file"


class TooManyImages(ImageError):
    """More pictures, or more pixels in all, than one request may carry."""


class Overloaded(SightlineError):
    """The queue is full or the wait was too long. The same request may work later."""

    code = "server_overloaded"

    def __init__(self, message: str, *, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class LimitReached(SightlineError):
    """The caller's key has used up a limit. The same request will work later.

    `kind` is what is used up: "requests", "tokens" or "megapixels".
    """

    code = "rate_limit_exceeded"

    def __init__(self, message: str, *, kind: str, retry_after_s: float) -> None:
        super().__init__(message)
        self.kind = kind
        self.retry_after_s = retry_after_s


class EngineFault(SightlineError):
    """The model failed while it answered. Not the caller's fault."""

    code = "server_error"


class UpstreamFault(EngineFault):
    """The server behind this one did not answer, or not as it should. The same request may work later."""

    code = "upstream_error"


class ModelUnavailable(EngineFault):
    """A model's files cannot be loaded. It stays so until whoever runs the server mends them."""

    code = "model_unavailable"


class ConfigError(SightlineError):
    """The person who runs Sightline gave a setting, a path or a file that cannot work."""
