"""What denies or only resembles a word about how a pledge stands: looked for before `checkin_words`."""

from bot.dialogue.understanding.intents import Intent
from bot.dialogue.understanding.phrases import phrases, words

PLAN = (
    r"im (zeit)?plan|nach (zeit)?plan|planmaessig|im soll|in der zeit|im zeitrahmen|on (track|schedule|time)|as planned"
)
FORWARD = words(
    "voran vorwaerts weiter vorangekommen weitergekommen vorangegangen weitermachen weiterarbeiten weiterkommen "
    "vorankommen weitergehen vorangehen"
)
FINISHED = words(
    "geschafft vollbracht erledigt fertig fertiggestellt abgeschlossen umgesetzt vollendet erfuellt eingeweiht "
    "eroeffnet eingeloest beendet realisiert done finished completed complete accomplished achieved"
)
_NONE = words("kein keine keinen keinerlei ohne no without")
_SOFT = (
    "so|as|ganz|sehr|immer|besonders|wirklich|sonderlich|allzu|gerade|mehr so|gar so|really|quite|very|particularly|"
    "too|exactly"
)

_OWN = (
    r"\w*(?:projekt|sache|vorhaben|ganze|planung|vorbereitung|arbeit|umsetzung|versprechen|antrag|prozess|verfahren|gespraech"
    r"|bau|abstimmung|ausschreibung|team|rest|umzug|ding|laden|verkauf|betrieb|geschichte|organisation|beteiligung)"
)

DENIALS = (
    phrases(
        None,
        """
        geht … nichts an
        (nach|trotz) (\\w+ ){0,3}(start|anlauf|beginn|\\w*schwierigkeit*|problem*|huerden|stillstand|verzoegerung*|
        verspaetung)
        (ihr|euer|dein|mein|der|die|das|dieser|diese) (bot|app|programm|system|handy|computer|rechner|link|seite|
        knopf) (\\w+ )?(
        haengt|steckt|laeuft|klemmt|funktioniert|hakt)
        hat sich (\\w+ )?erledigt
        (laeuft|laufen) … bei (?!uns|mir|unser|mein|all)\\w+
        bei (den |der )?(?!uns|mir|unser|mein|all|der|den|dem)\\w+ (\\w+ )?(laeuft|laufen)( \\w+){0,5}
        {finished} (ist|waere|sieht) (was |etwas )?anders*
        von {finished} … keine rede
        alles andere als {finished}
        {finished} … (noch )?(lange |laengst )?nicht
        erfuellt (mich|uns|ihn|sie)
        (wir |ich |das )?(schaffen|schaffe|schafft) … (nicht|nie|das|es)
        laeuft … (hin|hinaus|zusammen|voll|entlang|aus|ab|ueber|durch|davon|weg|schief|gefahr|herum|an)
        laeuft (durch|ueber|um|gegen|vor|zwischen|von|bis) \\w+ \\w+
        (der|die|das|mein|meine|dein|deine|ein|eine) (?!{own})\\w+ (laeuft|laufen|lief|liefen)
        (wir|ich|leute|kinder|alle leute) (laufen|laeuft|laufe)
        (bin|voellig|total|ganz schoen) (\\w+ )?(geschafft|erledigt)
        (mein|meine|dein|deine|unser bus|der (bus|zug|lkw|verkehr|nachbar)|das (bild|auto|plakat|
        schild)) (\\w+ )?(haengt|steckt|sitzt|steht)( … fest)?
        (die|eine) (nase|kamera|zeit) laeuft
        (marathon|film|frist|zeit|wasser|motor|hund|kind|lauf|radio|fernseher|vertrag) laeuft
        (haengt|haengen) (\\w+ )?(ein|eine|einige|viele|schon|jetzt (ein|eine)) (\\w+ ){0,2}\\w+
        ({finished}) bin ich
        (geschafft|erledigt) sind wir
        (haengt|haengen|haenge) … (auf|zusammen|herum|aneinander|aus)$
        (haengt|haengen) (das |es |alles )?(noch |ganz |sehr |stark )?(davon|vom \\w+|von … ) ab
        haengt (noch )?davon
        (fix und fertig|fertig mit den nerven|fertig machen)
        (noch|lange|laengst|bisher|bislang) (lange )?nicht (ganz )?(so weit|soweit|{finished})
        nicht (ganz )?{finished}
        (not|isn t|aren t|haven t|hasn t) (quite |yet |all )?{finished}( yet)?
        (halb|haelfte|zur haelfte|half) {finished}
        (bald|demnaechst|in kuerze|soon) {finished}
        wird … {finished}
        (war|waren|hatte|hatten|was|had) … {finished}
        {finished} … nichts
        {finished} (im|bis|am|ende|anfang|mitte|erst|voraussichtlich|by|in|next|until|
        naechste*) (?!letzte)(?!wunsch)\\w+
        will be {finished}
        nicht so (schlimm|wild|tragisch|wichtig)
        (guten|schoenen) (tag|morgen|abend)
        alles gute
        """,
        finished=FINISHED,
        own=_OWN,
    ),
    phrases(
        Intent.ON_TRACK,
        """
        (laeuft|geht|klappt|going|sieht|stehen) (\\w+ ){0,2}(nicht|not) (so |mal |too |so )?(schlecht|bad)( aus)?
        (laeuft|geht) nicht nur
        nicht schlecht (laufen|laeuft|voran|unterwegs)
        so far so good
        geht alles klar
        (laeuft|geht) (sich |es )(\\w+ )?gut( an| los| weiter)?
        {none} (nennenswerten? |grossen |groesseren |weiteren |ernsten |major |real )?(problem*|schwierigkeit*|
        hindernis*|huerden|issues?|trouble|sorgen?|verzoegerung*|stillstand)
        (unproblematisch|problemlos|stoerungsfrei)
        (nicht|nichts) (mehr )?(blockiert|festgefahren)
        nichts (mehr )?(haengt|hakt|klemmt|stockt)
        (koennte|kann|koennt) (gar |ueberhaupt )?nicht besser (laufen|gehen|sein)
        (besser|schneller|weiter|frueher) als (gedacht|geplant|erwartet|erhofft)
        (better|faster) than (expected|planned|we thought)
        """,
        none=_NONE,
    ),
    phrases(
        Intent.SLOW,
        """
        (nicht|not|kaum) (mehr |noch )?({soft}) (ganz |so )?(gut|schnell*|recht|viel|toll|super|rund|richtig|flott|
        zuegig|optimal|prickelnd|berauschend|rosig|einfach|leicht|reibungslos|glatt|prima|well|fast|quickly|
        smoothly|great|good|easy|ideal|wie (geplant|gedacht|gehofft|erhofft|gewuenscht|erwartet)|as (planned|hoped|
        fast|quickly|well)|{plan})( (wie|as) … (geplant|gedacht|gehofft|erhofft|hoped|planned|expected))?
        (nicht|not) (mehr |ganz |mehr ganz |immer )?(schnell|zuegig|flott|optimal|ideal|rund|gut|well|toll|super|
        berauschend|smoothly|wie (geplant|gedacht|gehofft|erhofft|gewuenscht)|as (planned|hoped)|{plan})( genug)?
        (not|isn t|aren t|nicht) (going|running) (so |too |that |very )?(well|great|smoothly|fine)
        nicht (ganz )?so wie … (wollten|will|sollte|geplant|gedacht|gehofft|erhofft|gewuenscht|dachten|hofften)
        (zeitplan|termin|plan) … nicht … (halten|haltbar|einhalten|zu halten)
        (so )?(richtig|wirklich|besonders|sonderlich) (schnell|gut|rund|flott|toll) … nicht
        nicht vom (schnellsten|besten)
        ^(aber |nur |leider )*nicht (so |besonders |wirklich |sehr )?(viel|schnell genug|zuegig genug)$
        hinter (den|unseren|meinen) (\\w+ )?(erwartungen|moeglichkeiten|zielen)
        tun (wir )?uns (\\w+ )?schwer
        (noch )?(lange )?nicht (ganz )?da (wo|wohin) … (wollten|sollten|sein|muessten|hinwollten)( wollten| sollten)?
        (noch )?nicht (ganz )?so (weit|schnell) … (sollten|wollten|muessten|gehofft|gedacht|geplant|erhofft)
        (fortschritt|fortschritte|tempo|resonanz|beteiligung) (\\w+ ){0,3}(geringer|kleiner|langsamer|schwaecher|
        niedriger|
        verhaltener)( als \\w+)?
        (noch )?(lange )?nicht (ganz )?so (weit|schnell) wie (geplant|gedacht|gehofft|erhofft|gewuenscht|erwartet)
        nur (\\w+ )?(eingeschraenkt|bedingt|begrenzt)( \\w+)?
        (tage|wochen|monate|zeit) (\\w+ )?verloren
        nicht im (geplanten |gewuenschten |erhofften )?(tempo|takt)
        not (quite )?(where|as far as|as far along as) … (wanted|hoped|should|planned)( to be| be)?
        not as (far|fast|quick|quickly|smooth|smoothly|well)( \\w+)? as … (wanted|hoped|planned|expected|thought|like)
        (kommt|kommen|komme) … nicht (hinterher|nach)$
        """,
        soft=_SOFT,
        plan=PLAN,
    ),
    phrases(
        Intent.STUCK,
        """
        (nicht|nichts|kaum|keinen (schritt|meter|millimeter|zentimeter)) (mehr |so recht |wirklich |
        richtig )?{forward}
        nicht (mehr )?vom fleck
        keinen (schritt|meter|millimeter|zentimeter)
        (geht|tut|bewegt|passiert|laeuft|ruehrt|regt|geschieht|klappt|funktioniert|ging|lief) … (nichts|gar nicht|
        ueberhaupt nicht)( mehr)?
        nichts (geht|laeuft|passiert|bewegt|tut|ruehrt|klappt|funktioniert)( sich)?( mehr)?
        (ueberhaupt |gar )nichts
        {none} (fortschritt*|bewegung|vorankommen|weiterkommen|land in sicht|entwicklung)
        (no|without) progress
        (can t|cannot|couldn t|can not|unable to|not able to) (\\w+ )?(move|progress|proceed|continue|
        get)( (forward|ahead|on|any further|anywhere|started))?
        not (moving|progressing|getting anywhere|working)
        (isn t|aren t) (moving|progressing|getting anywhere|working)
        (going|getting) nowhere
        nothing … (happening|moving|happens|works)
        (wissen|weiss) … nicht (mehr )?weiter
        weder vor noch zurueck
        (stecken|stecke|steckt|steckten) ?geblieben
        (geht|gehen) (hier |da |bei uns )?(nichts|nicht) (mehr|weiter|voran)
        (seit \\w+ )?(passiert|tut sich|bewegt sich|geht) (hier |da |bei uns |leider |einfach |gerade )*(nichts|
        gar nichts|wenig)
        (wissen|weiss) (\\w+ )?keinen rat( mehr)?
        von (laufen|laeuft|tempo|vorankommen|weiterkommen|fortschritt\\w*|bewegung) … keine rede
        (kann|koennen) (\\w+ ){0,3}nichts (mehr )?(machen|tun|unternehmen|bewegen)
        mit (unserem|meinem) latein am ende
        (festgebissen|verfahren|verrannt)
        aus eigener kraft … nicht
        (kommen|komme|kommt|geht) (allein|alleine|so) … nicht
        kein (weiterkommen|durchkommen|ende in sicht|fortkommen)
        (vor die wand|gegen (die|eine) wand|gegen mauern|gegen windmuehlen)
        (mauert|mauern|sperrt sich|stellt sich quer|legt sich quer|querstell*)
        (treten|trete|tritt) … auf der stelle
        (drehen|drehe|dreht) … im kreis*
        (sind|waren) … haende gebunden
        haende (\\w+ )?gebunden
        tote hose
        (stehen|stehe|steht) (\\w+ )?vor (einer |der )?(wand|mauer|einem scherbenhaufen|verschlossenen tueren)
        (hinten vorne|vorne hinten|ums verrecken|beim besten willen|vorne und hinten) nicht( mehr)?
        (klappt|geht|laeuft|funktioniert) (\\w+ ){0,4}(hinten vorne|vorne hinten) nicht
        nichts zu machen
        (geht|laeuft|passiert) (\\w+ ){0,3}(null|nada|nichts mehr)
        (can t|cannot|couldn t) (\\w+ ){0,2}(move|progress|proceed|continue|go) (forward|ahead|on|any further|anywhere)
        laeuft … (schief|nichts zusammen|aus dem ruder|ins leere|gegen die wand)
        (nothing|not much) (has |is |s )?(\\w+ )?(happened|moved|happening|moving|changed|going on)
        (passiert|geht|bewegt|tut|ruehrt|regt) (sich )?(\\w+ ){0,3}(gar |ueberhaupt )?(nichts|null|nullkommanichts)
        nicht (mehr )?(handlungsfaehig|arbeitsfaehig)
        (kommen|komme|kommt) (\\w+ ){0,2}nicht (raus|heraus|durch|vom fleck|zurande|zu potte|in gang|in die gaenge)
        (kein|keinen|keine) (weg|loesung|ausweg|moeglichkeit) (\\w+ )?(in sicht|gefunden|vorwaerts|weiter)
        (geht|ging) (\\w+ )?(nicht|nichts) (vorwaerts|vor|weiter|voran) (und|noch) (\\w+ )?(nicht )?(zurueck|
        rueckwaerts)
        """,
        forward=FORWARD,
        none=_NONE,
    ),
)
