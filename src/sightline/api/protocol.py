"""HTTP/1.1 as uvicorn speaks it, with the limits that it lacks."""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

BAD_REQUEST = (
    b'{"error":{"message":"Invalid HTTP request received.","type":"invalid_request_error","param":null,"code":null}}'
)


class BoundedProtocol(H11Protocol):
    """One connection: dropped without a whole request head in time, or when there are too many."""

    header_deadline_s: ClassVar[float] = 10.0
    max_connections: ClassVar[int] = 512
    max_connections_per_address: ClassVar[int] = 64

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clock, or close at once if the server, or the far side, has connections enough."""
        super().connection_made(transport)
        if len(self.connections) > self.max_connections or self._n_from_there() > self.max_connections_per_address:
            transport.close()
            return
        self._start_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        self._stop_timer()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """Read what came; the clock runs whenever a request head has begun and is not whole."""
        super().handle_events()
        if self.conn.their_state is not h11.IDLE:
            self._stop_timer()
        elif self._head_timer is None and self.conn.trailing_data[0]:
            self._start_timer()

    def send_400_response(self, msg: str) -> None:
        """Answer what is not HTTP in the same envelope as every other refusal."""
        headers = [(b"content-type", b"application/json"), (b"connection", b"close"), (b"x-should-retry", b"false")]
        response = h11.Response(status_code=400, headers=headers, reason=b"Bad Request")
        for event in (response, h11.Data(data=BAD_REQUEST), h11.EndOfMessage()):
            output = self.conn.send(event)
            if output:
                self.transport.write(output)
        self.transport.close()

    def _n_from_there(self) -> int:
        """Count the connections from the same address, this one included."""
        addresses = [getattr(other, "client", None) for other in self.connections]
        return sum(self.client is not None and there is not None and there[0] == self.client[0] for there in addresses)

    def _start_timer(self) -> None:
        self._head_timer = self.loop.call_later(self.header_deadline_s, self._drop_if_no_head)

    def _drop_if_no_head(self) -> None:
        self._head_timer = None
        if self.conn.their_state is h11.IDLE:
            self.transport.close()

    def _stop_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None


def bounded_protocol(
    header_deadline_s: float, max_connections: int, max_connections_per_address: int
) -> type[BoundedProtocol]:
    """Return the protocol with these limits."""
    limits = {
        "header_deadline_s": header_deadline_s,
        "max_connections": max_connections,
        "max_connections_per_address": max_connections_per_address,
    }
    return type("BoundedProtocol", (BoundedProtocol,), limits)
