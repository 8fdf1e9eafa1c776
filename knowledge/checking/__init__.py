"""The rules of knowledge/check.py, one topic a file. Each yields findings about a pack in memory."""
