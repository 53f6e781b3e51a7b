"""How a pledge stands, in words. The order matters: what a line finds is taken out of the clause, so denials and
particular phrases come before the general words that they contain."""

from bot.dialogue.understanding.intents import Intent
from bot.dialogue.understanding.phrases import one_of, phrases, words

GOOD = words(
    "gut prima super toll bestens klasse top hervorragend wunderbar spitze perfekt rund glatt reibungslos ordentlich "
    "stabil blendend ausgezeichnet grossartig well fine great smoothly good nicely perfectly okay excellent"
)
_PLAN = (
    r"im (zeit)?plan|nach (zeit)?plan|planmaessig|im soll|in der zeit|im zeitrahmen|on (track|schedule|time)|as planned"
)
_FORWARD = words("voran vorwaerts weiter vorangekommen weitergekommen vorangegangen")
_FINISHED = words(
    "geschafft vollbracht erledigt fertig fertiggestellt abgeschlossen umgesetzt vollendet erfuellt eingeweiht "
    "eroeffnet eingeloest beendet realisiert done finished completed complete accomplished achieved"
)
_NONE = words("kein keine keinen keinerlei ohne no without")
_SOFT = r"so|as|ganz|sehr|immer|besonders|wirklich|sonderlich|allzu|gerade|mehr so|really|quite|so|very|particularly|too|exactly|gar so"

_OWN = (
    r"\w*(?:projekt|sache|vorhaben|ganze|planung|vorbereitung|arbeit|umsetzung|versprechen|antrag|prozess|verfahren|gespraech"
    r"|bau|abstimmung|ausschreibung|team|rest|umzug|ding|laden|verkauf|betrieb|geschichte|organisation|beteiligung)"
)

CHECKIN = (
    phrases(
        None,
        """
        laeuft … (aus|ab|ueber|durch|davon|weg|schief|gefahr|herum|an)
        laeuft (durch|ueber|um|gegen|vor|zwischen|von|bis) \\w+ \\w+
        (der|die|das|mein|meine|dein|deine|ein|eine) (?!{own})\\w+ (laeuft|laufen)
        (wir|ich|leute|kinder|alle leute) (laufen|laeuft|laufe)
        (bin|voellig|total|ganz schoen) (\\w+ )?(geschafft|erledigt)
        (die|eine) (nase|kamera|zeit) laeuft
        (marathon|film|frist|zeit|wasser|motor|hund|kind|lauf|radio|fernseher|vertrag) laeuft
        (haengt|haengen) (das |es |alles )?(noch |ganz |sehr |stark )?(davon|vom \\w+|von … ) ab
        haengt (noch )?davon
        (fix und fertig|fertig mit den nerven|fertig machen)
        (noch|lange|laengst|bisher|bislang) (lange )?nicht (ganz )?(so weit|soweit|{finished})
        nicht (ganz )?{finished}
        (not|isn t|aren t|haven t|hasn t) (quite |yet |all )?{finished}( yet)?
        (halb|haelfte|zur haelfte|half) {finished}
        (bald|demnaechst|in kuerze|soon) {finished}
        wird … {finished}
        will be {finished}
        nicht so (schlimm|wild|tragisch|wichtig)
        (guten|schoenen) (tag|morgen|abend)
        alles gute
        """,
        finished=_FINISHED,
        own=_OWN,
    ),
    phrases(
        Intent.ON_TRACK,
        """
        (nicht|nichts) (so |mal )?schlecht*
        nicht (zu )?(klagen|meckern)
        kann (mich )?nicht (klagen|beschweren|meckern)
        keine klagen?
        (not|isn t) (too |so )?bad
        can t complain
        {none} (nennenswerten? |grossen |groesseren |weiteren |ernsten |major |real )?(problem*|schwierigkeit*|hindernis*|huerden|issues?|trouble|sorgen?|verzoegerung*|stillstand)
        (unproblematisch|problemlos|stoerungsfrei)
        (nicht|nichts) (mehr )?(blockiert|festgefahren)
        (koennte|kann|koennt) (gar |ueberhaupt )?nicht besser (laufen|gehen|sein)
        (besser|schneller|weiter|frueher) als (gedacht|geplant|erwartet|erhofft)
        (better|faster) than (expected|planned|we thought)
        """,
        none=_NONE,
    ),
    phrases(
        Intent.SLOW,
        """
        (nicht|not|kaum) (mehr |noch )?({soft}) (ganz |so )?(gut|schnell*|recht|viel|toll|super|rund|richtig|flott|zuegig|optimal|prickelnd|berauschend|rosig|einfach|leicht|reibungslos|glatt|prima|well|fast|quickly|smoothly|great|good|easy|ideal|wie (geplant|gedacht|gehofft|erhofft|gewuenscht|erwartet)|as (planned|hoped|fast|quickly|well)|{plan})( (wie|as) … (geplant|gedacht|gehofft|erhofft|hoped|planned|expected))?
        (nicht|not) (mehr |ganz |mehr ganz |immer )?(schnell|zuegig|flott|optimal|ideal|rund|gut|well|toll|super|berauschend|smoothly|wie (geplant|gedacht|gehofft|erhofft|gewuenscht)|as (planned|hoped)|{plan})( genug)?
        (not|isn t|aren t|nicht) (going|running) (so |too |that |very )?(well|great|smoothly|fine)
        (zeitplan|termin|plan) … nicht … (halten|haltbar|einhalten|zu halten)
        nicht vom (schnellsten|besten)
        """,
        soft=_SOFT,
        plan=_PLAN,
    ),
    phrases(
        Intent.STUCK,
        """
        (nicht|nichts|kaum|keinen (schritt|meter|millimeter|zentimeter)) (mehr |so recht |wirklich |richtig )?{forward}
        nicht (mehr )?vom fleck
        keinen (schritt|meter|millimeter|zentimeter)
        (geht|tut|bewegt|passiert|laeuft|ruehrt|regt|geschieht|klappt|funktioniert|ging|lief) … (nichts|gar nicht|ueberhaupt nicht)( mehr)?
        nichts (geht|laeuft|passiert|bewegt|tut|ruehrt|klappt|funktioniert)( sich)?( mehr)?
        (ueberhaupt |gar )nichts
        {none} (fortschritt*|bewegung|vorankommen|weiterkommen|land in sicht|entwicklung)
        (no|without) progress
        not (moving|progressing|getting anywhere|working)
        (isn t|aren t) (moving|progressing|getting anywhere|working)
        (going|getting) nowhere
        nothing … (happening|moving|happens|works)
        (wissen|weiss) … nicht (mehr )?weiter
        weder vor noch zurueck
        (treten|trete|tritt) … auf der stelle
        (drehen|drehe|dreht) … im kreis*
        tote hose
        """,
        forward=_FORWARD,
        none=_NONE,
    ),
    phrases(
        Intent.STUCK,
        """
        (haengt|haengen|haenge|hing|sitzen|sitzt|stecken|steckt|stecke|fahren|steht|gefahren) … fest
        fest ?(haengen|haengt|gefahren*|gehaengt|stecken|steckt|sitzen)
        (festgefahren*|feststeck*|festhaengen|festhaengt)
        auf eis( gelegt)?
        (sackgasse|stillstand|standstill|haengepartie|blockade|dead end)
        (steht|stehen|stand) (\\w+ ){0,2}still
        (stillsteh*|stillgelegt|lahmgelegt|lahm gelegt|ausgebremst|eingefroren|blockier*|blockt)
        (stockt|stocken|stockend|klemmt|klemmen|hakt|ruht|no movement|in limbo)
        (stocken|stoecken) geraten
        (liegt|liegen) (\\w+ ){0,2}(brach|lahm)
        (haengen|haengt) … in der luft
        auf grund gelaufen
        (stuck|blocked|on hold|hit a (wall|brick wall)|bogged down|stalled|deadlocked?|gridlock*|jammed)
        (xred|^rot$|^red$)
        """,
    ),
    phrases(
        Intent.ON_TRACK,
        """
        (fast|beinahe|nahezu|so gut wie|praktisch|almost|nearly) (\\w+ )?({finished}|am ziel|durch|there)
        kurz vor (dem |der )?(ziel|abschluss|fertigstellung|schluss|ende|einweihung|eroeffnung)\\w*
        (zielgerade*|endspurt|letzten zuegen|home stretch)
        """,
        finished=_FINISHED,
    ),
    phrases(
        Intent.SLOW,
        """
        (nur|wenig|wenige|kaum|kein grosser|nicht viel) … (fortschritt*|progress)
        (kleine|kleiner|geringe|geringer|maessige|maessiger|wenig|little|slow) (fortschritt*|progress)
        (mit )?(halber|angezogener) (kraft|handbremse)
        weniger (schnell|gut|rund) … (gedacht|geplant|erhofft|gehofft)?
        schleppt( sich)?( \\w+)?
        dauert( \\w+){0,2}$
        (langsam|langsamer|langsames|langsamen|schleppend*|zaeh*|zoegerlich|traege|muehsam|muehselig|holprig*|gebremst|schwerfaellig|stotternd|holpert|stottert|haengt hinterher)
        (haengen|haengt|liegen|liegt|hinken|hinkt|sind|bin|ist) … hinterher
        hinter (dem |unserem )?(zeit)?plan
        (verzoeger*|verspaet*|rueckstand|hinterher|schneckentempo|gemaechlich)
        (im|in) (zeit)?verzug
        zieht sich( (\\w+ )?(hin|in die laenge))?
        (dauert|braucht|brauchen|brauche|benoetigen) … (laenger|mehr zeit|zeit|weile|ewig*|geduld)
        (dauert (noch|leider|lange))
        (geht so|so lala|soso|na ja geht|maessig*|mittelmaessig|mittelpraechtig|durchwachsen|schleift|mau|mit haengen und wuergen)
        (laeuft|klappt|geht|lief) (\\w+ )?schlecht*
        (koennte|koennt) (\\w+ )?besser( laufen| gehen| sein)?
        (in )?kleinen schritten
        (slow|slower|slowly|sluggish*|delay*|lagging|so so|meh)
        behind( schedule)?
        (taking|takes|take|need|needs) (\\w+ ){0,2}(longer|more time|time|while)
        dragging( on)?
        (xyellow|xsnail|^gelb$|^yellow$)
        """,
    ),
    phrases(
        Intent.DONE,
        """
        (haben |habe |hab )?(es |das |alles )?(ist |sind |bin )?{finished}
        wir sind durch
        ziel erreicht
        haken (dran|dahinter)
        unter dach und fach
        (in )?trockenen tuechern
        (made it|did it|wrapped up)
        (xparty|xtick)
        """,
        finished=_FINISHED,
    ),
    phrases(
        Intent.ON_TRACK,
        """
        laeuft (\\w+ ){0,3}({good}|wie (geschmiert|am schnuerchen|geplant|gedacht|gehofft|geoelt))
        wie (geplant|vorgesehen|am schnuerchen|geschmiert|gewuenscht)
        (laeuft|laufen|laeuft es|rennt|flutscht|brummt)
        ({plan}|vor dem (zeit)?plan|auf kurs|laut plan|alles nach vorschrift)
        auf (einem |dem )?(guten|richtigen|besten|gutem) wege?
        im gruenen( bereich)?
        ({good}|schon weit|ein (gutes |grosses )?stueck|deutlich|zuegig|schnell|stetig|schoen) (\\w+ )?({forward}|unterwegs|dabei)
        (komm*|geht|gehen|schreit*|bin|sind|ging) … (voran|vorwaerts|vorangekommen|weitergekommen)
        (geht|gehen)( \\w+)? weiter
        (vorangekommen|geht seinen gang|seinen gang)
        (es geht |gut )voran
        (gute |grosse |tolle |schoene |erste |deutliche )?fortschritte
        alles (\\w+ )?({good}|in ordnung|im lot|in butter|roger|tutti|paletti|gruen|easy|fit|schick|chic|senkrecht)
        (schaut|sieht|siehts|looks|looking) (\\w+ )?({good}) ?(aus)?
        (passt|passt schon|klappt|funktioniert|in arbeit|in bearbeitung|am laufen|im gange|in vollem gange|in progress|works|working)
        (sind|bin|bleiben|bleibe) (\\w+ )?(dran|dabei|auf kurs)
        (geht|gehen|klappt|lief|ging|laufen|steht) (\\w+ )?({good})
        going (\\w+ )?({good}|strong|ahead|to plan)
        (making|good|great|steady) (\\w+ )?progress
        (all|everything|everything s|it s) (\\w+ )?(good|well|fine|okay|great|on track)
        (coming|moving|getting) (along|forward|ahead|there)
        (under way|underway|running|ahead of (schedule|plan|time)|up and running)
        (xup|xgreen|^gruen$|^green$)
        (sind|bin|sehr|ganz|happy|sind sehr) (\\w+ )?(zufrieden|happy)
        progressing( \\w+)?
        smooth sailing
        """,
        good=GOOD,
        plan=_PLAN,
        forward=_FORWARD,
    ),
    phrases(Intent.STUCK, "(haengt|haengen|hing)"),
    phrases(Intent.UNCLEAR, "(xdown|xcross)"),
)

PRAISE = one_of(
    """
    (es |das |uns |mir |bei uns |geht |ist |bisher |bislang |soweit |eigentlich |echt |ganz |sehr |recht |wirklich |alles |so far |pretty |very |really )*({good})( danke| so far| bisher| soweit| bei uns)*
    """,
    good=GOOD,
)
"""Alone it says how things are; beside other words it may be about anything."""
