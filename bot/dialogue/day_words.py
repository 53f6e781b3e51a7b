"""The German and English words that days are named with, reduced to symbols of one small language.

`symbols("nächsten Freitag, spätestens Ende Okt.")` is "NEXT W4, AT END M10d.": the grammar in `dates` is written in
these symbols. They are in upper case (weekday abbreviations that are also other words: `w4`, likewise `m5e`), all other
words stay in lower case.
"""

import re
import unicodedata
from functools import lru_cache

from bot.dialogue.day_spelling import Spelling
from bot.dialogue.feasts import FEAST_NAMES, FEASTS

_MONTHS = {
    "d": "januar/jaenner februar/feber maerz/mrz - mai juni/juno juli/julei - - oktober/okt - dezember/dez",
    "e": "january february march/mar - may june july - - october/oct - december/dec",
    "b": "jan feb - april/apr - jun jul august/aug september/sept/sep - november/nov -",
}
"""The twelve months as German, English and both write them."""
_WEEKDAYS = [
    "montag monday", "dienstag tuesday", "mittwoch wednesday", "donnerstag thursday", "freitag friday",
    "samstag sonnabend saturday", "sonntag sunday",
]  # fmt: skip
_SHORT_WEEKDAYS = ["mo mon", "di tue tues", "mi wed", "do thu thurs", "fr fri", "sa sat", "so sun"]
_TIMES = """
    abend abends vormittag vormittags nachmittag nachmittags mittag mittags frueh nacht morning afternoon evening night
"""
_UNITS = ["ein", "zwei", "drei", "vier", "fuenf", "sechs", "sieben", "acht", "neun"]
_TENS = {"zwanzig": 20, "dreissig": 30, "vierzig": 40, "fuenfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80,
         "neunzig": 90}  # fmt: skip
_TEENS = "zehn elf zwoelf dreizehn vierzehn fuenfzehn sechzehn siebzehn achtzehn neunzehn"
_NUMBERS = {
    **{unit: number for number, unit in enumerate(_UNITS, 1) if number > 1},
    **{teen: number for number, teen in enumerate(_TEENS.split(), 10)},
    **{f"{unit}und{ten}": tens + n for ten, tens in _TENS.items() for n, unit in enumerate(_UNITS, 1)},
    **_TENS,
    "zwo": 2, "hundert": 100, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "twenty": 20, "thirty": 30,
}  # fmt: skip
_GERMAN_ORDINALS = [
    *(
        "erst",
        "zweit/zwot/zwoat",
        "dritt",
        "viert",
        "fuenft/fimft",
        "sechst",
        "siebt/siebent",
        "acht",
        "neunt",
        "zehnt",
    ),
    *(
        "elft",
        "zwoelft",
        "dreizehnt",
        "vierzehnt",
        "fuenfzehnt/fuffzehnt",
        "sechzehnt",
        "siebzehnt",
        "achtzehnt",
        "neunzehnt",
        "zwanzigst",
    ),
    *(f"{unit}undzwanzigst" for unit in _UNITS),
    *("dreissigst", "einunddreissigst"),
]
"""The stems of the German ordinal numbers from 1 to 31, where there are two both."""
_ENGLISH_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]

_SYMBOLS = {
    "NEXT": "naechste naechsten naechster naechstes naechstem naechst nexten nexte next",
    "COMING": "kommende kommenden kommender kommendes kommendem folgende folgenden folgender coming following",
    "AFTERNEXT": "uebernaechste uebernaechsten uebernaechster uebernaechstes uebernaechstem",
    "THIS": "diese diesen dieser dieses diesem laufende laufenden laufender laufendes this current",
    "LASTBUTONE": "vorletzte vorletzten vorletzter vorletztes",
    "LAST": "letzte letzten letzter letztes letztem vergangene vergangenen vergangener vergangenes vorige vorigen "
    "voriger voriges last previous past",
    "EVERY": "juemmer jede jeden jeder jedes jedem immer alle every each",
    "SINCE": "seit since",
    "NOT": "nicht not",
    "INSTEAD": "statt anstatt instead",
    "IN": "in innerhalb innert binnen within noch fuer for nochmal",
    "GOOD": "gut gute guten guter gutes",
    "ABOUT": "ca etwa ungefaehr circa rund so knapp about roughly spaetestens allerspaetestens fruehestens erst eher "
    "wohl wahrscheinlich vermutlich voraussichtlich vielleicht vllt eventuell evtl notfalls genau maximal max "
    "hoechstens lieber besser mindestens inklusive inkl einschliesslich einschl",
    "AT": "am on im ab gegen at beim from",
    "TO": "zum zur",
    "UNTIL": "bis by until till",
    "BEFORE": "vor before",
    "AFTER": "nach after",
    "OR": "oder or und and u bzw beziehungsweise",
    "THE": "de der des dem den die das the d vom of von",
    "ONE": "ein eine einem einen einer eines a an one nem ner nen",
    "HALF": "halb halbe halben halbes half",
    "1½": "anderthalb",
    "BEGIN": "anfang anf anfangs beginn beginning start early",
    "MID": "mitte middle mid medio",
    "END": "ende end late",
    "DAY": "tag tage tagen brueckentag day days",
    "DAY BEFORE": "vortag vorabend",
    "WEEK": "woche wochen week weeks wo",
    "FORTNIGHT": "fortnight fortnights",
    "MONTH": "monat monate monaten monats month months",
    "YEAR": "jahr jahre jahren jahres jahrs year years",
    "QUARTER": "quartal quartals quarter",
    "WORKDAY": "werktag werktage werktagen arbeitstag arbeitstage arbeitstagen",
    "WEEKNO": "kw kalenderwoche",
    "WEEKEND": "wochenende weekend",
    "TIME": _TIMES,
    "D-2": "vorgestern",
    "D-1": "gestern yesterday",
    "D0": "heute today tonight",
    "D1": "morgen tomorrow tmrw",
    "D2": "uebermorgen",
    "D3": "ueberuebermorgen",
    "END THIS WEEK": "wochenschluss",
    "MID THIS WEEK": "wochenmitte",
    "END THIS MONTH": "monatsende monatsletzter monatsletzten ultimo",
    "MID THIS MONTH": "monatsmitte",
    "BEGIN NEXT YEAR": "jahresanfang jahresbeginn",
    "BEGIN NEXT MONTH": "monatsanfang monatsbeginn monatserster monatsersten",
    "END THIS QUARTER": "quartalsende",
    "END THIS YEAR": "jahresende jahreswechsel jahresschluss",
    "MID THIS YEAR": "jahresmitte",
    "HALF YEAR": "halbjahr halbjahrs halbjahres jahreshaelfte hj",
    "3 MONTH": "vierteljahr",
    "9 MONTH": "dreivierteljahr",
}
_LEXICON = {
    **{word: symbol for symbol, words in _SYMBOLS.items() for word in words.split()},
    **{word: str(number) for word, number in _NUMBERS.items()},
    **{f"{unit}einhalb": f"{number}½" for number, unit in enumerate(_UNITS, 1)},
    **{
        stem + ending: f"{n}."
        for n, stems in enumerate(_GERMAN_ORDINALS, 1)
        for stem in stems.split("/")
        for ending in ("e", "en", "er", "es", "em")
    },
    **{word: f"{number}." for number, word in enumerate(_ENGLISH_ORDINALS, 1)},
    "fifteenth": "15.",
    "twentieth": "20.",
    "thirtieth": "30.",
}
for _spelling, _names in _MONTHS.items():
    for _number, _month_names in enumerate(_names.split(), start=1):
        for _name in _month_names.split("/"):
            if _name != "-":
                _LEXICON[_name] = f"{'m' if _name in ('may', 'march', 'mar', 'jan') else 'M'}{_number}{_spelling}"
                if len(_name) > 5:
                    _LEXICON[f"{_name}s"] = _LEXICON[_name]
                _LEXICON[f"{_name}wochenende"] = f"{_LEXICON[_name]} WEEKEND"
                _LEXICON[f"{_name}woche"] = f"{_LEXICON[_name]} WEEK"
for _number, (_long, _short) in enumerate(zip(_WEEKDAYS, _SHORT_WEEKDAYS, strict=True)):
    _LEXICON |= dict.fromkeys(_short.split(), f"w{_number}")
    for _name in _long.split():
        _LEXICON[_name] = f"W{_number}"
        _LEXICON |= {f"{_name}{_time}": f"W{_number} TIME" for _time in (*_TIMES.split(), "morgen")}

_NEIGHBOURS = (
    "naechtens naechte naechten morgens dieser diese wiese riese mahlzeit december laufender anfragen frage akte"
    " akten mark wochenenden stadt taken wohnen wachen mittel vorgesehen moegen laender montage gesten diesel miete"
    " mieten mitten aktes anfange anfangt anfing anhang append arbeitsstab arbeitstakt auffang augusta auguste"
    " brueckenbau checken dehnt dent dieben dieber dieken dielen dienen diener dienes dienstbach dieren dieseln"
    " dieter dirt dirty dissen doesen dreh duesen dunstig freital freudig gaesten gecken geistern geldern gendern"
    " gestecken gestehen gestein gestellen gester gestirn gutter haeute huete huette jaeten jaguar jahresabschluss"
    " jahresmiete jahresmieten jahresmittel jahresmotto jahresrente jena jenaer jener jenna jenner jetten jetter"
    " kaesten kecken keltern keschern kutter laufbaender lautende lautenden lautender maerchen margen marken mendig"
    " merken mide moehrchen mohren molchen molken monaden monatsmiete monatsmieten monatsrente mond monda monde"
    " monden mondnacht monds mont montan monte mooren moorigen morden morgan morschen morsen morten moscheen murken"
    " mythe nackt naechstens naehrten naehten nagt neckten neiden netten nickt pinnen schnappend seeks segs sexte"
    " sexten sixt sonntagsruhe sonstig staat stad starrt stat suendig tend tent tree tritte tritten uebernachte"
    " uebernachten ueberworfen ueberzogen ultima veba vordach vorlag vortrag wegs weihnachtsstadt wertig wichen woge"
    " wogen wohn woke zehnder zender"
)
_SHORT = "quartal anfang april juni juli maerz zwei drei vier fuenf ende heute woche tage monat mitte"
_SPELLING = Spelling(
    (*_LEXICON, *FEAST_NAMES),
    forgiven=[
        *_SHORT.split(),
        *(name for name in FEAST_NAMES if len(name) > 8),
        *(
            word
            for word, symbol in _LEXICON.items()
            if len(word) > 5
            and not word.endswith(("woche", "wochenende"))
            and (symbol[0] in "MWND" or "AFTER" in symbol or "THIS" in symbol)
        ),
    ],
    others=(
        *(f"{word}{ending}" for words in _WEEKDAYS for word in words.split() for ending in ("s", "e", "en")),
        *_NEIGHBOURS.split(),
    ),
)
"""Other words lie one slip away from ours and mean something else ("freitags": every Friday)."""

_FOLDED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "–": "-", "—": "-", "‑": "-", "−": "-", "’": "'", "´": "'", "`": "'"}
)
_RUN_TOGETHER = re.compile(
    r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ][a-zäöü])|(?<=[^\W\d_]{3})(?=20\d\d\b)"
    r"|(?<=\bam)(?=\d)|(?<=\bbis)(?=\d)|(?<=\bzum)(?=\d)|(?<=\d\.)(?=[A-Za-zÄÖÜäöü]{3})"
)
"""What has lost its space: "bisFreitag", "Mai2026", "am15.10.", "4.Advent"."""

_KILOWATT = re.compile(r"\bkW[hp]?\b")
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN = {numeral: number for number, numeral in enumerate(_NUMERALS, start=1)}
_ROMAN_NUMBER = re.compile(r"(?:(?<=\d\.)\s?(?=[ivx]{1,4}\.)|\b(?=[iv]{1,3}\. quartal))([ivx]+)")
"""A month or a quarter: "30.VI.", "IV. Quartal"."""
_NOTATIONS = [
    (re.compile(pattern), known)
    for pattern, known in (
        (r"\b(\d{1,2})(?: ?\. ?\.| \.) ?(\d{1,2}) ?\.", r"\1.\2."),  # "19..5.", "12 . 9 ."
        (r"\bk\. ?w\.", "kw"),
        (r"\b(20\d\d)-?w(\d\d)\b", r"kw \2/\1"),
        (r"\bh([12])(?= |$)", r"\1. halbjahr"),
        (r"\b([1-4])\. ?q\b\.?", r"q\1"),
    )
]
"""How dates are typed, and how they are meant."""
_FILLER = re.compile(r"\b(?:aehm?|oehm?|ehm|hm+)\b,?")
_HALF = re.compile(r"(?<=\d)(?:[.,]5| 1/2)(?= (?:wo|mon|ja|we|ye))")  # "1,5 Jahre"
_ORDINAL = re.compile(r"(?<=\d)(?:te[nrsm]?)\b")  # "am 20ten"
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_PHRASES = {
    "day after tomorrow": "uebermorgen", "calendar week": "kw", "week after next": "uebernaechste woche",
    "new years": "new year's", "1/2 jahr": "halbes jahr", "neuen jahr": "naechsten jahr",
    "neues jahr": "naechstes jahr",
    " d. m.": " dieses monats", " d.m.": " dieses monats", " d. j.": " dieses jahres", " d.j.": " dieses jahres",
    "from now": "from today", "quartal eins": "quartal 1",
    "'ne": "ne", "end of the year": "jahresende", "year end": "jahresende", "year-end": "jahresende",
}  # fmt: skip
_NO_DAY = re.compile(
    r"\bdie (?!naechst|uebernaechst)\w{2,}ten?\b"
    r"(?! \w*(?:woche|haelfte|wochenende|kw|advent|quartal|jahr))"
    r"|\b(?:naechsten?|kommenden?|next|coming) (?:paar |few )?(?:wochen|tagen?|monaten?|jahren?|weeks|days|months)\b"
)
"""What sounds like a day or a time and is none: "die dritte Gruppe", "in den nächsten Wochen"."""
_FEAST = re.compile("|".join(rf"(?P<F{n}>\b(?:{name})\b(?!-))" for n, name in enumerate(FEASTS)))


def symbols(text: str) -> str:
    """`text` in lower case without umlauts, every word for a day or a number as its symbol, slips corrected.
    Punctuation and figures stay: in dates they have a meaning. Feasts are F and their place in `FEASTS`."""
    shown = _KILOWATT.sub("kilowatt", unicodedata.normalize("NFC", text))
    lowered = _RUN_TOGETHER.sub(" ", shown).casefold().translate(_FOLDED)
    if not lowered.isascii():
        lowered = "".join(char for char in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(char))
    lowered = " ".join(_FILLER.sub(" ", lowered).split())
    lowered = _HALF.sub("½", _ORDINAL.sub(".", lowered))
    lowered = _ROMAN_NUMBER.sub(lambda found: str(_ROMAN.get(found[1], found[1])), lowered)
    for pattern, meant in _NOTATIONS:
        lowered = pattern.sub(meant, lowered)
    for phrase, known in _PHRASES.items():
        lowered = lowered.replace(phrase, known)
    lowered = _WORD.sub(lambda found: _standard(found[0]), lowered)
    lowered = _FEAST.sub(lambda found: found.lastgroup or "", lowered)
    return _WORD.sub(lambda found: _symbol(found[0]), _NO_DAY.sub(";", lowered))


@lru_cache(maxsize=4096)
def _standard(word: str) -> str:
    """The word, or its parts, as we know it."""
    return "-".join(map(_SPELLING.standard, word.split("-")))


def _symbol(word: str) -> str:
    """The symbol of a word: "Oktober-November" names two months, "Mai-Wald" none."""
    symbols_of_parts = [_LEXICON.get(part, part) for part in word.split("-")]
    if len(symbols_of_parts) > 1 and not all(symbol[0] in "MWBE" for symbol in symbols_of_parts):
        return word
    return "-".join(symbols_of_parts)
