"""How a pledge stands, in words. The order matters: what a line finds is taken out of the clause, so particular phrases
come before the general words that they contain, and the denials before all."""

from bot.dialogue.understanding.checkin_denials import DENIALS, FINISHED, FORWARD, PLAN
from bot.dialogue.understanding.intents import Intent
from bot.dialogue.understanding.phrases import one_of, phrases, words

GOOD = words(
    "gut prima super toll bestens klasse top hervorragend wunderbar spitze perfekt rund glatt reibungslos ordentlich "
    "stabil blendend ausgezeichnet grossartig well fine great smoothly good nicely perfectly okay excellent"
)

CHECKIN = (
    *DENIALS,
    phrases(
        Intent.STUCK,
        """
        (haengt|haengen|haenge|hing|sitzen|sitzt|stecken|steckt|stecke|fahren|steht|gefahren) … fest
        fest ?(haengen|haengt|gefahren*|gehaengt|stecken|steckt|sitzen)
        (festgefahren*|feststeck*|festhaengen|festhaengt)
        auf eis( gelegt)?
        (sackgasse|stillstand|standstill|haengepartie|blockade|dead end)
        (steht|stehen|stand) (\\w+ ){0,2}still
        (stillsteh*|stillgelegt|auf der bremse|pausiert|zwangspause|unterbrochen|lahmgelegt|lahm gelegt|ausgebremst|
        eingefroren|blockier*|blockt)
        (stockt|stocken|klemmt|klemmen|hakt|ruht|no movement|in limbo)
        (stocken|stoecken) geraten
        (liegt|liegen) (\\w+ ){0,2}(brach|lahm)
        (haengen|haengt) … in der luft
        auf grund gelaufen
        (steht|stehen) (\\w+ )?(auf der kippe|auf der stelle|auf null|auf rot)
        (liegt|liegen|ist|sind|bleibt) (\\w+ ){0,2}(auf eis|brach|danieder|darnieder|am boden|ausgebremst)
        (eingeschlafen|versandet|totgelaufen|festgefressen|pattsituation|patt|ende gelaende|rien ne va plus|verkeilt|
        abgewuergt|funkstille|zum erliegen gekommen|zum stillstand gekommen|komplett dicht|alles dicht|baustopp)
        ^(das |es |alles |projekt |leider |ganze |momentan |derzeit |jetzt )*(steht|stehen)( leider| momentan| gerade|
         derzeit| jetzt| noch)*$
        (ins )?(stocken|stottern) (geraten|gekommen)
        (lost|dead in the water|at an impasse|an impasse|a dead end)$
        (momentan|derzeit|aktuell|gerade|zurzeit) (ist )?(\\w+ )?(pause|stillstand|sendepause|baustopp|flaute)
        (stuck|blocked|on hold|hit a (wall|brick wall)|bogged down|stalled|deadlocked?|gridlock*|jammed)
        (xred|^rot$|^red$)
        """,
    ),
    phrases(
        Intent.ON_TRACK,
        """
        (fast|beinahe|nahezu|so gut wie|praktisch|almost|nearly) (\\w+ )?({finished}|am ziel|durch|there)
        (fehlt|fehlen) (jetzt |eigentlich |\\w+ )?nur noch( \\w+){1,5}
        nur noch( \\w+){1,5} (fehlt|fehlen|offen|zu tun|zu erledigen)
        (nur noch|bloss noch) (ein paar |wenige |einige )?(kleinigkeiten|restarbeiten|details|formalitaeten|feinschliff)
        (sind|ist|bin|sollten) (dann )?(bald|demnaechst|gleich) (\\w+ )?({finished}|soweit|am ziel|durch)
        kurz vor (dem |der )?(ziel|abschluss|fertigstellung|schluss|ende|einweihung|eroeffnung)\\w*
        (zielgerade*|endspurt|letzten zuegen|home stretch)
        """,
        finished=FINISHED,
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
        (laenger|noch|etwas|weile) (\\w+ )?dauern
        (zieht|ziehen) (\\w+ )?sich
        (nicht|kaum) (\\w+ )?(auf touren|in schwung|in die gaenge)
        (hapert|harzig|harzt|knirscht|lahmt|lahm|kriecht)( (\\w+ )?(etwas|bisschen|noch))?
        (zu |viel )wenig (zeit|personal|leute|tempo)
        langsamen? schritten
        (stockend*|langsam|langsamer|langsames|langsamen|schleppend*|zaeh*|zoegerlich|traege|muehsam|muehselig|
        holprig*|gebremst|schwerfaellig|stotternd|holpert|stottert|haengt hinterher)
        (haengen|haengt|liegen|liegt|hinken|hinkt|sind|bin|ist) … hinterher
        hinter (dem |unserem )?(zeit)?plan
        (ruckelt|ruckelig|zaehfluessig|kaugummi|verzug|zeitverzug|zeitnot|ins hintertreffen|hintertreffen|stottert)
        (haben|hat|mit|etwas|leichte|grosse|kleine) (\\w+ )?(verspaetung|verzug|rueckstand)
        nur (schritt fuer schritt|muehsam|zaeh|in kleinen schritten|wenig)
        (es )?(geht|laeuft) nur (\\w+ )?(wenig|muehsam|halb|bedingt|teilweise)
        luft nach oben
        (zeit|termin|es|das|zeitplan) wird (\\w+ )?(eng|knapp|enger|knapper)
        (muss|muessen|mussten|werden) (\\w+ ){0,2}(schieben|verschieben|aufschieben|strecken)$
        (verschiebt|verzoegert|verlaengert|streckt) sich( \\w+)?( nach hinten)?
        (hintendran|hintennach|nachhinken|hinken nach|hinkt nach|im hintertreffen)
        (dauert|dauern|braucht) (\\w+ ){0,3}(laenger|lang|noch|ewig|ewigkeiten|seine zeit)
        (geht|laeuft|klappt) (\\w+ )?(nur )?(mit muehe|mit ach und krach|unter muehen|stueckweise|haeppchenweise|
        in trippelschritten|im kriechgang|im schneckentempo|auf sparflamme|nebenbei)
        auf sparflamme
        (kriechen|krieche|schleichen|schleicht|schleichend|troepfelt|peu a peu|nach nach|stueckchenweise|
        stueck fuer stueck|hakelig)
        (noch|erst) (ganz |sehr )?(am anfang|in den kinderschuhen|in den anfaengen|am start)
        (zwei|einen?|ein) (schritte?) (vor|vorwaerts|voran|zurueck)
        gut ding will weile haben
        (klappt|geht|laeuft) (\\w+ )?(halbwegs|einigermassen|leidlich|mehr oder weniger|mit (ein paar )?(abstrichen|
        hindernissen))
        (verzoegert|verspaetet) sich( \\w+)?
        um (\\w+ )?(wochen|monate|tage) (\\w+ )?(verzoegert|verschoben|verspaetet|nach hinten)
        (zaehes|muehsames|langwieriges) (\\w+ )?(verfahren|geschaeft|ringen|unterfangen)
        (langwierig|zeitraubend|umstaendlich)
        (mehr schlecht als recht|eher schlecht als recht|bescheiden|nur bedingt)
        (brauchen|braucht|brauche) … (laenger|mehr zeit|aufschub|geduld)
        (laeuft|geht) (\\w+ )?(traege|gebremst|verhalten|mittel|mittelgut|nur halb)
        (verzoeger*|verspaet*|rueckstand|hinterher|schneckentempo|gemaechlich)
        (im|in) (zeit)?verzug
        zieht sich( (\\w+ )?(hin|in die laenge))?
        (dauert|braucht|brauchen|brauche|benoetigen) … (laenger|mehr zeit|zeit|weile|ewig*|geduld)
        (dauert (noch|leider|lange))
        (geht so|so lala|soso|na ja geht|maessig*|mittelmaessig|mittelpraechtig|durchwachsen|schleift|mau|
        mit haengen und wuergen)
        (laeuft|klappt|geht|lief) (\\w+ )?schlecht*
        (koennte|koennt) (\\w+ )?(besser|schneller|zuegiger|flotter)( voran)?( laufen| gehen| sein| vorangehen)?
        (in )?kleinen schritten
        (slow|slower|slowly|sluggish*|delay*|lagging|so so|meh)
        behind( schedule| plan)?
        (liegen|liegt|sind) (\\w+ ){0,3}zurueck
        spaet dran
        running (late|behind|slow)
        (a bit |a little |somewhat )?late$
        (taking|takes|take|need|needs) (\\w+ ){0,2}(longer|more time|time|while)
        dragging( on)?
        (xyellow|xsnail|^gelb$|^yellow$)
        """,
    ),
    phrases(
        Intent.DONE,
        """
        fertig (gestellt|geworden|gemacht|gebaut)
        (haben |habe |hab )?(es |das |alles )?(ist |sind |bin )?{finished}
        wir sind durch
        als {finished} (markiert|markieren|eingetragen|eintragen|abgehakt|abhaken|melden)( werden)?
        ziel erreicht
        (melde|melden|vermelde|vermelden) (\\w+ )?vollzug
        vollzug (ist )?gemeldet
        ^vollzug$
        haken (dran|dahinter)
        unter dach und fach
        (in )?trockenen tuechern
        (made it|did it|wrapped up)
        (xparty|xtick)
        """,
        finished=FINISHED,
    ),
    phrases(
        Intent.ON_TRACK,
        """
        laeuft (\\w+ ){0,3}({good}|wie (geschmiert|am schnuerchen|geplant|gedacht|gehofft|geoelt))
        (alles |wieder |inzwischen |mittlerweile )+(aufgeholt|eingeholt|drin|in der spur|auf spur)
        (vorankommt|vorangeht|weitergeht|vorwaertsgeht|weiterlaeuft|gut laeuft|vorankommen)
        (aus dem groebsten|ueber den berg|das groebste (ist )?(geschafft|hinter uns))( raus| heraus)?
        (guter dinge|auf zack|im flow|im lot|in guten haenden|am start)
        (erwartungsgemaess|wunschgemaess|fahrplanmaessig|vereinbarungsgemaess|plangemaess|termingerecht|termintreu|
        fluppt|geschmeidig|haut hin|auf schiene|on point|in time|ball rollt|ins rollen|erste sahne|eins a|1 a)
        (es )?tut sich (was|etwas|einiges|viel)
        (es )?(geht|passiert|bewegt sich) (\\w+ )?(was|etwas|einiges)$
        (verlaeuft|schreitet|schreiten|entwickelt sich) (\\w+ )?({good}|planmaessig|voran|fort|erfreulich|problemlos)
        ^(es |das )?wird( es wird)?( schon)?$
        (rennt|laeuft) wie (\\w+ ){1,3}(katze|laeufer|uhrwerk|schnuerchen|butter|geschmiert|geoelt)
        wie ein uhrwerk
        (liegen|liege|sind|bin) (\\w+ )?(gut |voll |bestens )?in der zeit
        wie (geplant|vorgesehen|besprochen|vereinbart|erhofft|erwartet|am schnuerchen|geschmiert|gewuenscht)
        (laeuft|laufen|laeuft es|rennt|flutscht|brummt)
        ({plan}|vor dem (zeit)?plan|auf kurs|laut plan|alles nach vorschrift)
        (schon |bereits |ziemlich |recht )*weit (gekommen|fortgeschritten|gediehen)
        (weit fortgeschritten|auf der spur|in der spur|auf gutem kurs|auf der geraden|im rennen)
        (grossen|guten|wichtigen|grosser|guter|wichtiger|riesen) (schritt|sprung)( gemacht| weiter| voran|
        nach vorne?)*
        (komm*|sind|bin) (\\w+ )?weiter( gekommen)?$
        (gut|bestens|prima|super|erfolgreich) (angelaufen|gestartet|angefangen|losgegangen|eingespielt|aufgestellt|
        vorbereitet)
        (positiv|erfreulich|vielversprechend|zufriedenstellend|begeistert|gute neuigkeiten)
        (geht|ging) (\\w+ )?(gut |zuegig |schnell |flott |schoen )(weiter|los)
        auf (einem |dem )?(guten|richtigen|besten|gutem) wege?
        im gruenen( bereich)?
        ({good}|schon weit|ein (gutes |grosses )?stueck|deutlich|zuegig|schnell|stetig|schoen) (\\w+ )?({forward}|
        unterwegs|dabei)
        (komm*|geht|gehen|schreit*|bin|sind|ging) … (voran|vorwaerts|vorangekommen|weitergekommen)
        (geht|gehen)( \\w+)? weiter
        (vorangekommen|geht seinen gang|seinen gang)
        (es geht |gut )voran
        (gute |grosse |tolle |schoene |erste |deutliche )?fortschritte
        (geht|nimmt|laeuft) (\\w+ )?(alles )?(seinen|ihren|den gewohnten) (weg|gang|lauf)
        ^(das |es |na ja )?wird (schon|was|gut)?$
        ^es wird$
        (nimmt|bekommt|gewinnt) (\\w+ )?(gestalt|form|fahrt|schwung)( an| auf)?
        (in trockenen tuechern|im fluss|im zeitfenster|voll dabei|voll dran|gut dabei|gut im rennen|gut aufgestellt)
        (sind|bin|liegen|liege) (\\w+ )?(gut|bestens|super|prima|voll) (im|in|auf|dabei|drin|unterwegs)
        (entwickelt|macht) sich( (\\w+ )?({good}|praechtig))?
        (ohne|keine) (zwischenfaelle|beanstandungen|probleme|abweichung)
        alles (\\w+ )?({good}|in ordnung|im lot|in butter|roger|tutti|paletti|gruen|easy|fit|schick|chic|senkrecht)
        (schaut|sieht|siehts|looks|looking) (\\w+ )?({good}) ?(aus)?
        (passt|passt schon|klappt|funktioniert|in arbeit|in bearbeitung|am laufen|im gange|in vollem gange|
        in progress|works|working)
        (sind|bin|bleiben|bleibe) (\\w+ )?(dran|dabei|auf kurs)
        (geht|gehen|klappt|lief|ging|laufen|steht) (\\w+ )?({good})
        going (\\w+ )?({good}|strong|ahead|to plan)
        (making|good|great|steady) (\\w+ )?progress
        (all|everything|everything s|it s) (\\w+ )?(good|well|fine|okay|great|on track)
        (coming|moving|getting) (along|forward|ahead|there)
        (under way|underway|running|ahead of (schedule|plan|time)|up and running)
        (xup|xgreen|^gruen$|^green$)
        (alles|soweit|ist|passt) (\\w+ )?(im gruenen|im lack|nice|top|tip ?top|tiptop|bombe|geil|cool|entspannt|
        paletti|tutti|fein|beim alten|supi|im kasten|im griff|unter kontrolle)( bereich)?
        (sind|bin|sehr|ganz|happy|sind sehr) (\\w+ )?(zufrieden|happy)
        progressing( \\w+)?
        (geht|laeuft) (\\w+ )?(bergauf|aufwaerts)
        (according )?to plan
        (in )?(bester|guter|schoenster) ordnung
        (geht|kann|koennen) (\\w+ ){0,3}(los|losgehen|loslegen|starten)
        smooth sailing
        """,
        good=GOOD,
        plan=PLAN,
        forward=FORWARD,
    ),
    phrases(Intent.STUCK, "(haengt|haengen|hing)"),
    phrases(Intent.UNCLEAR, "(xdown|xcross)"),
)

PRAISE = one_of(
    """
    (gar |ueberhaupt |soweit |bisher )*(nicht|nichts) (so |mal )?schlecht*
    (da |es |gibt |ist |habe |haben |wir |ich )*(nicht|nichts) (zu )?(klagen|meckern|beanstanden)
    (ich |wir )?(kann|koennen) (mich |uns )?nicht (klagen|beschweren|meckern)
    keine klagen?
    (not|isn t) (too |so )?bad
    (i |we )?can t complain
    (es |das |uns |mir |bei uns |geht |ist |bisher |bislang |soweit |eigentlich |echt |ganz |sehr |recht |wirklich |
    alles |wider erwarten |ueberraschend |erstaunlich |richtig |ziemlich |so far |pretty |very |really |doing |
    going |all |we re |i m )*(?!okay$)({good})( {good})*( (danke der nachfrage|danke fuers nachfragen|
    vielen dank|danke|so far|bisher|soweit|bei uns))*
    """,
    good=GOOD,
)
"""Alone it says how things are; beside other words it may be about anything."""
