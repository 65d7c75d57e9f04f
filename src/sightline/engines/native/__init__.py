"""The bundled model's own runtime."""

from sightline.engines.native.engine import NativeEngine

__all__ = ["NativeEngine"]
