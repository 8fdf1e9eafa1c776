"""The fact-check book: the pack as pages to print, read, correct and sign. Pure functions, pack to HTML."""
