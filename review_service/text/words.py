"""underthesea's word segmentation run by an engine of our own: the same words at a fraction of the time.

The weights, the feature list, the dictionary and the token patterns are those of the installed underthesea; what is new
is how they are run (see `crf`), and that positions come for free. Before the engine is used it must agree with
underthesea on probe sentences; when the installed model is another one, `EngineError` says so, and the caller falls
back to underthesea itself.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from review_service.text.crf import TEMPLATES, WordTagger
from review_service.text.crfsuite import CRFError, read_weights

_MODEL = "ws_crf_vlsp2013_20230727"
_REMEMBERED = 65_536  # chunks between white space
# One of underthesea's patterns ("Th.S") has an unescaped dot, the only place where a token may hold white space; a
# trailing line break is where its "$" differs from the end of the text.
_NOT_BY_CHUNK = re.compile(r"Th\s[Ss]|\n|[ðÐ]")

# Within "(…)+" this class is repeated again, and an address that does not end as one ("http://!!!!") is tried in
# exponentially many ways; one character at a time finds the same.
_NESTED = r"[^\s()<>{}\[\]]+  "
_PLAIN = r"[^\s()<>{}\[\]]  "

PROBES = (
    "Viện kiểm sát nhân dân huyện Tân Biên, tỉnh Tây Ninh phê chuẩn quyết định khởi tố bị can.",
    "Ngày 08/6/2021, TP. Hồ Chí Minh ban hành Chỉ thị số 05/CT-VKSTC (sửa đổi, bổ sung năm 2017).",
    "Ông Nguyễn Văn A., 45 tuổi, khai: “Tôi không biết gì cả!”",
    "KIỂM SÁT VIÊN TRUNG CẤP TRẦN THỊ THU HÀ",
    "Học sinh học sinh học; số tiền 1.234.567,89 đồng chiếm 12,5% – gấp đôi 2020-2021.",
    "Liên hệ http://vks.vn/tin-tuc?id=1 hoặc a.b@vks.gov.vn, biển số 70B1-123.45, H'Mông, v.v...",
    "Nam",
    "a b",
    "… ; 12 Ấp 3",
)


class EngineError(RuntimeError):
    """The installed underthesea is not the one that the engine knows."""


Spans = tuple[tuple[int, int], ...]
Engine = Callable[[Sequence[str]], list[Spans]]


def load_engine() -> Engine:
    """Return underthesea's segmenter, run by our engine, once it is seen to agree with the original: it takes texts and
    returns the spans of the words of each.

    Raises:
        EngineError: the installed model is another one, or its answers differ.
    """
    import underthesea.pipeline.word_tokenize as original
    from underthesea.pipeline.word_tokenize.regex_tokenize import patterns

    folder = Path(original.__file__).parent / "models" / _MODEL
    features, dictionary = _read(folder)
    segment = _assemble(folder, dictionary, patterns)
    original.word_tokenize_model = _loaded_by_hand(folder, features, dictionary)
    for probe, spans in zip(PROBES, segment(PROBES), strict=True):
        words = [" ".join(word.split()) for word in original.word_tokenize(probe, use_token_normalize=False)]
        found = [" ".join(probe[start:end].split()) for start, end in spans]
        if found != words:
            raise EngineError(f"underthesea segments a probe sentence otherwise: {words} against {found}")
    original.word_tokenize_model = None  # its copy of the weights was needed for the probes only
    return segment


def _read(folder: Path) -> tuple[list[str], set[str]]:
    """Return the feature list and the dictionary of a model folder of underthesea.

    Raises:
        EngineError: they are not those that the engine knows.
    """
    try:
        features, dictionary = (_unpickle(folder / name) for name in ("features.bin", "dictionary.bin"))
    except (OSError, EOFError, pickle.UnpicklingError) as error:
        raise EngineError(f"underthesea's model {_MODEL}: {error}") from None
    if features != TEMPLATES or not isinstance(dictionary, set):
        raise EngineError(f"underthesea's model {_MODEL} has other features")
    return features, dictionary


def _loaded_by_hand(folder: Path, features: list[str], dictionary: set[str]) -> Any:
    """Return underthesea's own model, as its `load` makes it but for the files that we have read: it reads them four times
    as slowly, which is a twentieth of the whole start."""
    from underthesea.models.fast_crf_sequence_tagger import FastCRFSequenceTagger
    from underthesea_core import CRFFeaturizer, CRFTagger

    model = FastCRFSequenceTagger()
    model.featurizer, model.estimator = CRFFeaturizer(features, dictionary), CRFTagger()
    model.estimator.load(str(folder / model.path_model))
    return model


def _assemble(folder: Path, dictionary: set[str], patterns: re.Pattern[str]) -> Engine:
    """Return a segmenter from a model folder of underthesea, its dictionary and its token patterns."""
    try:
        tagger = WordTagger(read_weights((folder / "models.bin").read_bytes()), dictionary)
    except (OSError, CRFError) as error:
        raise EngineError(f"underthesea's model {_MODEL}: {error}") from None
    tokens = Tokens(patterns)

    def segment(texts: Sequence[str]) -> list[Spans]:
        read = [tokens.read(text) for text in texts]
        tags = tagger.tag([[text[start:end] for start, end in spans] for text, spans in read])
        return [_words(spans, inside) for (_, spans), inside in zip(read, tags, strict=True)]

    return segment


def _words(tokens: list[tuple[int, int]], inside: list[bool]) -> Spans:
    """Return the spans of words, given those of tokens and whether each continues the word before it."""
    words: list[tuple[int, int]] = []
    for token, continues in zip(tokens, inside, strict=True):
        if continues and words:
            words[-1] = (words[-1][0], token[1])
        else:
            words.append(token)
    return tuple(words)


def _unpickle(path: Path) -> Any:
    """Return what a file of the installed library holds; without arrays, joblib's format is plain pickle."""
    with path.open("rb") as file:
        return pickle.load(file)  # noqa: S301 – code that came with the library, pinned by its hash


class Tokens:
    """underthesea's tokens of a text, as spans. Its patterns look no further than white space, so that what they find
    in a chunk between white space is remembered."""

    def __init__(self, patterns: re.Pattern[str]) -> None:
        self._patterns = re.compile(patterns.pattern.replace(_NESTED, _PLAIN), patterns.flags)
        self._inside = lru_cache(_REMEMBERED)(self._split)

    def read(self, text: str) -> tuple[str, list[tuple[int, int]]]:
        """Return `text` as underthesea reads it (with "Đ" for "Ð"; same length), and the spans of its tokens, in order."""
        if _NOT_BY_CHUNK.search(text):
            text = text.replace("ð", "đ").replace("Ð", "Đ")
            return text, [match.span() for match in self._patterns.finditer(text)]
        found: list[tuple[int, int]] = []
        end, last = 0, len(text)
        for chunk in text.split():
            offset = text.index(chunk, end)
            end = offset + len(chunk)
            if chunk.isalpha():  # of letters alone no pattern makes anything but a word
                found.append((offset, end))
            elif chunk[-1] == "," and chunk[:-1].isalpha():
                found += ((offset, end - 1), (end - 1, end))
            else:
                tokens = self._inside(chunk) if end < last else self._split(chunk, "")
                found.extend([(offset + start, offset + stop) for start, stop in tokens])
        return text, found

    def _split(self, chunk: str, following: str = " ") -> tuple[tuple[int, int], ...]:
        """Return the tokens of a chunk; `following` is what stands after it, since some patterns look at the end."""
        return tuple(match.span() for match in self._patterns.finditer(chunk + following))
