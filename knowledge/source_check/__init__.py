"""``steady check-sources``: whether the owners' own pages still show what the pack says. Edits no file."""
