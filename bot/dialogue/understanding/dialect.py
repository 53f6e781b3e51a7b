"""Words as they sound in the regions, and the word of the standard language for each.

Everything is folded (lower case, `ae` for `ä`). A form that is a word of the standard language or of English as well
("no", "mir", "wieder") stands in `_TOGETHER`, with the neighbours that tell.
"""

import re

_SOUNDS = {
    # Small words
    "alles": "ois oiss olls alls allns allens aleet aelles ells", "alle": "olle", "auch": "ooch ook",
    "auf": "uff", "aber": "abr owa oba", "oder": "odr oda", "das": "dat dees", "was": "wat wos", "wie": "wia wiar",
    "ist": "isch is iss", "etwas": "ebbes eppes ebbs", "gar": "goar gor", "halt": "hoid hoit", "ich": "ick ik",
    "ein": "oan", "eine": "oane", "einen": "nen een oan", "er": "ea", "euch": "eich", "uns": "ons", "unser": "onser",
    "und": "ond un", "hinten": "hinne hinna hint", "vorne": "vorn vorna", "von": "vo", "wir": "mia mer wa wier",
    "mit": "mid", "fuer": "fia fuea", "nur": "nua",
    "mehr": "meh mea", "viel": "vui veel", "bisschen": "bissel bissl bisserl bissle bissele bissal bitzle",
    "kein": "koa koi keen koan koin", "keine": "koane koine keene", "keiner": "koaner koiner koana keener",
    "nicht": "nedd nich ned net nit nid ni nichd niht nict nihct nixht nciht nischd netta noed",
    "nichts": "nex niks nischt nix nichs nuescht nuescht nixn", "nicht mehr": "nimmer nimma",
    "gar nicht": "garnicht garned garnet", "gar nichts": "garnichts garnix", "nee": "noi nae naa neee ne naeh",
    "na ja": "naja", "freilich": "freili", "klar": "klor", "schon": "scho schoo", "noch": "noh",
    "jetzt": "jetz jez etz iatz iatzt etza etzad itz", "heute": "heit heid huet", "gestern": "gestan geschtern",
    "wieder": "wiada wiedr", "weiter": "weida weidr weidda witer", "voran": "voeran vora", "vorwaerts": "vorwaats",
    "dran": "dro draa", "fest": "fescht", "erst": "erscht", "selbst": "selbscht", "gerade": "grad grod grade",
    "danach": "drnoch", "dabei": "drbei", "daran": "droo", "immer noch": "oiwei", "spaeter": "spaeda speter "
    "schpaeter spaetr spaeta", "mittlerweile": "mittlerweil middlerweil", "sowieso": "eh sowiso",
    # Verbs
    "laeuft": "lafft laafd laafft laffd laufd loeft loept laeut lauefd laeufd loopt laeuf loift laft leift loeppt "
    "lauft laefft leufd laifft laift lefft looft loofd leeft laeft",
    "laufen": "laffa laufa laufet", "gelaufen": "geloffen gloffa glaffa gloffen",
    "geht": "geit gaht goht gohd jeht geiht geed", "gehen": "ganget gengan",
    "haengt": "haenkt haengd hengt hanget haegt hangt hengd", "haengen": "haenget hengen hengan",
    "kommen": "kaamt kommet kemman kumman kumma", "kommt": "kimmt kimt kummt kuemmt",
    "sind": "san sann sin send suend sen",
    "haben": "ham hend hen hond hebbt hebben hann hamm hent", "hat": "hot hod hodd hett", "habe": "hob",
    "gemacht": "jemacht gmocht maakt", "machen": "machet maken mookt", "macht": "mocht", "getan": "doa gdoa daan",
    "waren": "warn", "wird": "wiad wead wiard", "werden": "wern",
    "will": "wui", "wollen": "woin woelln wellet", "moechte": "mecht mechad mechat moecht", "mag": "mog",
    "weiss": "woass woas woess wees", "sage": "sog", "sagen": "song", "sagt": "sogt", "fragt": "frogt",
    "lassen": "lossn", "lasst": "losst lasset", "ruhe": "rua", "kann": "ko", "brauchen": "braucha brauchet "
    "bruchen brauchet", "brauche": "brauch", "dauert": "dauad dauat durt duurt", "loeschen": "loeschet",
    "schreiben": "schreim schriewen", "reden": "redde schwaetze snacken", "helfen": "heifa helfa",
    "versprochen": "vasprocha versprocha vasprochn", "geklappt": "jeklappt klabbt", "klappt": "glappt glabbt klabbt",
    "hingehauen": "highaut hinghaut",
    "hingekriegt": "hikriagt hinkriagt hikriegt hinjekriegt hinjekricht hinkricht hinjekrigt",
    "geschafft": "gschaffd jeschafft", "gewesen": "gwen gwesen gwae gsi", "gehabt": "ghet",
    "passt": "basst bassd", "aufhoeren": "aufhearn ufhoere",
    # Things and how they are
    "mich": "mi", "kenne": "kenn", "gut": "guat guad guet jood joot jut goot gudd", "langsam": "langsom",
    "schoen": "schee", "toll": "dolle doll",
    "fertig": "feddich fettich fertsch ferdig ferdich fertich fetig feritg ferdi fardig ferti ferdsch",
    "erledigt": "erledicht", "sache": "sach", "hilfe": "huif", "geld": "goid", "nachrichten": "nochrichtn",
    "stop": "stoop stpp stopo sotpp stpop sttop sttopp stoopp stopp stpo sotp schdopp schtopp schdop schtop",
    # Two words run together
    "haben wir es": "hams hammas hammers hamwas",
    "haben wir": "hamma hammer hemmer homma hamwa hamwer hammr hemmr", "sind wir": "simmer samma semmer simma",
    "kommen wir": "kemma kimma kommer kommwer", "machen wir": "machma mochma machmer machwer", "gehen wir": "gemma",
    "schaffen wir": "schaffma schaffmer", "koennen wir": "kemmer koemmer",
}  # fmt: skip

DIALECT = {form: standard for standard, forms in _SOUNDS.items() for form in forms.split()}
"""Every form to the standard word or words."""

_WE = "haben|sind|kommen|gehen|haengen|machen|waren|wollen|brauchen|warten|schaffen|liegen|stehen"
_TOGETHER = (
    (r"\bdes (?=(?:haben|ist|mag|moechte|kann|laeuft|passt|geht|wird|war|hat|klappt|machen|schaffen)\b)", "das "),
    (r"\bdo (?=(?:nicht|nichts|gar|mich|ja|geht|laeuft)\b)", "da "),
    (r"\bno (?=(?:nicht|nichts|kein|keine|dabei|dran|daran|lange?|immer|a |ein|viel|weiter)\b)", "noch "),
    (r"\b(?:imma|immer|oiwei|emmer) no\b", "immer noch"),
    (r"^(?:na|no|nu|ha|aber) (?=(?:klar|freilich|sicher|logisch|logo|natuerlich|selbstverstaendlich)\b)", ""),
    (r"^nu(?: nu)*$", "ja"),
    (r"^na (?=das (?:mag|will|moechte|brauche?n?|geht) )", "nein "),
    (rf"\bmir (?=(?:{_WE})\b)", "wir "),
    (rf"\b(?:wi|mr) (?=(?:{_WE})\b)", "wir "),
    (r"\b(haben|kommen|machen|gehen|waren) (?:mr|ma|wi)\b", r"\1 wir"),
    (r"\ba (?=(?:bisschen|wenig|paar|pause|mensch)\b)", "ein "),
    (r"\b(schaff|hab|komm|mach|brauch|wart|konnt|woll|koenn|muess)e? (?:mers|mas)\b", r"\1en wir es"),
    (r"\b(schaff|komm|mach|brauch|wart)e? (?:ma|mer)\b", r"\1en wir"),
    (r"\bi (?=(?:mag|will|moechte|weiss|brauche|habe|bin|kann|kenne|komme|sage)\b)", "ich "),
    (r"\b(?:da|de|di|d) (?=(?:gemeinde|stadt|buergermeister|leute|genehmigung|sache)\b)", "die "),
    (r"\bet (?=(?:laeuft|geht|haengt|klappt|dauert|ist|wird|hat)\b)", "es "),
    (r"\b(laeuft|haengt|klappt|dauert|hakt|stockt) et\b", r"\1 es"),
)  # fmt: skip
_NEIGHBOURS = tuple((re.compile(pattern), meant) for pattern, meant in _TOGETHER)

_SHORT_PARTICIPLE = re.compile(r"\b(ab|auf|aus|an|ein|hin|um|voran|weiter)?g(?=[bcdfghkmpstwz]\w{3})")
"""The southern "gschafft", "umgsetzt": no word of the standard language begins like it."""
_SWALLOWED = re.compile(r"(?<=[aeiouy])([bdfgkpst]|ch|ss|ck|tz|ft|lf|cht|mm|ff|ll)n\b")
"""The "e" that is not heard: "redn", "machn", "loeschn"."""
_ENGLISH = frozenset({"didn", "couldn", "wouldn", "shouldn", "hadn", "mustn", "needn"})


def standard(words: list[str]) -> str:
    """Folded words with those of the regions as in the standard language."""
    heard = " ".join(DIALECT.get(word) or _written_out(word) for word in words)
    for pattern, meant in _NEIGHBOURS:
        heard = pattern.sub(meant, heard)
    return heard


def _written_out(word: str) -> str:
    if word in _ENGLISH:
        return word
    return _SWALLOWED.sub(r"\1en", _SHORT_PARTICIPLE.sub(lambda found: f"{found[1] or ''}ge", word))
