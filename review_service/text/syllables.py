"""Which strings are Vietnamese syllables: onset, rime and tone, after the spelling rules of the national language.

Source: the structure of the Vietnamese syllable (Đoàn Thiện Thuật, Ngữ âm tiếng Việt, 1977) and the rules of k/c/q,
g/gh, ng/ngh. Rimes that end in a stop take only the sắc and nặng tones.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ONSETS = frozenset("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q r s t th tr v x".split()) | {""}
_RIMES = frozenset(
    (
        "a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây "
        "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu êng i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu "
        "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeng oeo oet oi om on ong ooc oong op ot "
        "ô ôc ôi ôm ôn ông ôông ôôc ôp ôt ơ ơi ơm ơn ơng ơp ơt u ua uâ uân uâng uât uây uc uê uêch uênh uêt uên ui um un ung uơ uơt uô uôc uôi uôm uôn uông uôt up ut "
        "uy uya uych uyên uyêt uynh uyt uyu uyp uyn uă uău uăc uăm uăn uăng uăt uai uang uanh uat uac uay uau uao ue uen ueo uet "
        "ư ưa ưc ưi ưm ưn ưng ươ ươc ươi ươm ươn ương ươp ươt ươu ưt ưu ưp y ych yên yêm yêng yêt yêu ym yn yt ya"
    ).split()
)
_QU_RIMES = frozenset(
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âm ân âng ât âu ây e en eo et ê ên êt êch ênh êu êp i ia ic ich in inh it ip iên iêt "
    "o oc oet ôc ơ ơi ơn ơt u y ya ych yên yêt ynh yt yn yp yu yêch ươ ưa ôi".split()
)
_FRONT = frozenset("eêiy")
_STOPS = ("c", "ch", "p", "t")
# A tone mark on the glide: qúa, hòan, tùân; open syllables such as hòa may bear it there.
_MISPLACED_TONE = re.compile("q[úùủũụ]|[^aeiouyăâêôơư]*(?:[òóỏõọ][ae][^\\W\\d_]|[ùúủũụ](?:[âăê]|y[ênt])|[ừứửữự]ơ)")
_TONE_MARKS = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}


@lru_cache(maxsize=65_536)
def is_syllable(word: str) -> bool:
    """Whether `word` (lower case, composed) is spelled as a Vietnamese syllable can be."""
    letters, tone = _untone(word)
    if letters is None or _MISPLACED_TONE.match(word):
        return False
    for size in (3, 2, 1, 0):
        onset, rime = letters[:size], letters[size:]
        if (
            onset in _ONSETS
            and _fits(onset, rime)
            and not (tone in ("huyền", "hỏi", "ngã", "") and _ends_in_stop(rime))
        ):
            return True
    return False


def _untone(word: str) -> tuple[str | None, str]:
    """Return the letters without the tone, and the tone; letters are None when there are two tones."""
    plain = []
    tone = ""
    for character in unicodedata.normalize("NFD", word):
        if character in _TONE_MARKS:
            if tone:
                return None, ""
            tone = _TONE_MARKS[character]
        else:
            plain.append(character)
    return unicodedata.normalize("NFC", "".join(plain)), tone


def _ends_in_stop(rime: str) -> bool:
    return rime.endswith(_STOPS)


def _fits(onset: str, rime: str) -> bool:
    """Whether onset and rime go together in spelling."""
    if onset == "q":
        return rime.startswith("u") and rime[1:] in _QU_RIMES
    if rime not in _RIMES:
        return onset == "gi" and rime == ""
    if onset in ("k", "gh", "ngh"):
        return rime[0] in _FRONT
    if onset in ("c", "g", "ng"):
        return rime[0] not in _FRONT or (onset == "g" and rime[0] == "i")
    return True
