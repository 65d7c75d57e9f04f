"""The fixed text and code of every refusal of a picture. Wording: OpenAI's, as far as it is known."""

from __future__ import annotations

from sightline.errors import (
    CorruptImage,
    EmptyImage,
    FileError,
    ImageTooLarge,
    InvalidBase64,
    InvalidImageUrl,
    TooManyImages,
    UnsupportedImage,
)

FORMATS = "['png', 'jpeg', 'gif', 'webp', 'bmp', 'heic', 'avif', 'svg']"
NOT_A_PUBLIC_ADDRESS = "Only names and addresses of the public internet are fetched."


def unsupported(param: str) -> UnsupportedImage:
    """The bytes are none of the formats we read."""
    return UnsupportedImage(
        "You uploaded an unsupported image. "
        f"Please make sure your image has of one the following formats: {FORMATS}.",  # sic: OpenAI's words
        param=param,
    )


def unsafe_drawing(param: str) -> UnsupportedImage:
    """An SVG that wants more than to be drawn."""
    return UnsupportedImage(
        "You uploaded an unsupported image. An SVG may hold no script, no entity declarations and "
        "no reference to anything outside itself.",
        param=param,
    )


def not_an_image_type(param: str) -> UnsupportedImage:
    """A data URL that says it is not a picture."""
    return UnsupportedImage(
        "Invalid MIME type. Only image types are supported.", param=param, code="invalid_image_format"
    )


def corrupt(param: str) -> CorruptImage:
    """The bytes start like a picture and do not decode."""
    return CorruptImage("You uploaded an unsupported image. Please make sure your image is valid.", param=param)


def empty(param: str) -> EmptyImage:
    """There is not one byte."""
    return EmptyImage(_data_url_text(param, "empty base64-encoded bytes."), param=param)


def no_separator(param: str) -> InvalidBase64:
    """A data URL without `;base64,`."""
    return InvalidBase64(_data_url_text(param, "a value without the ';base64' separator."), param=param)


def no_data_prefix(param: str) -> InvalidBase64:
    """Base64 on its own where a URL belongs."""
    return InvalidBase64(_data_url_text(param, "a value without the 'data:' prefix."), param=param)


def bad_base64(param: str) -> InvalidBase64:
    """A payload with something that is not base64 in it."""
    return InvalidBase64("Invalid base64 image_url.", param=param)


def too_many_bytes(limit: int, param: str) -> ImageTooLarge:
    """The encoded picture is too long; `limit` in bytes."""
    return ImageTooLarge(f"The image is larger than the limit of {limit:,} bytes.", param=param)


def too_many_pixels(width: int, height: int, limit: int, param: str) -> ImageTooLarge:
    """The area is above `limit`, in pixels."""
    return ImageTooLarge(
        f"The image is {width:,} x {height:,} pixels; the limit is {limit:,} pixels in all.", param=param
    )


def side_too_long(width: int, height: int, limit: int, param: str) -> ImageTooLarge:
    """A side is above `limit`, in pixels."""
    return ImageTooLarge(f"The image is {width:,} x {height:,} pixels; the limit is {limit:,} a side.", param=param)


def too_much_work(param: str) -> ImageTooLarge:
    """Decoding would take, or took, more time or memory than one picture may."""
    return ImageTooLarge("The image takes more time or memory to decode than one image may.", param=param)


def too_many_images(n: int, limit: int, param: str | None) -> TooManyImages:
    """More pictures than a request may carry."""
    return TooManyImages(f"Too many images in request: {n}, maximum allowed: {limit}", param=param)


def bad_file_data(param: str, got: str) -> FileError:
    """What should be a PDF in base64 is something else."""
    return FileError(
        f"Invalid file data: '{param}'. Expected a base64-encoded data URL with an application/pdf MIME type "
        f"(e.g. 'data:application/pdf;base64,JVBERi0xLjQ='), but got {got}.",
        param=param,
        code="invalid_value",
    )


def not_a_document(param: str) -> FileError:
    """The bytes are no PDF."""
    return FileError(
        "You uploaded an unsupported file. Only PDF documents are read.", param=param, code="unsupported_file"
    )


def broken_document(param: str) -> FileError:
    """The bytes start like a PDF and cannot be read as one."""
    return FileError(
        "The document could not be read. Please make sure it is a valid PDF without a password.", param=param
    )


def too_large_a_file(limit: int, param: str) -> FileError:
    """The document is too long; `limit` in bytes."""
    return FileError(f"The file is larger than the limit of {limit:,} bytes.", param=param, code="file_too_large")


def gone_file(param: str) -> FileError:
    """The file was there and is no more."""
    return FileError("The file cannot be read.", param=param, code="file_not_found")


def too_many_request_pixels(n: int, limit: int, param: str | None) -> TooManyImages:
    """The pictures are too large together; both figures in pixels."""
    return TooManyImages(
        f"The images of this request have {n:,} pixels together; the limit is {limit:,}.",
        param=param,
        code="image_too_large",
    )


def too_many_patches(n: int, limit: int, param: str) -> ImageTooLarge:
    """The patch rule counts more patches than a model takes."""
    return ImageTooLarge(
        f"The image you provided requires {n} patches after processing, exceeding the limit of {limit}. "
        "Please resize the image and try again.",
        param=param,
        code="invalid_value",
    )


def no_such_page(page: int, n_pages: int, param: str) -> UnsupportedImage:
    """A page number past the end of a document; pages count from 1."""
    return UnsupportedImage(f"There is no page {page}: the document has {n_pages}.", param=param)


def not_a_url(param: str) -> InvalidImageUrl:
    """The value is no http(s) or data URL at all."""
    return InvalidImageUrl(
        f"Invalid '{param}'. Expected a valid URL, but got a value with an invalid format.",
        param=param,
        code="invalid_value",
    )


def urls_are_off(param: str) -> InvalidImageUrl:
    """The person who runs the server has switched fetching off."""
    return InvalidImageUrl(
        "This server fetches no image URLs. Send the image as a base64-encoded data URL.", param=param
    )


def not_public(url: str, param: str) -> InvalidImageUrl:
    """One text for every reason we will not connect, so that a caller learns nothing about the inside."""
    return InvalidImageUrl(f"Error while downloading {url}. {NOT_A_PUBLIC_ADDRESS}", param=param)


def download_failed(url: str, param: str, status: int | None = None) -> InvalidImageUrl:
    """The far side refused, broke off, or answered with another status than 200."""
    end = "" if status is None else f" Upstream status code: {status}."
    return InvalidImageUrl(f"Error while downloading {url}.{end}", param=param)


def download_timed_out(url: str, param: str) -> InvalidImageUrl:
    """The far side was too slow."""
    return InvalidImageUrl(f"Timeout while downloading {url}.", param=param)


def download_empty(url: str, param: str) -> EmptyImage:
    """The far side answered 200 with nothing."""
    return EmptyImage(f"Failed to download image from {url}. Image downloaded contains no data.", param=param)


def _data_url_text(param: str, got: str) -> str:
    return (
        f"Invalid image URL: '{param}'. Expected a base64-encoded data URL with an image MIME type "
        f"(e.g. 'data:image/png;base64,aW1nIGJ5dGVzIGhlcmU='), but got {got}"
    )
