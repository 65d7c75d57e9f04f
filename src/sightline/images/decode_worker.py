"""The child that decodes: reads a picture from file 0, writes its pixels into a shared file, answers on file 0.

Started as `python -m sightline.images.decode_worker`. It holds no key, no prompt and no open file but these two,
and it may crash, hang or grow: the parent ends it and starts another.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import time
import warnings

from sightline.images.decode_pixels import decode_pixels
from sightline.images.wire import REQUEST_BYTES, pack_reply, unpack_request

_PR_SET_PDEATHSIG = 1
_BYTES_PER_PIXEL = 3


def main() -> None:
    """Decode one picture after another until the parent closes the line."""
    pixels_fd, max_memory_bytes, max_pixels = (int(argument) for argument in sys.argv[1:4])
    _limit(max_memory_bytes, max_pixels)
    warnings.simplefilter("ignore")
    while (header := _read(REQUEST_BYTES)) is not None:
        job, cpu_s, n_bytes = unpack_request(header)
        data = _read(n_bytes)
        if data is None:
            return
        _allow_cpu(cpu_s)
        os.lseek(pixels_fd, 0, os.SEEK_SET)
        start_ns = time.process_time_ns()
        outcome = decode_pixels(data, job, lambda strip: _write(pixels_fd, strip))
        del data
        _write(0, pack_reply(outcome, (time.process_time_ns() - start_ns) // 1000))


def _limit(max_memory_bytes: int, max_pixels: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_AS, (max_memory_bytes, max_memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    max_file_bytes = max_pixels * _BYTES_PER_PIXEL
    resource.setrlimit(resource.RLIMIT_FSIZE, (max_file_bytes, max_file_bytes))


def _allow_cpu(cpu_s: int) -> None:
    """Let this picture use `cpu_s` more seconds; past them the kernel ends the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + cpu_s
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _read(n_bytes: int) -> bytes | None:
    """Read exactly `n_bytes`; None if the parent has gone."""
    pieces = []
    while n_bytes:
        piece = os.read(0, min(n_bytes, 1 << 20))
        if not piece:
            return None
        pieces.append(piece)
        n_bytes -= len(piece)
    return b"".join(pieces)


def _write(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


if __name__ == "__main__":
    main()
