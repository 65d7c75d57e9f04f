"""Trains the bundled model. The only room with torch; an extra of the package."""
