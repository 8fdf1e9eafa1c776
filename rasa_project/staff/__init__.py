"""The hotline's own side: accounts, calls, what is counted and kept. Nothing here knows Rasa or HTTP."""
