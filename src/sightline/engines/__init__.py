"""Whatever answers: the bundled model, an echo, and doors to bigger models."""
