"""Sightline: GPT-4 with Vision on your own machine."""

__version__ = "0.1.0"
