"""Words the way people type them: emoji, dialect, contractions, slips of the finger."""

import re

EMOJI = {
    "👍": "xup", "👌": "xup", "🟢": "xgreen", "💚": "xgreen", "🟡": "xyellow", "🟠": "xyellow", "🐌": "xsnail",
    "🐢": "xsnail", "🔴": "xred", "👎": "xdown", "❌": "xcross", "✖": "xcross", "🚫": "xcross", "✅": "xtick",
    "✔": "xtick", "☑": "xtick", "🎉": "xparty", "🥳": "xparty", "🏁": "xparty", "🎊": "xparty", "🙄": "xirony",
    "🤡": "xirony", "😒": "xirony", "🤦": "xirony", "🙃": "xirony", "😏": "xirony", "🤷": "xshrug", "🤔": "xshrug",
    "⏰": "xclock", "⏳": "xclock", "🆘": "xsos", "🆗": "okay", "❗": " ",
}  # fmt: skip
"""Emoji as words of their own, so that phrases can name them."""

_MEANT = {
    "hakt es": "hakts", "klemmt es": "klemmts", "stockt es": "stockts", "passt es": "passts", "dauert es": "dauerts",
    "haengt es": "haengts hangts", "laeuft es": "laeufts laufts leufts", "geht es": "gehts", "klappt es": "klappts",
    "haben es": "habens", "ist es": "ists isses", "habe es": "habs", "hat es": "hats", "wird es": "wirds",
    "war es": "wars", "wenn es": "wenns",
    "laeuft": "lafft laafd laafft laffd laufd loeft loept laeut lauefd laeufd loopt laeuf loift laft leift "
    "loeppt lauft laefft leufd laifft laift lefft",
    "gelaufen": "geloffen", "geht": "geit gaht goht gohd jeht", "haengt": "haenkt haengd hengt hanget haegt",
    "ist": "isch is iss", "nicht": "nedd nich nimma net ned nit nid ni nichd niht nict nihct nixht nciht",
    "nichts": "nex niks nischt nix nichs", "gar nicht": "garnicht", "gar nichts": "garnichts garnix",
    "mehr": "meh mea", "weiter": "weida weidr", "passt": "basst bassd", "nee": "noi nae naa neee ne",
    "kein": "koa koi keen", "schon": "scho", "alles": "ois allns aleet", "gut": "guat guad guet jood joot jut",
    "wir": "mer mia wa", "haben wir": "hamma hammer hemmer homma hamwa hamwer hammr hemmr",
    "sind wir": "simmer samma semmer simma",
    "kommen wir": "kemma kimma", "sind": "san sann", "hat": "hot hod hodd", "haben": "ham hend hen hond",
    "mag": "mog",
    "nicht mehr": "nimmer", "keiner": "koaner koiner koana keener", "was": "wat", "das": "dat dees", "viel": "vui",
    "heute": "heit heid", "wird": "wiad wead", "hingekriegt": "hikriagt hinkriagt hikriegt hinjekriegt",
    "hingehauen": "highaut hinghaut", "geklappt": "jeklappt", "gemacht": "jemacht",
    "sache": "sach", "toll": "dolle doll", "gerade": "grad", "bisschen": "bissel bissl",
    "fertig": "feddich fettich fertsch ferdig ferdich fertich fetig feritg", "erledigt": "erledicht",
    "geschafft": "gschaffd jeschafft", "stop": "stoop stpp stopo sotpp stpop sttop sttopp stoopp stopp stpo sotp",
    "danke": "thx", "teilweise": "teilw", "zum teil": "zumteil zt", "teil": "tiel tei",
    "okay": "ok okey oki okee oke k", "nein": "nien neni nain neien niein neinn", "anders": "andrs anderst",
    "stopped": "stoped", "ja": "jha jaj jaa", "klar": "klro", "einen": "nen", "na ja": "naja", "eventuell": "evtl",
    "vielleicht": "vllt vlt", "don t": "dont", "can t": "cant", "didn t": "didnt", "isn t": "isnt",
    "couldn t": "couldnt", "it s": "its", "sorry": "sry", "please": "pls plz", "jetzt": "jetz jez etz",
    "mittlerweile": "mittlerweil", "spaeter": "spaeda speter schpaeter", "nochmal": "nochmals",
    "erfuellt": "erfuelt erfult",
}  # fmt: skip
"""Dialect, contractions and slips that no distance finds, by what is meant."""
SPELLINGS = {slip: meant for meant, slips in _MEANT.items() for slip in slips.split()}

_FORGIVEN = """
    laeuft haengt haengen erledigt fertig geschafft langsam langsamer erfuellt teilweise spaeter abbrechen
    hinfaellig stockt feststeckt abgeschlossen umgesetzt planmaessig schleppend verzoegert verzoegerung
    blockiert festgefahren stillstand sackgasse fortschritte gescheitert geloest einverstanden natuerlich
    groesstenteils verlaengern verlaengerung ueberholt nachrichten einstellungen datenschutz kalender erreicht
    finished completed partially fulfilled stuck slower relevant differently progress voran vorwaerts
    gegenstandslos ueberfluessig hilfe
"""
FORGIVEN = tuple(_FORGIVEN.split())
"""Words that are recognised in spite of a slip: one letter, two in long words, never the first."""

SPELLINGS |= {
    word.replace("ae", "a").replace("oe", "o").replace("ue", "u"): word
    for word in FORGIVEN
    if re.search("[aou]e", word)
}

_OTHER_WORDS = """
    geschaeft geschaefte geschenkt laeufe laeufer fertige fertigen fertiger fertigt fertigung erledigen erledige
    erfuellen erfuelle spaete spaeten staedter angeschlossen aufgeschlossen langsame langsamen umsetzt umgesetzte
    stock stuecke stockte laeutet laeute erreichen verzoegern stillstehen haenge haengte haengst hangar kalenders
    worden werden abgelost erreichte blockiere relevante nachricht partielle schafft schaffen reicht hilfen hilft
    hilfst huelfe haenger gelost heilfe laessig langsamste struck stucke geluest geloescht haelt hellt stueck
    gescheit gescheite gescheiter
"""
OTHER_WORDS = frozenset(_OTHER_WORDS.split())
"""Real words that lie one slip away from one of those."""
