"""Measurements: how fast, how large and how understanding Steady is, beside Rasa's defaults. Nothing is asserted."""
