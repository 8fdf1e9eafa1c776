"""The ways in: the Rasa input channels and their parts, one job a file."""
