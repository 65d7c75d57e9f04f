"""Models on other servers that speak OpenAI's API: vLLM, SGLang, OpenAI, another Sightline."""

from sightline.engines.upstream.engine import UpstreamEngine
from sightline.engines.upstream.place import Kind, Upstream

__all__ = ["Kind", "Upstream", "UpstreamEngine"]
