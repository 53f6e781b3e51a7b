"""Words that days are named with, as the regions say them and as people type them."""

import re
from collections import Counter
from collections.abc import Collection, Iterable

from rapidfuzz.distance import OSA

from bot.domain.words import Sound, swapped

_SOUNDS_ALIKE = (
    (r"sch(?=[dt])", "s"),  # "samschtag"
    (r"(?<=[a-z]{3})[td]+[aio]+(?:ch|g|k)$", "tag"),  # "freidach", "mondog"
    (r"(?<=[^aeioun])n$", "en"),  # "wochn"
    (r"(?:ch|g|k)s|x", "x"),
    (r"aee?", "e"),
    (r"ck|ch|k", "g"),
    (r"dt|th|d", "t"),
    (r"ph|v", "f"),
    (r"b", "p"),
    (r"y", "i"),
    (r"([aeiou])h(?![aeiou])", r"\1"),
    (r"(?<=[a-z]{3})er(?=s|$)", "a"),
    (r"(.)\1+", r"\1"),
)
sound = Sound(_SOUNDS_ALIKE)
"""As a word sounds: the same for "naechste" and "naegschde", "samstag" and "samsdach"."""

_DIALECT = {
    "montag": "moandog maandag mandag maendag maendig",
    "dienstag": "dingsdag dinstag deanstag deansdog zischtig irchtag erchtag",
    "mittwoch": "mitwoch mittwuch miggwoch mettwoch middeweken",
    "donnerstag": "dunnerstag dunschtig duennersdag pfinztag",
    "freitag": "friedag frietag fritig freedag",
    "samstag": "samschdi saterdag sonnahmd sonnamd sunnavend suennavend",
    "sonntag": "sunntag suenndag sinndag",
    "heute": "heut heit huet", "morgen": "moang morjen morje morn moargn", "tomorrow": "tommorow",
    "uebermorgen": "iwermorgen iewermorgen iwwermorje uebermorjen uebamorgen uebermorn uebermorng"
    " oevermorgen oewermorgen",
    "uebernaechste": "iwwernegscht iwernegscht", "uebernaechsten": "iwwernegschde iwwernegschten",
    "zwoelfte": "zwelfte", "zwoelften": "zwelften",
    "naechste": "neechste naegschd naeggschd naechschd",
    "naechsten": "naechstn naaksten", "kommende": "kummende", "kommenden": "kummenden",
    "woche": "woch wuch wuche", "wochen": "wuchen wochan wocha weken",
    "tage": "daag daage daach", "monat": "monet munat moanat", "jahr": "johr joahr", "jahre": "johre",
    "anfang": "afang ofang oofang oafang aanfang", "mitte": "midd mite", "april": "aprl apil", "ende": "enn",
    "maerz": "marz merz maerzen maerze", "februar": "febuar feburar", "juli": "jully", "oktober": "oktowa",
    "august": "agust", "erste": "eerste ierste", "ersten": "eersten iersten",
    "zwei": "zwee zwoa zwoi twee", "drei": "dree dri", "vier": "veer vir", "fuenf": "fimf",
    "fuenfzehn": "fuffzehn", "vierzehn": "vierzen viazehn vierzeh",
    "einer": "ara ana oana oaner oam eim", "halben": "halbn hoibn",
    "nach": "nachm nooch", "vor": "vorm", "bis": "biss bit", "nicht": "nich ned net nedd nit nid",
    "spaetestens": "spaetestns spaetstens",
}  # fmt: skip
"""What no rule makes of the words of the standard language."""


class Spelling:
    """The words of a vocabulary, folded (lower case, `ae` for `ä`), to be found in spite of how they are written."""

    def __init__(self, vocabulary: Iterable[str], *, forgiven: Collection[str], others: Iterable[str]) -> None:
        """`forgiven` are the words of the vocabulary that are recognised in spite of a slip of the finger, `others`
        real words that lie one slip away from one of them."""
        known = list(vocabulary)
        self._known, self._others = frozenset(known), frozenset(others)
        self._dialect = {form: word for word, forms in _DIALECT.items() for form in forms.split()}
        self._without_umlaut = {
            word.replace("ae", "a").replace("oe", "o").replace("ue", "u"): word
            for word in known
            if re.search("[aou]e", word)
        }
        heard = [(sound(word), word) for word in known if len(word) > 4]
        heard += [(sound(form), word) for form, word in self._dialect.items() if len(form) > 5]
        heard += [(slip, word) for word in forgiven for slip in swapped(word)]
        several = {code for code, count in Counter(code for code, _ in set(heard)).items() if count > 1}
        self._by_sound = {code: word for code, word in heard if code not in several}
        self._forgiven = [(word, word, 1 if len(word) < 11 else 2) for word in forgiven if len(word) > 5]
        self._forgiven += [(code, word, 1) for word in forgiven if len(code := sound(word)) > 7]

    def standard(self, word: str) -> str:
        """The word of the vocabulary that `word` must be, or itself where it resembles none."""
        if word in self._known:
            return word
        if meant := self._dialect.get(word) or self._without_umlaut.get(word):
            return meant
        if len(word) < 4 or word in self._others:
            return word
        code = sound(word)
        return self._by_sound.get(code) or self._nearest(word) or self._nearest(code) or word

    def _nearest(self, form: str) -> str | None:
        """The word one slip away, two for a very long word, but never in the first letter."""
        for near, word, allowed in self._forgiven:
            if near[0] == form[0] and OSA.distance(near, form, score_cutoff=allowed) <= allowed:
                return word
        return None
