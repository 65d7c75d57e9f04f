"""The SmolVLM-family definition that training and serving share. No torch here."""
