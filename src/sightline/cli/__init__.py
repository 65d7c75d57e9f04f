"""The `sightline` program; the only room that prints."""
