"""Any GGUF vision model through llama.cpp, as it comes in the wheel `xllamacpp`."""

from sightline.engines.llama_cpp.engine import LlamaCppEngine

__all__ = ["LlamaCppEngine"]
