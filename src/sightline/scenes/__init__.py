"""Seeded pictures with known answers."""
