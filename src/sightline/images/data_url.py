"""Data URLs: strict base64, sized before it is decoded."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import unquote_to_bytes

from sightline.errors import ImageTooLarge, InvalidBase64
from sightline.images import refusal


def is_data_url(url: str) -> bool:
    """Tell whether the text claims to be a data URL."""
    return url[:5].lower() == "data:"


def read_data_url(url: str, max_bytes: int, param: str) -> bytes:
    """Return the bytes of a `data:image/...;base64,...` URL.

    The media type must say image; which one is up to the bytes. CR and LF are allowed in the payload
    and nothing else that is not base64; percent-encoding is undone first.

    Raises:
        ImageError: One for each way to get it wrong, with OpenAI's text.

    Source: RFC 2397, RFC 4648 section 4.
    """
    head, comma, payload = url[5:].partition(",")
    media_type, *parameters = (word.strip().lower() for word in head.split(";"))
    if not comma or not parameters or parameters[-1] != "base64":
        raise refusal.no_separator(param)
    if not media_type.startswith("image/"):
        raise refusal.not_an_image_type(param)
    if not payload:
        raise refusal.empty(param)
    return _decode(payload, max_bytes, param)


def read_document(text: str, max_bytes: int, param: str) -> bytes:
    """Return the bytes of a PDF given as a data URL or as base64 alone.

    Raises:
        FileError: One for each way to get it wrong.
    """
    head, comma, payload = text[5:].partition(",") if is_data_url(text) else ("application/pdf;base64", ",", text)
    media_type, *parameters = (word.strip().lower() for word in head.split(";"))
    if not comma or not parameters or parameters[-1] != "base64":
        raise refusal.bad_file_data(param, "a value without the ';base64' separator")
    if media_type != "application/pdf":
        raise refusal.bad_file_data(param, f"unsupported MIME type '{media_type[:64]}'")
    if not payload:
        raise refusal.bad_file_data(param, "empty base64-encoded bytes")
    try:
        return _decode(payload, max_bytes, param)
    except InvalidBase64:
        raise refusal.bad_file_data(param, "an invalid base64-encoded value") from None
    except ImageTooLarge:
        raise refusal.too_large_a_file(max_bytes, param) from None


def looks_like_base64(text: str) -> bool:
    """Tell whether a text is a picture's base64 that lost its `data:` prefix."""
    starts = ("/9j/", "iVBORw0KGgo", "R0lGOD", "UklGR", "image/")
    return text.startswith(starts) and len(text) > 64


def _decode(payload: str, max_bytes: int, param: str) -> bytes:
    if len(payload) > 4 * (max_bytes // 3 + 2) * (3 if "%" in payload else 1) + payload.count("\n") * 2:
        raise refusal.too_many_bytes(max_bytes, param)
    try:
        encoded = unquote_to_bytes(payload) if "%" in payload else payload.encode("ascii")
        encoded = encoded.translate(None, b"\r\n")
        if len(encoded) // 4 * 3 > max_bytes + 3:
            raise refusal.too_many_bytes(max_bytes, param)
        data = base64.b64decode(encoded, validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise refusal.bad_base64(param) from None
    if not data:
        raise refusal.empty(param)
    if len(data) > max_bytes:
        raise refusal.too_many_bytes(max_bytes, param)
    return data
