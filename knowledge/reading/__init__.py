"""Reading: what one text says about a case, by rule, the same for the same text every time."""

from knowledge.reading.amounts import parse_amount
from knowledge.reading.commands import command, is_last_option, option_number
from knowledge.reading.elapsed import parse_elapsed
from knowledge.reading.exposure import find_exposure
from knowledge.reading.language import detect_language
from knowledge.reading.mentions import Mention, build_nlp, mentions
from knowledge.reading.normalise import normalise
from knowledge.reading.reader import Reading, find_clues, read

__all__ = [
    "Mention",
    "Reading",
    "build_nlp",
    "command",
    "detect_language",
    "find_clues",
    "find_exposure",
    "is_last_option",
    "mentions",
    "normalise",
    "option_number",
    "parse_amount",
    "parse_elapsed",
    "read",
]
