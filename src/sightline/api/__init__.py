"""OpenAI's wire: parse, refuse, stream, spell errors."""
