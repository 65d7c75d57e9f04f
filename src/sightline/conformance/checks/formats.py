"""Kinds of files: each is seen as the same picture in PNG is."""

from __future__ import annotations

import numpy as np
from PIL import Image

from sightline.conformance.check import Check, Outcome, Severity, Verdict, failed, passed
from sightline.conformance.pictures import SIZE, WORDS, Picture, encode, heic, plain, scene
from sightline.conformance.seeing import DESCRIBE, Case, Seen, judge, look
from sightline.conformance.server import Server

OTHER = plain((SIZE[1], SIZE[0] * 2))  # another size: also an answer that names nothing but the size tells them apart


def case(shown: Picture, like: Image.Image | None = None) -> Case:
    """Return the case of a file that holds the picture `like`."""
    return Case(shown, (encode(like or scene()),), (OTHER, None), WORDS[0])


def png(server: Server) -> Outcome:
    """PNG, against a plain picture and none."""
    return judge(server, case(encode(scene())))


def jpeg(server: Server) -> Outcome:
    """JPEG."""
    return judge(server, case(encode(scene(), "JPEG", quality=95)))


def webp(server: Server) -> Outcome:
    """WebP."""
    return judge(server, case(encode(scene(), "WEBP", lossless=True)))


def gif(server: Server) -> Outcome:
    """GIF of one frame."""
    image = scene().quantize(64)
    return judge(server, case(encode(image, "GIF"), image.convert("RGB")))


def animated_gif(server: Server) -> Outcome:
    """GIF of two frames: the first one is used, or the file refused."""
    first, second = scene().quantize(64), scene(1).quantize(64)
    shown = encode(first, "GIF", save_all=True, append_images=[second], duration=500)
    right, wrong = encode(first.convert("RGB")), encode(second.convert("RGB"))
    return judge(server, Case(shown, (right,), (wrong, None), WORDS[0]), refused=Verdict.passed)


def heic_photo(server: Server) -> Outcome:
    """HEIC: seen, or at least refused."""
    return judge(server, case(heic(scene())), refused=Verdict.partial)


def jpeg_gray(server: Server) -> Outcome:
    """JPEG of one channel."""
    image = scene().convert("L")
    return judge(server, case(encode(image, "JPEG", quality=95), image.convert("RGB")))


def jpeg_cmyk(server: Server) -> Outcome:
    """JPEG of four channels, as printers make them."""
    image = scene().convert("CMYK")
    return judge(server, case(encode(image, "JPEG", quality=95), image.convert("RGB")))


def png_palette(server: Server) -> Outcome:
    """PNG with a palette."""
    image = scene().quantize(16)
    return judge(server, case(encode(image), image.convert("RGB")))


def png_16_bit(server: Server) -> Outcome:
    """Gray PNG of 16 bits: shown at its own brightness, not clipped to white."""
    base = scene().convert("L").point(lambda level: 60 + level * 3 // 4)  # no black: clipping leaves nothing
    deep = Image.fromarray(np.asarray(base, dtype=np.uint16) * 257)
    clipped = plain(SIZE, "white")
    return judge(server, Case(encode(deep), (encode(base.convert("RGB")),), (clipped, None), WORDS[0]))


def mislabelled(server: Server) -> Outcome:
    """JPEG bytes that are called PNG."""
    data = encode(scene(), "JPEG", quality=95).data
    return judge(server, case(Picture(data, "image/png")), refused=Verdict.partial)


def bare_string(server: Server) -> Outcome:
    """`image_url` as a string, as the first guide sends it."""
    reply = server.chat(DESCRIBE, {"type": "image_url", "image_url": encode(scene()).url})
    if reply.status != 200:
        return Outcome(Verdict.partial, f"refused, {reply.summary}") if reply.is_refusal else failed(reply.summary)
    object_form = server.about(encode(scene()), DESCRIBE)
    without = server.about(None, DESCRIBE)
    if reply.usage("prompt_tokens") == object_form.usage("prompt_tokens") != without.usage("prompt_tokens"):
        return passed("costs the same as the object form")
    sighting = look(server, case(encode(scene())))
    if sighting.seen is Seen.right and reply.text == object_form.text != without.text:
        return passed("answered as the object form is")
    if reply.text == without.text != object_form.text:
        return failed("dropped: answered as without a picture")
    return Outcome(Verdict.not_applicable, "taken, but the answers do not tell whether it was seen")


def one_pixel(server: Server) -> Outcome:
    """The smallest picture there is."""
    return _no_fault(server, plain((1, 1), "white"))


def thin(server: Server) -> Outcome:
    """A picture 3000 times as wide as it is high."""
    return _no_fault(server, plain((3000, 1), "white"))


def _no_fault(server: Server, picture: Picture) -> Outcome:
    reply = server.chat(DESCRIBE, picture)
    if reply.status == 200:
        return passed("answered")
    return passed(f"refused, {reply.summary}") if reply.is_refusal else failed(f"a fault, {reply.summary}")


CHECKS = (
    Check("formats.png", "PNG is seen", "the format of screenshots", Severity.critical, png, ("T21",)),
    Check("formats.jpeg", "JPEG is seen", "the format of photos", Severity.critical, jpeg, ("T22",)),
    Check("formats.webp", "WebP is seen", "one of OpenAI's four formats", Severity.major, webp, ("T22",)),
    Check("formats.gif", "GIF is seen", "one of OpenAI's four formats", Severity.major, gif, ("T22",)),
    Check(
        "formats.animated_gif",
        "of an animated GIF the first frame is seen, or it is refused",
        "another frame is another picture",
        Severity.minor,
        animated_gif,
        ("T23", "A08"),
    ),
    Check(
        "formats.heic",
        "HEIC is seen, or at least refused",
        "phones store photos as HEIC",
        Severity.minor,
        heic_photo,
        ("peers 2",),
    ),
    Check("formats.jpeg_gray", "gray JPEG is seen", "scanners write it", Severity.major, jpeg_gray, ("T21",)),
    Check("formats.jpeg_cmyk", "CMYK JPEG is seen", "print shops write it", Severity.minor, jpeg_cmyk, ("T21", "A07")),
    Check(
        "formats.png_palette",
        "PNG with a palette is seen",
        "optimisers write it",
        Severity.major,
        png_palette,
        ("T21",),
    ),
    Check(
        "formats.png_16_bit",
        "a 16-bit PNG keeps its brightness",
        "clipped to white, the picture is gone without an error",
        Severity.minor,
        png_16_bit,
        ("T21", "A07"),
    ),
    Check(
        "formats.mislabelled",
        "the bytes say what a picture is, not its media type",
        "browsers and tools mislabel pictures all the time",
        Severity.minor,
        mislabelled,
        ("T25", "A15"),
    ),
    Check(
        "formats.bare_string",
        "image_url as a bare string is seen, or at least refused",
        "the first guide sends it so, and so does code written from it",
        Severity.minor,
        bare_string,
        ("T01", "T02"),
    ),
    Check(
        "formats.one_pixel",
        "1 x 1 px is no fault",
        "odd sizes have crashed engines",
        Severity.major,
        one_pixel,
        ("A09",),
    ),
    Check("formats.thin", "3000 x 1 px is no fault", "odd sizes have crashed engines", Severity.major, thin, ("A09",)),
)
