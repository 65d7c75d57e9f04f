"""Decoding in children that can be killed: a few are kept warm, and a lost one is replaced."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from sightline.images.decode_pixels import Job, Outcome, Verdict, decode_pixels
from sightline.images.limits import ImageLimits
from sightline.images.picture import RGB
from sightline.images.pillow_floor import check_pillow
from sightline.images.wire import REPLY_BYTES, pack_request, unpack_reply

MAX_DECODES_PER_CHILD = 1000  # bounds what a leak in a decoder can grow to
KEPT_BYTES = 48 * 1024 * 1024  # of the shared file, between pictures: fresh pages cost as much as a small decode
MAX_CRASHES_PER_PICTURE = 2  # then it is refused unseen
N_CRASHES_REMEMBERED = 256


@dataclass(frozen=True, slots=True)
class Decoded:
    """How a decode ended; `pixels` only if the verdict is DECODED."""

    outcome: Outcome
    pixels: RGB | None = None


class DecodePool:
    """Decodes in up to `n_children` children at a time. Any thread may call it; close it at the end.

    Raises:
        ConfigError: If Pillow is too old for bytes that strangers send.
    """

    def __init__(self, limits: ImageLimits, n_children: int = 2) -> None:
        check_pillow()
        self._limits = limits
        self._idle: list[_Child] = []
        self._free = threading.BoundedSemaphore(n_children)
        self._lock = threading.Lock()
        self._crashes: OrderedDict[bytes, list[Verdict]] = OrderedDict()
        self._is_closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def decode(self, data: bytes, job: Job) -> Decoded:
        """Decode in a child. Returns within the wall limit, whatever the bytes are; waits first for a free child."""
        verdicts = self._crashes_of(data)
        if len(verdicts) >= MAX_CRASHES_PER_PICTURE:
            return Decoded(Outcome(verdicts[-1]))
        with self._free:
            child = self._take()
            try:
                decoded = child.decode(data, job, self._limits)
            except _ChildLost as lost:
                child.kill()
                if lost.verdict is not Verdict.MACHINE_BUSY:
                    self._remember_crash(data, lost.verdict)
                return Decoded(Outcome(lost.verdict))
            except BaseException:
                child.kill()
                raise
            self._give_back(child)
            return decoded

    def close(self) -> None:
        """End the idle children. A busy one ends when its decode does."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for child in idle:
            child.kill()

    def _take(self) -> _Child:
        with self._lock:
            while self._idle:
                child = self._idle.pop()
                if child.is_alive():
                    return child
                child.kill()
        return _Child(self._limits)

    def _give_back(self, child: _Child) -> None:
        with self._lock:
            is_kept = child.n_decodes < MAX_DECODES_PER_CHILD and not self._is_closed
            if is_kept:
                self._idle.append(child)
        if not is_kept:
            child.kill()

    def _crashes_of(self, data: bytes) -> list[Verdict]:
        if not self._crashes:
            return []
        with self._lock:
            return self._crashes.get(sha256(data).digest(), [])

    def _remember_crash(self, data: bytes, verdict: Verdict) -> None:
        digest = sha256(data).digest()
        with self._lock:
            self._crashes.setdefault(digest, []).append(verdict)
            self._crashes.move_to_end(digest)
            while len(self._crashes) > N_CRASHES_REMEMBERED:
                self._crashes.popitem(last=False)


def decode_in_process(data: bytes, job: Job) -> Decoded:
    """Decode right here, for bytes that we made ourselves: no limit on time or memory."""
    buffer = bytearray()
    outcome = decode_pixels(data, job, buffer.extend)
    if outcome.verdict is not Verdict.DECODED:
        return Decoded(outcome)
    return Decoded(outcome, np.frombuffer(buffer, np.uint8).reshape(outcome.height, outcome.width, 3))


class _ChildLost(Exception):
    """The child died or ran out of time."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict)
        self.verdict = verdict


class _Child:
    """One process, its line and its shared file."""

    def __init__(self, limits: ImageLimits) -> None:
        self._pixels_fd = os.memfd_create("pixels")
        self._line, far_end = socket.socketpair()
        with far_end:
            self._process = subprocess.Popen(  # noqa: S603  our own module
                [
                    sys.executable, "-P", "-m", "sightline.images.decode_worker",
                    str(self._pixels_fd), str(limits.decode_memory_bytes), str(limits.max_pixels),
                ],
                stdin=far_end.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                pass_fds=(self._pixels_fd,), env=_clean_environment(),
            )  # fmt: skip
        self.n_decodes = 0

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait_for_its_end(self) -> None:
        self._process.wait()

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def decode(self, data: bytes, job: Job, limits: ImageLimits) -> Decoded:
        self.n_decodes += 1
        deadline = time.monotonic() + limits.decode_wall_s
        cpu_before_s = self._cpu_s()
        try:
            self._line.settimeout(limits.decode_wall_s)
            self._line.sendall(pack_request(job, limits.decode_cpu_s, len(data)))
            self._line.sendall(data)
            outcome, _ = unpack_reply(self._receive(deadline))
        except TimeoutError:
            used_s = self._cpu_s() - cpu_before_s
            is_its_own_fault = used_s >= limits.decode_cpu_s / 2
            raise _ChildLost(Verdict.TOO_MUCH_WORK if is_its_own_fault else Verdict.MACHINE_BUSY) from None
        except (OSError, EOFError, ValueError):
            raise _ChildLost(self._cause_of_death()) from None
        if outcome.verdict is not Verdict.DECODED:
            return Decoded(outcome)
        return Decoded(outcome, self._read_pixels(outcome, limits))

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self._line.close()
        if self._pixels_fd >= 0:
            os.close(self._pixels_fd)
            self._pixels_fd = -1

    def _receive(self, deadline: float) -> bytes:
        reply = b""
        while len(reply) < REPLY_BYTES:
            self._line.settimeout(max(0.001, deadline - time.monotonic()))
            piece = self._line.recv(REPLY_BYTES - len(reply))
            if not piece:
                raise EOFError
            reply += piece
        return reply

    def _read_pixels(self, outcome: Outcome, limits: ImageLimits) -> RGB:
        """Copy the pixels out: the child could change the shared file while we look at it."""
        if not 0 < outcome.width * outcome.height <= limits.max_pixels:
            raise _ChildLost(Verdict.CORRUPT)
        pixels: RGB = np.empty((outcome.height, outcome.width, 3), np.uint8)
        target = pixels.reshape(-1).data
        at = 0
        while at < pixels.nbytes:
            n = os.preadv(self._pixels_fd, [target[at:]], at)
            if n == 0:
                raise _ChildLost(Verdict.CORRUPT)
            at += n
        if pixels.nbytes > KEPT_BYTES:
            os.ftruncate(self._pixels_fd, 0)
        return pixels

    def _cpu_s(self) -> float:
        """Return the processor time the child has used, in seconds (proc_pid_stat(5): utime and stime)."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _cause_of_death(self) -> Verdict:
        try:
            code = self._process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            return Verdict.CORRUPT
        return Verdict.TOO_MUCH_WORK if code in (-signal.SIGXCPU, -signal.SIGKILL) else Verdict.CORRUPT


def _clean_environment() -> dict[str, str]:
    """Give the child where to import from and nothing else: no keys, no proxies, no settings."""
    return {
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "PATH": os.defpath,
        "LC_ALL": "C.UTF-8",
        "MALLOC_ARENA_MAX": "2",  # address space is limited and each arena reserves 64 MiB of it
        "PYTHONDONTWRITEBYTECODE": "1",
    }
