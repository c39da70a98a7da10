"""From a field as it was sent to sentences, words and positions."""

from review_service.text.document import SYLLABLE, Document, Field, Sentence, Span
from review_service.text.markup import Format
from review_service.text.normalize import UPPER, fold
from review_service.text.phrases import PhraseHit, PhraseMatcher
from review_service.text.remembered import looked_up, remembered, tells
from review_service.text.segmenters import Segmenter, SegmenterName, Words, load_segmenter

__all__ = [
    "SYLLABLE",
    "UPPER",
    "Document",
    "Field",
    "Format",
    "PhraseHit",
    "PhraseMatcher",
    "Segmenter",
    "SegmenterName",
    "Sentence",
    "Span",
    "Words",
    "fold",
    "load_segmenter",
    "looked_up",
    "remembered",
    "tells",
]
