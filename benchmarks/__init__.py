"""Measurements: speed, size and understanding of Steady beside Rasa's defaults. Nothing is asserted."""
