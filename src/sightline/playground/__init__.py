"""The page to look at pictures with: a client of the HTTP API like any other."""

from sightline.playground.mount import mount

__all__ = ["mount"]
