"""The history of the hotline's tables: env.py runs it, versions/ has one file a change."""
