<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>  from </source>
        <translation>  aus </translation>
    </message>
    <message>
        <source>  on {n} {n:epoch|epochs} {of}:</source>
        <translation>  auf {n} {n:Epoche|Epochen} {of}:</translation>
    </message>
    <message>
        <source> and others</source>
        <translation> und weiteren</translation>
    </message>
    <message>
        <source> on {derivation}</source>
        <translation> aus {derivation}</translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s) are as the model proposed.</source>
        <translation>
            <numerusform>%n Epoche ist, wie das Modell vorschlug.</numerusform>
            <numerusform>%n Epochen sind, wie das Modell vorschlug.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s) are as they were imported.</source>
        <translation>
            <numerusform>%n Epoche ist, wie sie importiert wurde.</numerusform>
            <numerusform>%n Epochen sind, wie sie importiert wurden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s) can&apos;t be staged: {reasons}.</source>
        <translation>
            <numerusform>%n Epoche ist nicht bewertbar: {reasons}.</numerusform>
            <numerusform>%n Epochen sind nicht bewertbar: {reasons}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s) have no stage.</source>
        <translation>
            <numerusform>%n Epoche hat kein Stadium.</numerusform>
            <numerusform>%n Epochen haben kein Stadium.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s) to decide: Q goes to the next, a stage key decides.</source>
        <translation>
            <numerusform>%n Epoche ist zu entscheiden: Q geht zur nächsten, eine Stadientaste entscheidet.</numerusform>
            <numerusform>%n Epochen sind zu entscheiden: Q geht zur nächsten, eine Stadientaste entscheidet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) that only one of the two marked so count as they are: look through the list.</source>
        <translation>
            <numerusform>%n Ereignis, das nur einer der beiden so markiert hat, zählt, wie es ist: siehe Liste.</numerusform>
            <numerusform>%n Ereignisse, die nur einer der beiden so markiert hat, zählen, wie sie sind: siehe Liste.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more patient(s) to compare on would tell.</source>
        <translation>
            <numerusform>%n weiterer Patient zum Vergleichen würde es zeigen.</numerusform>
            <numerusform>%n weitere Patienten zum Vergleichen würden es zeigen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n night(s)</source>
        <translation>
            <numerusform>%n Nacht</numerusform>
            <numerusform>%n Nächte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not looked at yet</source>
        <translation>
            <numerusform>%n noch nicht angesehen</numerusform>
            <numerusform>%n noch nicht angesehen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n peak(s) = {frequency}</source>
        <translation>
            <numerusform>%n Spitze = {frequency}</numerusform>
            <numerusform>%n Spitzen = {frequency}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rejected event(s) can be suggested again.</source>
        <translation>
            <numerusform>%n verworfenes Ereignis kann wieder vorgeschlagen werden.</numerusform>
            <numerusform>%n verworfene Ereignisse können wieder vorgeschlagen werden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n shown</source>
        <translation>
            <numerusform>%n gezeigt</numerusform>
            <numerusform>%n gezeigt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggested event(s) are yours now.</source>
        <translation>
            <numerusform>%n vorgeschlagenes Ereignis ist jetzt Ihres.</numerusform>
            <numerusform>%n vorgeschlagene Ereignisse sind jetzt Ihre.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggested event(s) confirmed.</source>
        <translation>
            <numerusform>%n vorgeschlagenes Ereignis bestätigt.</numerusform>
            <numerusform>%n vorgeschlagene Ereignisse bestätigt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggested event(s) rejected.</source>
        <translation>
            <numerusform>%n vorgeschlagenes Ereignis verworfen.</numerusform>
            <numerusform>%n vorgeschlagene Ereignisse verworfen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggested event(s) wait for a decision; they count nowhere.</source>
        <translation>
            <numerusform>%n vorgeschlagenes Ereignis wartet auf eine Entscheidung; es zählt nirgends.</numerusform>
            <numerusform>%n vorgeschlagene Ereignisse warten auf eine Entscheidung; sie zählen nirgends.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n worth a look. Agreement expected: {now} % now, {done} % after</source>
        <translation>
            <numerusform>%n lohnt einen Blick. Erwartete Übereinstimmung: jetzt {now} %, danach {done} %</numerusform>
            <numerusform>%n lohnen einen Blick. Erwartete Übereinstimmung: jetzt {now} %, danach {done} %</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;About SleepScorer</source>
        <translation>Ü&amp;ber SleepScorer</translation>
    </message>
    <message>
        <source>&amp;Add an interruption</source>
        <translation>Unterbrechung &amp;hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Agreement of the two…</source>
        <translation>&amp;Übereinstimmung der beiden…</translation>
    </message>
    <message>
        <source>&amp;Arousal</source>
        <translation>&amp;Arousal</translation>
    </message>
    <message>
        <source>&amp;Back to the epoch before</source>
        <translation>&amp;Zurück zur Epoche davor</translation>
    </message>
    <message>
        <source>&amp;Calibrate the screen…</source>
        <translation>&amp;Bildschirm kalibrieren…</translation>
    </message>
    <message>
        <source>&amp;Central apnea</source>
        <translation>&amp;Zentrale Apnoe</translation>
    </message>
    <message>
        <source>&amp;Change own kinds…</source>
        <translation>Eigene Arten &amp;ändern…</translation>
    </message>
    <message>
        <source>&amp;Colour-blind safe</source>
        <translation>Für &amp;Farbsehschwäche</translation>
    </message>
    <message>
        <source>&amp;Comment on this epoch</source>
        <translation>&amp;Kommentar zu dieser Epoche</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Decide between the two</source>
        <translation>Zwischen beiden &amp;entscheiden</translation>
    </message>
    <message>
        <source>&amp;Definitions of all numbers…</source>
        <translation>&amp;Definitionen aller Zahlen…</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>&amp;Derivation to stage…</source>
        <translation>A&amp;bleitung für die Stadien…</translation>
    </message>
    <message>
        <source>&amp;Desaturation</source>
        <translation>&amp;Entsättigung</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Epochs like this one…</source>
        <translation>Epochen &amp;wie diese…</translation>
    </message>
    <message>
        <source>&amp;Export the history of all epochs…</source>
        <translation>Verlauf aller Epochen &amp;exportieren…</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Guide…</source>
        <translation>&amp;Anleitung …</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Hide model and second scoring</source>
        <translation>&amp;Modell und zweite Auswertung verbergen</translation>
    </message>
    <message>
        <source>&amp;History of this epoch…</source>
        <translation>&amp;Verlauf dieser Epoche…</translation>
    </message>
    <message>
        <source>&amp;Hypnogram and events of the night</source>
        <translation>&amp;Hypnogramm und Ereignisse der Nacht</translation>
    </message>
    <message>
        <source>&amp;Hypopnea</source>
        <translation>&amp;Hypopnoe</translation>
    </message>
    <message>
        <source>&amp;Import scoring…</source>
        <translation>Auswertung &amp;importieren…</translation>
    </message>
    <message>
        <source>&amp;Join with the other program</source>
        <translation>Mit &amp;dem anderen Programm zusammenlegen</translation>
    </message>
    <message>
        <source>&amp;K-complex</source>
        <translation>&amp;K-Komplex</translation>
    </message>
    <message>
        <source>&amp;Keep nights that are signed off</source>
        <translation>&amp;Abgezeichnete Nächte aufheben</translation>
    </message>
    <message>
        <source>&amp;Keep this layout…</source>
        <translation>Diese Anordnung &amp;behalten …</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;Last epoch</source>
        <translation>Le&amp;tzte Epoche</translation>
    </message>
    <message>
        <source>&amp;Learn from this night</source>
        <translation>Aus dieser Nacht &amp;lernen</translation>
    </message>
    <message>
        <source>&amp;Letterhead of reports…</source>
        <translation>B&amp;riefkopf der Berichte…</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Lights on, not at {time}</source>
        <translation>&amp;Licht an, nicht um {time}</translation>
    </message>
    <message>
        <source>&amp;Load a second scoring…</source>
        <translation>Zweite Auswertung &amp;laden…</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Modell</translation>
    </message>
    <message>
        <source>&amp;Model and learning…</source>
        <translation>&amp;Modell und Lernen…</translation>
    </message>
    <message>
        <source>&amp;Montages…</source>
        <translation>&amp;Montagen…</translation>
    </message>
    <message>
        <source>&amp;Next epoch</source>
        <translation>&amp;Nächste Epoche</translation>
    </message>
    <message>
        <source>&amp;Next epoch to look at</source>
        <translation>&amp;Nächste Epoche zur Durchsicht</translation>
    </message>
    <message>
        <source>&amp;Note…</source>
        <translation>&amp;Notiz…</translation>
    </message>
    <message>
        <source>&amp;Obstructive apnea</source>
        <translation>&amp;Obstruktive Apnoe</translation>
    </message>
    <message>
        <source>&amp;Off</source>
        <translation>&amp;Aus</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>Ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>&amp;Previous epoch</source>
        <translation>&amp;Vorige Epoche</translation>
    </message>
    <message>
        <source>&amp;Previous event</source>
        <translation>&amp;Voriges Ereignis</translation>
    </message>
    <message>
        <source>&amp;Probabilities</source>
        <translation>&amp;Wahrscheinlichkeiten</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>B&amp;eenden</translation>
    </message>
    <message>
        <source>&amp;RERA</source>
        <translation>&amp;RERA</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Redo {step}</source>
        <translation>&amp;Wiederholen: {step}</translation>
    </message>
    <message>
        <source>&amp;Report as PDF…</source>
        <translation>&amp;Bericht als PDF…</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>Durchs&amp;icht</translation>
    </message>
    <message>
        <source>&amp;Review queue</source>
        <translation>&amp;Durchsicht</translation>
    </message>
    <message>
        <source>&amp;Save session</source>
        <translation>&amp;Sitzung speichern</translation>
    </message>
    <message>
        <source>&amp;Score again, blind</source>
        <translation>Noch einmal &amp;blind auswerten</translation>
    </message>
    <message>
        <source>&amp;Scoring</source>
        <translation>&amp;Auswertung</translation>
    </message>
    <message>
        <source>&amp;Sign off this night…</source>
        <translation>Nacht abz&amp;eichnen…</translation>
    </message>
    <message>
        <source>&amp;Spectrogram</source>
        <translation>&amp;Spektrogramm</translation>
    </message>
    <message>
        <source>&amp;Spindle</source>
        <translation>Schlaf&amp;spindel</translation>
    </message>
    <message>
        <source>&amp;Stay</source>
        <translation>Hier &amp;bleiben</translation>
    </message>
    <message>
        <source>&amp;Times of the lights…</source>
        <translation>Li&amp;chtzeiten…</translation>
    </message>
    <message>
        <source>&amp;Tour of the window</source>
        <translation>&amp;Rundgang durch das Fenster</translation>
    </message>
    <message>
        <source>&amp;Traces</source>
        <translation>&amp;Kurven</translation>
    </message>
    <message>
        <source>&amp;Traces alone</source>
        <translation>&amp;Nur die Kurven</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Undo {step}</source>
        <translation>&amp;Rückgängig: {step}</translation>
    </message>
    <message>
        <source>&amp;Unsaved work…</source>
        <translation>Un&amp;gespeicherte Arbeit…</translation>
    </message>
    <message>
        <source>&amp;Unscored</source>
        <translation>&amp;Ohne Stadium</translation>
    </message>
    <message>
        <source>&amp;Usual layout</source>
        <translation>&amp;Übliche Anordnung</translation>
    </message>
    <message>
        <source>&amp;Usual sensitivity</source>
        <translation>&amp;Übliche Empfindlichkeit</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>A&amp;nsicht</translation>
    </message>
    <message>
        <source>&amp;What moved the network</source>
        <translation>Was das Netz bewo&amp;gen hat</translation>
    </message>
    <message>
        <source>&amp;Whole night</source>
        <translation>G&amp;anze Nacht</translation>
    </message>
    <message>
        <source>&amp;Zoom into the night</source>
        <translation>Nacht ver&amp;größern</translation>
    </message>
    <message>
        <source>* from lights off; of R from sleep onset</source>
        <translation>* ab „Licht aus“; von R ab dem Einschlafen</translation>
    </message>
    <message>
        <source>* incomplete, see the definition</source>
        <translation>* unvollständig, siehe Definition</translation>
    </message>
    <message>
        <source>** kept, but not counted by the definition of its index</source>
        <translation>** behalten, nach der Definition des Index aber nicht gezählt</translation>
    </message>
    <message>
        <source>** kept, but not counted: apneas and hypopneas by the rule chosen, limb movements as in their index</source>
        <translation>** behalten, aber nicht gezählt: Apnoen und Hypopnoen nach der gewählten Regel, Beinbewegungen wie in ihrem Index</translation>
    </message>
    <message>
        <source>, seen at {seen_hz:g} Hz</source>
        <translation>, zu sehen bei {seen_hz:g} Hz</translation>
    </message>
    <message>
        <source>, the last data record is incomplete</source>
        <translation>, der letzte Datensatz ist unvollständig</translation>
    </message>
    <message>
        <source>0 W, 1 N1, 2 N2, 3 N3, 4 R (YASA)</source>
        <translation>0 W, 1 N1, 2 N2, 3 N3, 4 R (YASA)</translation>
    </message>
    <message>
        <source>0 W, 1 N1, 2 N2, 3 and 4 N3, 5 R (R&amp;K, NSRR, Profusion)</source>
        <translation>0 W, 1 N1, 2 N2, 3 und 4 N3, 5 R (R&amp;K, NSRR, Profusion)</translation>
    </message>
    <message>
        <source>0 W, 1 R, 2 N1, 3 N2, 4 and 5 N3</source>
        <translation>0 W, 1 R, 2 N1, 3 N2, 4 und 5 N3</translation>
    </message>
    <message>
        <source>1 / duration = {frequency}</source>
        <translation>1 / Dauer = {frequency}</translation>
    </message>
    <message>
        <source>1 W, 2 N1, 3 N2, 4 N3, 5 R, 0 unscored</source>
        <translation>1 W, 2 N1, 3 N2, 4 N3, 5 R, 0 ohne Stadium</translation>
    </message>
    <message>
        <source>1 W, 2 R, 3 N1, 4 N2, 5 and 6 N3, 0 unscored</source>
        <translation>1 W, 2 R, 3 N1, 4 N2, 5 und 6 N3, 0 ohne Stadium</translation>
    </message>
    <message>
        <source>1 epoch</source>
        <translation>1 Epoche</translation>
    </message>
    <message>
        <source>1 epoch ({seconds:g} s)</source>
        <translation>1 Epoche ({seconds:g} s)</translation>
    </message>
    <message>
        <source>4 W, 3 R, 2 N1, 1 N2, 0 N3</source>
        <translation>4 W, 3 R, 2 N1, 1 N2, 0 N3</translation>
    </message>
    <message>
        <source>5 W, 0 R, 1 N1, 2 N2, 3 and 4 N3</source>
        <translation>5 W, 0 R, 1 N1, 2 N2, 3 und 4 N3</translation>
    </message>
    <message>
        <source>5 W, 1 N1, 2 N2, 3 N3, 4 R, 0 unscored</source>
        <translation>5 W, 1 N1, 2 N2, 3 N3, 4 R, 0 ohne Stadium</translation>
    </message>
    <message>
        <source>5 W, 4 R, 3 N1, 2 N2, 1 and 0 N3 (DREAMS)</source>
        <translation>5 W, 4 R, 3 N1, 2 N2, 1 und 0 N3 (DREAMS)</translation>
    </message>
    <message>
        <source>95 % by patient</source>
        <translation>95 % nach Patienten</translation>
    </message>
    <message>
        <source>: nights of {n} more {n:patient|patients} would</source>
        <translation>: Nächte von {n} {n:weiteren Patienten|weiteren Patienten} würden es</translation>
    </message>
    <message>
        <source>; {n} scored by hand</source>
        <translation>; {n} von Hand ausgewertet</translation>
    </message>
    <message>
        <source>&lt;h3&gt;SleepScorer {version}&lt;/h3&gt;&lt;p&gt;Shows sleep recordings, stages them with MC²SleepNet and lets you correct, save and export the hypnogram.&lt;/p&gt;&lt;p&gt;&lt;b&gt;{disclaimer}&lt;/b&gt;&lt;/p&gt;&lt;p&gt;Nothing leaves this computer: the program uses no network.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;SleepScorer {version}&lt;/h3&gt;&lt;p&gt;Zeigt Schlafaufzeichnungen, bestimmt die Schlafstadien mit MC²SleepNet und lässt Sie das Hypnogramm korrigieren, speichern und exportieren.&lt;/p&gt;&lt;p&gt;&lt;b&gt;{disclaimer}&lt;/b&gt;&lt;/p&gt;&lt;p&gt;Nichts verlässt diesen Computer: Das Programm verwendet kein Netzwerk.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>A cluster needs Dask, which is not installed: pip install &apos;sleepscorer[cluster]&apos;.</source>
        <translation>Ein Cluster braucht Dask, das nicht installiert ist: pip install &apos;sleepscorer[cluster]&apos;.</translation>
    </message>
    <message>
        <source>A copy of {file} can&apos;t be written, because it is not known where the recording is; open it first, or name it with --recording.</source>
        <translation>Eine Kopie von {file} kann nicht geschrieben werden, weil nicht bekannt ist, wo die Aufzeichnung liegt; öffnen Sie sie zuerst, oder geben Sie sie mit --recording an.</translation>
    </message>
    <message>
        <source>A digit of the number pad goes to the next epoch, one of the top row stays</source>
        <translation>Eine Ziffer des Ziffernblocks führt zur nächsten Epoche, eine der oberen Reihe bleibt bei dieser</translation>
    </message>
    <message>
        <source>A heading</source>
        <translation>Eine Überschrift</translation>
    </message>
    <message>
        <source>A line every {epoch_s:g} s</source>
        <translation>Eine Zeile alle {epoch_s:g} s</translation>
    </message>
    <message>
        <source>A new version waits for your decision.</source>
        <translation>Eine neue Version wartet auf Ihre Entscheidung.</translation>
    </message>
    <message>
        <source>A rule of our own</source>
        <translation>Eine eigene Regel</translation>
    </message>
    <message>
        <source>A saved session of this recording lies beside it.</source>
        <translation>Neben dieser Aufzeichnung liegt eine gespeicherte Sitzung.</translation>
    </message>
    <message>
        <source>A saved session of this recording lies beside it: {file}.</source>
        <translation>Neben dieser Aufzeichnung liegt eine gespeicherte Sitzung: {file}.</translation>
    </message>
    <message>
        <source>A scorer can&apos;t be named “{name}”; write your name.</source>
        <translation>Ein Auswerter kann nicht „{name}“ heißen; geben Sie Ihren Namen ein.</translation>
    </message>
    <message>
        <source>A stage key then scores only the unscored epochs of a selection</source>
        <translation>Eine Stadientaste gilt dann nur den Epochen der Auswahl, die noch kein Stadium haben</translation>
    </message>
    <message>
        <source>A time from {first} to {last}, or an epoch from 1 to {count}.</source>
        <translation>Eine Zeit von {first} bis {last} oder eine Epoche von 1 bis {count}.</translation>
    </message>
    <message>
        <source>A training with --left {left} was interrupted: name that to go on, or give it up with sleepscorer train discard.</source>
        <translation>Ein Training mit --left {left} wurde unterbrochen: Nennen Sie das, um weiterzumachen, oder geben Sie es mit sleepscorer train discard auf.</translation>
    </message>
    <message>
        <source>A typical epoch of {name} deviates by {typical_uv:.2g} µV; the network knows {lowest_uv:g} to {highest_uv:g} µV.</source>
        <translation>Eine typische Epoche von {name} schwankt um {typical_uv:.2g} µV; das Netz kennt {lowest_uv:g} bis {highest_uv:g} µV.</translation>
    </message>
    <message numerus="yes">
        <source>A verdict takes %n more patient(s) to compare on; every third or so is one.</source>
        <translation>
            <numerusform>Ein Urteil braucht noch %n Patienten zum Vergleichen; etwa jeder dritte ist einer.</numerusform>
            <numerusform>Ein Urteil braucht noch %n Patienten zum Vergleichen; etwa jeder dritte ist einer.</numerusform>
        </translation>
    </message>
    <message>
        <source>AASM 1A (3 % or arousal)</source>
        <translation>AASM 1A (3 % oder Arousal)</translation>
    </message>
    <message>
        <source>AASM 1B, CMS (4 %)</source>
        <translation>AASM 1B, CMS (4 %)</translation>
    </message>
    <message>
        <source>AASM PSG</source>
        <translation>AASM PSG</translation>
    </message>
    <message>
        <source>AASM acceptable</source>
        <translation>AASM zulässig</translation>
    </message>
    <message>
        <source>AASM backup</source>
        <translation>AASM Ersatz</translation>
    </message>
    <message>
        <source>AASM f&amp;ilters</source>
        <translation>AASM-&amp;Filter</translation>
    </message>
    <message>
        <source>AASM filters</source>
        <translation>AASM-Filter</translation>
    </message>
    <message>
        <source>AASM recommended</source>
        <translation>AASM empfohlen</translation>
    </message>
    <message>
        <source>AHI 1A</source>
        <translation>AHI 1A</translation>
    </message>
    <message>
        <source>AHI 1B</source>
        <translation>AHI 1B</translation>
    </message>
    <message>
        <source>AHI {expected:.1f}, rule {rule}.</source>
        <translation>AHI {expected:.1f}, Regel {rule}.</translation>
    </message>
    <message>
        <source>AHI, rule chosen</source>
        <translation>AHI, gewählte Regel</translation>
    </message>
    <message>
        <source>Abdomen</source>
        <translation>Abdomen</translation>
    </message>
    <message>
        <source>About SleepScorer</source>
        <translation>Über SleepScorer</translation>
    </message>
    <message>
        <source>About this recordin&amp;g…</source>
        <translation>Über diese Aufzeich&amp;nung…</translation>
    </message>
    <message>
        <source>About this recording</source>
        <translation>Über diese Aufzeichnung</translation>
    </message>
    <message>
        <source>Above 35 Hz it rose even more: it may be muscle and no EEG.</source>
        <translation>Über 35 Hz stieg es noch mehr: Es kann Muskel und kein EEG sein.</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Accuracy on nights of the first training</source>
        <translation>Genauigkeit auf Nächten des ersten Trainings</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Add a folder of recordings</source>
        <translation>Ordner mit Aufzeichnungen aufnehmen</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner aufnehmen…</translation>
    </message>
    <message>
        <source>Add the open night</source>
        <translation>Offene Nacht hinzufügen</translation>
    </message>
    <message>
        <source>Add the presets</source>
        <translation>Vorlagen hinzufügen</translation>
    </message>
    <message>
        <source>Add this key</source>
        <translation>Taste hinzufügen</translation>
    </message>
    <message>
        <source>Add trace</source>
        <translation>Kurve hinzufügen</translation>
    </message>
    <message>
        <source>After a stage ke&amp;y</source>
        <translation>Nach einer &amp;Stadientaste</translation>
    </message>
    <message>
        <source>Agreement expected: {now} % now; nothing is left to review</source>
        <translation>Erwartete Übereinstimmung: jetzt {now} %; nichts mehr durchzusehen</translation>
    </message>
    <message>
        <source>Agreement expected: {now} % now; {later} % after {steps} more</source>
        <translation>Erwartete Übereinstimmung: jetzt {now} %; {later} % nach {steps} weiteren</translation>
    </message>
    <message>
        <source>Agreement of each stage</source>
        <translation>Übereinstimmung je Stadium</translation>
    </message>
    <message>
        <source>Agreement of two scorers</source>
        <translation>Übereinstimmung zweier Auswerter</translation>
    </message>
    <message>
        <source>Agreement on events</source>
        <translation>Übereinstimmung bei Ereignissen</translation>
    </message>
    <message>
        <source>Agreement with a careful scorer that the probabilities of the network announce, when the next epochs of this queue are decided</source>
        <translation>Übereinstimmung mit einem sorgfältigen Auswerter, die die Wahrscheinlichkeiten des Netzes ankündigen, wenn die nächsten Epochen dieser Liste entschieden sind</translation>
    </message>
    <message>
        <source>Alice (Philips)</source>
        <translation>Alice (Philips)</translation>
    </message>
    <message numerus="yes">
        <source>All %n epoch(s) worth a look were looked at.</source>
        <translation>
            <numerusform>%n Epoche, die einen Blick lohnt, ist angesehen.</numerusform>
            <numerusform>Alle %n Epochen, die einen Blick lohnen, sind angesehen.</numerusform>
        </translation>
    </message>
    <message>
        <source>All about this epoch: its stage, who gave it, what speaks for it. W, 1, 2, 3 and R give a stage and go on; Ctrl+Z takes anything back.</source>
        <translation>Alles über diese Epoche: ihr Stadium, wer es gab, was dafür spricht. W, 1, 2, 3 und R geben ein Stadium und gehen weiter; Strg+Z nimmt alles zurück.</translation>
    </message>
    <message>
        <source>All channels</source>
        <translation>Alle Kanäle</translation>
    </message>
    <message>
        <source>All derivations together show it for {held:.1f} s alone.</source>
        <translation>Alle Ableitungen zusammen zeigen es nur {held:.1f} s lang.</translation>
    </message>
    <message>
        <source>All doubtful</source>
        <translation>Zweifelhafte</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>Alle Arten</translation>
    </message>
    <message>
        <source>All naps</source>
        <translation>Alle Versuche</translation>
    </message>
    <message>
        <source>All panels where they are at first, the traces as high as they need</source>
        <translation>Alle Bereiche, wo sie anfangs sind, die Kurven so hoch wie nötig</translation>
    </message>
    <message>
        <source>All rows are dated {day:%Y-%m-%d} though midnight lies among them; those after it were taken for the next day&apos;s.</source>
        <translation>Alle Zeilen tragen das Datum {day:%d.%m.%Y}, obwohl Mitternacht dazwischenliegt; die danach wurden dem nächsten Tag zugerechnet.</translation>
    </message>
    <message>
        <source>Alpha</source>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>An hour is unscored</source>
        <translation>Eine Stunde hat kein Stadium</translation>
    </message>
    <message>
        <source>An interruption ends before it begins.</source>
        <translation>Eine Unterbrechung endet, bevor sie beginnt.</translation>
    </message>
    <message>
        <source>An interruption needs both times, or neither.</source>
        <translation>Eine Unterbrechung braucht beide Zeiten oder keine.</translation>
    </message>
    <message>
        <source>Annotations</source>
        <translation>Anmerkungen</translation>
    </message>
    <message>
        <source>Another batch is writing into {folder}. Wait until it is done, or choose another folder.</source>
        <translation>In {folder} schreibt schon ein anderer Stapel. Warten Sie, bis er fertig ist, oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Another training is under way: finish or discard it first.</source>
        <translation>Ein anderes Training läuft noch: schließen Sie es zuerst ab, oder verwerfen Sie es.</translation>
    </message>
    <message>
        <source>Another window or command of SleepScorer is training now. Wait until it is done, or pause it there.</source>
        <translation>Ein anderes Fenster oder ein anderer Befehl von SleepScorer trainiert gerade. Warten Sie, bis es fertig ist, oder halten Sie es dort an.</translation>
    </message>
    <message>
        <source>Answer for the whole scoring with your name; any change after that ends it</source>
        <translation>Mit Ihrem Namen für die ganze Auswertung einstehen; jede Änderung danach beendet das</translation>
    </message>
    <message>
        <source>Answer in</source>
        <translation>Antwort in</translation>
    </message>
    <message>
        <source>Any change after that ends the sign-off; Undo brings it back.</source>
        <translation>Jede Änderung danach beendet das; Rückgängig stellt es wieder her.</translation>
    </message>
    <message>
        <source>Apnea</source>
        <translation>Apnoe</translation>
    </message>
    <message>
        <source>Apneas</source>
        <translation>Apnoen</translation>
    </message>
    <message>
        <source>Apneas and hypopneas</source>
        <translation>Apnoen und Hypopnoen</translation>
    </message>
    <message>
        <source>Arousal</source>
        <translation>Arousal</translation>
    </message>
    <message>
        <source>Arousals</source>
        <translation>Arousals</translation>
    </message>
    <message>
        <source>Arousals by cause</source>
        <translation>Arousals nach Ursache</translation>
    </message>
    <message>
        <source>Arte&amp;fact</source>
        <translation>Arte&amp;fakt</translation>
    </message>
    <message>
        <source>Artefact</source>
        <translation>Artefakt</translation>
    </message>
    <message>
        <source>Artefact of this channel</source>
        <translation>Artefakt dieses Kanals</translation>
    </message>
    <message>
        <source>Artefacts</source>
        <translation>Artefakte</translation>
    </message>
    <message>
        <source>Artefacts of a channel</source>
        <translation>Artefakte eines Kanals</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>As the others</source>
        <translation>Wie die anderen</translation>
    </message>
    <message>
        <source>As your recorder stores them, with blanks between; nothing is given by a position whose values nobody wrote</source>
        <translation>Wie Ihr Gerät sie speichert, mit Leerzeichen dazwischen; nach einer Lage, deren Werte niemand angab, wird nichts angegeben</translation>
    </message>
    <message>
        <source>As your recorder stores them, with blanks between; they are shown but never counted, and a value that nobody wrote is shown as a number</source>
        <translation>Wie Ihr Gerät sie speichert, mit Leerzeichen dazwischen; sie werden gezeigt, aber nie gezählt, und ein Wert, den niemand angab, wird als Zahl gezeigt</translation>
    </message>
    <message>
        <source>As&amp;k another program…</source>
        <translation>Anderes &amp;Programm fragen …</translation>
    </message>
    <message>
        <source>Ask another program</source>
        <translation>Anderes Programm fragen</translation>
    </message>
    <message>
        <source>At {when} just one hour is missing, as when the clocks are put forward in the night; if so, what follows is an hour late.</source>
        <translation>Um {when} fehlt genau eine Stunde, wie bei der Umstellung auf Sommerzeit; wenn es das ist, liegt alles Weitere eine Stunde zu spät.</translation>
    </message>
    <message>
        <source>Automatic scoring (F9) takes the signal × {factor} from now on.</source>
        <translation>Die automatische Auswertung (F9) nimmt das Signal von jetzt an × {factor}.</translation>
    </message>
    <message>
        <source>BIDS events table</source>
        <translation>BIDS-Ereignistabelle</translation>
    </message>
    <message>
        <source>BLIND – model and other scorers are hidden; H shows them</source>
        <translation>BLIND – Modell und andere Auswerter sind verborgen; H zeigt sie</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Before it is signed</source>
        <translation>Vor der Unterschrift</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>Begin a second scoring that sees nothing of this one or the model</source>
        <translation>Eine zweite Auswertung beginnen, die von dieser und dem Modell nichts sieht</translation>
    </message>
    <message>
        <source>Begin a third scoring with stages that both agree on and events of both, and go through the rest</source>
        <translation>Eine dritte Auswertung mit den Stadien, in denen sich beide einig sind, und den Ereignissen beider beginnen und den Rest durchgehen</translation>
    </message>
    <message>
        <source>Begins at</source>
        <translation>Beginnt um</translation>
    </message>
    <message>
        <source>Being scored automatically…</source>
        <translation>Wird automatisch ausgewertet…</translation>
    </message>
    <message>
        <source>Below, lights off and on are the beginning and the end of the part: {parts}.</source>
        <translation>Unten sind „Licht aus“ und „Licht an“ Anfang und Ende des Teils: {parts}.</translation>
    </message>
    <message>
        <source>Beside the rule</source>
        <translation>Neben der Regel</translation>
    </message>
    <message>
        <source>Better: its confidence fits this laboratory more than before.</source>
        <translation>Besser: ihre Sicherheit passt mehr zu diesem Labor als vorher.</translation>
    </message>
    <message>
        <source>Better: the new version agrees with people more than the one in use.</source>
        <translation>Besser: die neue Version stimmt mehr mit Menschen überein als die verwendete.</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>Geboren</translation>
    </message>
    <message>
        <source>Both legs in one channel</source>
        <translation>Beide Beine in einem Kanal</translation>
    </message>
    <message>
        <source>Breathing</source>
        <translation>Atmung</translation>
    </message>
    <message>
        <source>Breathing, SpO₂, legs and position on a page of 2, 5 or 10 minutes below the others, or on the same page</source>
        <translation>Atmung, SpO₂, Beine und Lage auf einer Seite von 2, 5 oder 10 Minuten unter den anderen, oder auf derselben Seite</translation>
    </message>
    <message>
        <source>Breathing, by rule {rule}</source>
        <translation>Atmung, nach Regel {rule}</translation>
    </message>
    <message>
        <source>Bruxism</source>
        <translation>Bruxismus</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>By hand {human} · imported {imported} · model {model} · unscored {unscored}</source>
        <translation>Von Hand {human} · importiert {imported} · Modell {model} · offen {unscored}</translation>
    </message>
    <message>
        <source>By hand {human} · model {model} · unscored {unscored}</source>
        <translation>Von Hand {human} · Modell {model} · offen {unscored}</translation>
    </message>
    <message>
        <source>By stage and position, within that sleep</source>
        <translation>Nach Stadium und Lage, innerhalb dieses Schlafs</translation>
    </message>
    <message>
        <source>CSV, one row an epoch</source>
        <translation>CSV, eine Zeile je Epoche</translation>
    </message>
    <message>
        <source>Calibrate only</source>
        <translation>Nur kalibrieren</translation>
    </message>
    <message>
        <source>Calibrate the screen</source>
        <translation>Bildschirm kalibrieren</translation>
    </message>
    <message>
        <source>Calibrating</source>
        <translation>Kalibrieren</translation>
    </message>
    <message>
        <source>Calibration error</source>
        <translation>Kalibrierungsfehler</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cannot allocate memory</source>
        <translation>Nicht genug Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Central apnea</source>
        <translation>Zentrale Apnoe</translation>
    </message>
    <message>
        <source>Central apneas</source>
        <translation>Zentrale Apnoen</translation>
    </message>
    <message>
        <source>Central hypopnea</source>
        <translation>Zentrale Hypopnoe</translation>
    </message>
    <message>
        <source>Chance that the stage is wrong; ✓ where a person has decided</source>
        <translation>Wahrscheinlichkeit, dass das Stadium falsch ist; ✓ wo ein Mensch entschieden hat</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Change to</source>
        <translation>Ändern in</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>Kanal</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Check the channel, and its gain or physical range in the header; × {factor:g} would bring it near the usual.</source>
        <translation>Prüfen Sie den Kanal und seine Verstärkung oder den physikalischen Bereich im Header; × {factor:g} käme dem Üblichen nahe.</translation>
    </message>
    <message>
        <source>Check the unit in the header of the recording.</source>
        <translation>Prüfen Sie die Einheit im Header der Aufzeichnung.</translation>
    </message>
    <message>
        <source>Check whether {derivation} is the right channel, and its unit.</source>
        <translation>Prüfen Sie, ob {derivation} der richtige Kanal ist, und seine Einheit.</translation>
    </message>
    <message>
        <source>Cheyne–Stokes breathing, hypoventilation, snoring and the ECG: look yourself, this program does not.</source>
        <translation>Cheyne-Stokes-Atmung, Hypoventilation, Schnarchen und EKG: Sehen Sie selbst nach, dieses Programm tut es nicht.</translation>
    </message>
    <message>
        <source>Chin</source>
        <translation>Kinn</translation>
    </message>
    <message>
        <source>Chin EMG</source>
        <translation>Kinn-EMG</translation>
    </message>
    <message>
        <source>Choose a derivation to stage first.</source>
        <translation>Wählen Sie zuerst eine Ableitung.</translation>
    </message>
    <message>
        <source>Choose a faster channel or export the recording at its full rate.</source>
        <translation>Wählen Sie einen schnelleren Kanal, oder exportieren Sie die Aufzeichnung mit voller Abtastrate.</translation>
    </message>
    <message>
        <source>Choose an action, then press a key in the field below to give it to it.</source>
        <translation>Wählen Sie eine Aktion und drücken Sie dann im Feld darunter die Taste, die sie bekommen soll.</translation>
    </message>
    <message>
        <source>Choose another channel as the staging derivation, or correct the label.</source>
        <translation>Wählen Sie einen anderen Kanal als Ableitung für die Stadien, oder berichtigen Sie den Kanalnamen.</translation>
    </message>
    <message>
        <source>Choose another derivation or record with a wider range; slow waves may be cut off.</source>
        <translation>Wählen Sie eine andere Ableitung, oder zeichnen Sie mit größerem Bereich auf; langsame Wellen sind vielleicht abgeschnitten.</translation>
    </message>
    <message>
        <source>Choose another derivation, or export it from where nothing was lost.</source>
        <translation>Wählen Sie eine andere Ableitung, oder exportieren Sie sie von dort, wo nichts verloren ging.</translation>
    </message>
    <message>
        <source>Choose another derivation: the electrode was probably off or not plugged in.</source>
        <translation>Wählen Sie eine andere Ableitung: Die Elektrode war vermutlich ab oder nicht angesteckt.</translation>
    </message>
    <message>
        <source>Choose another derivation; it looks like alpha or spindles to the network.</source>
        <translation>Wählen Sie eine andere Ableitung; für das Netz sieht das wie Alpha oder Spindeln aus.</translation>
    </message>
    <message>
        <source>Choose signals, their order, filters and colours</source>
        <translation>Signale, ihre Reihenfolge, Filter und Farben wählen</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Auswählen…</translation>
    </message>
    <message>
        <source>Clear the lights &amp;markers</source>
        <translation>Licht&amp;marken entfernen</translation>
    </message>
    <message>
        <source>Clipped signal</source>
        <translation>Abgeschnittenes Signal</translation>
    </message>
    <message>
        <source>Clocks were put forward: no epoch is missing</source>
        <translation>Die Uhr wurde vorgestellt: Es fehlt keine Epoche</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Kennung</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Colours for 2 dB less power</source>
        <translation>Farben für 2 dB weniger Leistung</translation>
    </message>
    <message>
        <source>Colours of the spectrogram: {low} to {high} dB (µV²/Hz)</source>
        <translation>Farben des Spektrogramms: {low} bis {high} dB (µV²/Hz)</translation>
    </message>
    <message>
        <source>Colours th&amp;at fit the night</source>
        <translation>&amp;Passende Farben für die Nacht</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>Comment (C)</source>
        <translation>Kommentar (C)</translation>
    </message>
    <message>
        <source>Comments ({amount}) become notes among the events.</source>
        <translation>Kommentare ({amount}) werden zu Notizen unter den Ereignissen.</translation>
    </message>
    <message>
        <source>Comments and notes</source>
        <translation>Kommentare und Notizen</translation>
    </message>
    <message>
        <source>Comments of {n} of {total} epochs are missing, by which the epochs of the exercise are known.</source>
        <translation>Kommentare von {n} der {total} Epochen fehlen, an denen die Epochen der Übung zu erkennen sind.</translation>
    </message>
    <message>
        <source>Compare K-complexes on the page, which begin below zero; the stages of the bundled network hardly depend on the sign, the marks of K-complexes do.</source>
        <translation>Vergleichen Sie K-Komplexe auf der Seite, die unter null beginnen; die Stadien des mitgelieferten Netzes hängen kaum vom Vorzeichen ab, die Marken der K-Komplexe schon.</translation>
    </message>
    <message>
        <source>Compare on the open night with</source>
        <translation>An der offenen Nacht vergleichen mit</translation>
    </message>
    <message>
        <source>Compare with the one in use</source>
        <translation>Mit der verwendeten vergleichen</translation>
    </message>
    <message>
        <source>Compared on</source>
        <translation>Verglichen am</translation>
    </message>
    <message>
        <source>Compared on {nights} {nights:night|nights} of {patients} {patients:patient|patients} ({epochs} epochs) that neither has seen, as people signed them off.</source>
        <translation>Verglichen auf {nights} {nights:Nacht|Nächten} von {patients} {patients:Patient|Patienten} ({epochs} Epochen), die keine von beiden kennt, so wie Menschen sie abgezeichnet haben.</translation>
    </message>
    <message numerus="yes">
        <source>Compared with the %n epoch(s) that a person decided on. They may be those that the version that staged the night had wrong: sign the night off to count all.</source>
        <translation>
            <numerusform>Verglichen mit der %n Epoche, über die jemand entschied. Sie mag eine sein, in der die Version irrte, die die Nacht klassifizierte: zeichnen Sie die Nacht ab, damit alle zählen.</numerusform>
            <numerusform>Verglichen mit den %n Epochen, über die jemand entschied. Es mögen die sein, in denen die Version irrte, die die Nacht klassifizierte: zeichnen Sie die Nacht ab, damit alle zählen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Compared with the night as it was signed off:</source>
        <translation>Verglichen mit der Nacht, wie sie abgezeichnet wurde:</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Con&amp;firm suggestion</source>
        <translation>Vorschlag &amp;übernehmen</translation>
    </message>
    <message>
        <source>Confirm th&amp;e stage</source>
        <translation>Stadi&amp;um bestätigen</translation>
    </message>
    <message>
        <source>Connection timed out</source>
        <translation>Das Netz antwortet nicht</translation>
    </message>
    <message>
        <source>Copy recording and scoring without what names anybody</source>
        <translation>Aufzeichnung und Auswertung ohne alles kopieren, was jemanden nennt</translation>
    </message>
    <message>
        <source>Copying the recording</source>
        <translation>Die Aufzeichnung wird kopiert</translation>
    </message>
    <message>
        <source>Copying {file}</source>
        <translation>{file} wird kopiert</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>Korrigiert</translation>
    </message>
    <message>
        <source>Cross-entropy, which is the less the more honest confidence is, is {after:.3f} instead of {before:.3f} on your nights.</source>
        <translation>Die Kreuzentropie, die umso kleiner ist, je ehrlicher die Sicherheit ist, beträgt auf Ihren Nächten {after:.3f} statt {before:.3f}.</translation>
    </message>
    <message>
        <source>Cut the link of the two</source>
        <translation>Verknüpfung der beiden trennen</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>De-identified &amp;copy…</source>
        <translation>De-identifizierte &amp;Kopie…</translation>
    </message>
    <message>
        <source>De-identified copy</source>
        <translation>De-identifizierte Kopie</translation>
    </message>
    <message>
        <source>Decided, of those in the queue</source>
        <translation>Entschieden, von denen in der Liste</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Default keys</source>
        <translation>Übliche Tasten</translation>
    </message>
    <message>
        <source>Default keys for all</source>
        <translation>Übliche Tasten für alle</translation>
    </message>
    <message>
        <source>Definitions of all numbers</source>
        <translation>Definitionen aller Zahlen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete {title}? Sessions keep the stages that it gave.</source>
        <translation>{title} löschen? Sitzungen behalten die Stadien, die sie vergeben hat.</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Derivatio&amp;ns that vote</source>
        <translation>Ableitun&amp;gen, die abstimmen</translation>
    </message>
    <message>
        <source>Derivation to stage</source>
        <translation>Ableitung für die Stadien</translation>
    </message>
    <message>
        <source>Desaturation</source>
        <translation>Entsättigung</translation>
    </message>
    <message>
        <source>Desaturations</source>
        <translation>Entsättigungen</translation>
    </message>
    <message>
        <source>Device or resource busy</source>
        <translation>Gerät oder Datei ist in Benutzung</translation>
    </message>
    <message>
        <source>Diary, medication and drug screening: look yourself, this program does not.</source>
        <translation>Schlaftagebuch, Medikamente und Drogentest: Sehen Sie selbst nach, dieses Programm tut es nicht.</translation>
    </message>
    <message>
        <source>Directory not empty</source>
        <translation>Der Ordner ist nicht leer</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>Ihr Anteil am Speicherplatz ist aufgebraucht</translation>
    </message>
    <message>
        <source>Domino (Somnomedics)</source>
        <translation>Domino (Somnomedics)</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message numerus="yes">
        <source>Done. Agreement expected: {now} % now; %n more can wait</source>
        <translation>
            <numerusform>Fertig. Erwartete Übereinstimmung: jetzt {now} %; %n weitere kann warten</numerusform>
            <numerusform>Fertig. Erwartete Übereinstimmung: jetzt {now} %; %n weitere können warten</numerusform>
        </translation>
    </message>
    <message>
        <source>Done: {step}</source>
        <translation>Getan: {step}</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Down to five seconds</source>
        <translation>Bis hinunter zu fünf Sekunden</translation>
    </message>
    <message>
        <source>Draw negative values of EEG and eyes upwards; ⊖↑ beside their names says so</source>
        <translation>Negative Werte von EEG und Augen nach oben zeichnen; ⊖↑ neben ihren Namen sagt es</translation>
    </message>
    <message>
        <source>Drawn of the key by its stages: each by its share of the night, of each at least 20 where there are.</source>
        <translation>Nach den Stadien des Schlüssels gezogen: jedes nach seinem Anteil an der Nacht, von jedem mindestens 20, wo es sie gibt.</translation>
    </message>
    <message>
        <source>Drawn with seed</source>
        <translation>Gezogen mit Startwert</translation>
    </message>
    <message>
        <source>Drop a folder of recordings here, or add one.</source>
        <translation>Einen Ordner mit Aufzeichnungen hierher ziehen oder aufnehmen.</translation>
    </message>
    <message>
        <source>Drop it to list the nights in it</source>
        <translation>Loslassen, um die Nächte darin aufzulisten</translation>
    </message>
    <message>
        <source>Drop it to open it</source>
        <translation>Loslassen, um die Datei zu öffnen</translation>
    </message>
    <message>
        <source>Dropouts</source>
        <translation>Aussetzer</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>E&amp;vents, comments and artefacts</source>
        <translation>E&amp;reignisse, Kommentare und Artefakte</translation>
    </message>
    <message>
        <source>E&amp;xport scoring</source>
        <translation>Auswertung e&amp;xportieren</translation>
    </message>
    <message>
        <source>ECG</source>
        <translation>EKG</translation>
    </message>
    <message>
        <source>EDF+ annotations (AASM)</source>
        <translation>EDF+-Annotationen (AASM)</translation>
    </message>
    <message>
        <source>EDF+ annotations (R&amp;K, as Sleep-EDF)</source>
        <translation>EDF+-Annotationen (R&amp;K, wie Sleep-EDF)</translation>
    </message>
    <message>
        <source>EDF+ or BDF+ copy of the recording with annotations</source>
        <translation>EDF+- oder BDF+-Kopie der Aufzeichnung mit Annotationen</translation>
    </message>
    <message>
        <source>EDF, EDF+, BDF, BrainVision, FIF, EEGLAB or a saved session.
Or drop the file on this window.</source>
        <translation>EDF, EDF+, BDF, BrainVision, FIF, EEGLAB oder eine gespeicherte Sitzung.
Oder ziehen Sie die Datei auf dieses Fenster.</translation>
    </message>
    <message>
        <source>EDFbrowser CSV</source>
        <translation>EDFbrowser-CSV</translation>
    </message>
    <message>
        <source>EDFbrowser XML</source>
        <translation>EDFbrowser-XML</translation>
    </message>
    <message>
        <source>EEG (C3)</source>
        <translation>EEG (C3)</translation>
    </message>
    <message>
        <source>EEG (C4)</source>
        <translation>EEG (C4)</translation>
    </message>
    <message>
        <source>EEG and EOG 0.3–35 Hz, EMG 10–100 Hz, ECG 0.3–70 Hz, respiration 0.1–15 Hz, unless the montage says otherwise; off: everything as it is stored</source>
        <translation>EEG und EOG 0,3–35 Hz, EMG 10–100 Hz, EKG 0,3–70 Hz, Atmung 0,1–15 Hz, sofern die Montage nichts anderes festlegt; aus: alles wie gespeichert</translation>
    </message>
    <message>
        <source>EMG (chin)</source>
        <translation>EMG (Kinn)</translation>
    </message>
    <message>
        <source>EMG over 8 µV above rest for {duration:.1f} s.</source>
        <translation>EMG {duration:.1f} s lang über 8 µV über der Ruhe.</translation>
    </message>
    <message>
        <source>EOG (left)</source>
        <translation>EOG (links)</translation>
    </message>
    <message>
        <source>EOG (right)</source>
        <translation>EOG (rechts)</translation>
    </message>
    <message>
        <source>Each epoch has its most probable stage; of two alike it has none</source>
        <translation>Jede Epoche hat ihr wahrscheinlichstes Stadium; bei zwei gleichen hat sie keines</translation>
    </message>
    <message>
        <source>Each lasts until the next</source>
        <translation>Jedes dauert bis zum nächsten</translation>
    </message>
    <message>
        <source>Each lasts {epoch_s:g} s, the rest is unscored</source>
        <translation>Jedes dauert {epoch_s:g} s, der Rest bleibt offen</translation>
    </message>
    <message>
        <source>Each nap</source>
        <translation>Jeder Versuch</translation>
    </message>
    <message>
        <source>Each row is an event; {names} says in which stage it lies, and was not read as a scoring.</source>
        <translation>Jede Zeile ist ein Ereignis; {names} sagt, in welchem Stadium es liegt, und wurde nicht als Auswertung gelesen.</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Epoch {epoch} could not be explained: {cause}.</source>
        <translation>Epoche {epoch} konnte nicht erklärt werden: {cause}.</translation>
    </message>
    <message>
        <source>Epoch {number} of {total}</source>
        <translation>Epoche {number} von {total}</translation>
    </message>
    <message>
        <source>Epoch {number} of {total}, {selected} selected</source>
        <translation>Epoche {number} von {total}, {selected} ausgewählt</translation>
    </message>
    <message>
        <source>Epoch {number}: {now}</source>
        <translation>Epoche {number}: {now}</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>Epochs by the stage of {first} (rows) and of {second} (columns)</source>
        <translation>Epochen nach dem Stadium von {first} (Zeilen) und von {second} (Spalten)</translation>
    </message>
    <message>
        <source>Epochs count from 0</source>
        <translation>Epochen zählen von 0</translation>
    </message>
    <message>
        <source>Epochs count from 1</source>
        <translation>Epochen zählen von 1</translation>
    </message>
    <message>
        <source>Epochs in the gaps stay unscored; check whether the export was complete.</source>
        <translation>Epochen in den Lücken bleiben offen; prüfen Sie, ob der Export vollständig war.</translation>
    </message>
    <message>
        <source>Epochs like the current one can be shown now (S).</source>
        <translation>Epochen wie die aktuelle können jetzt gezeigt werden (S).</translation>
    </message>
    <message>
        <source>Epochs like {number} ({derivation})</source>
        <translation>Epochen wie {number} ({derivation})</translation>
    </message>
    <message>
        <source>Epochs of 30 s</source>
        <translation>Epochen von 30 s</translation>
    </message>
    <message>
        <source>Epochs of signed-off nights that were seen and left:</source>
        <translation>Epochen abgezeichneter Nächte, die gesehen und belassen wurden:</translation>
    </message>
    <message>
        <source>Epochs of {length_s:g} s</source>
        <translation>Epochen von {length_s:g} s</translation>
    </message>
    <message>
        <source>Epochs with another stage (key, scorer)</source>
        <translation>Epochen mit anderem Stadium (Schlüssel, Auswerter)</translation>
    </message>
    <message>
        <source>Eve&amp;nts</source>
        <translation>&amp;Ereignisse</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Events are suggested by</source>
        <translation>Ereignisse schlägt vor</translation>
    </message>
    <message>
        <source>Events left out, as they begin in epochs that not both gave a stage: {n_first} of {first}, {n_second} of {second}</source>
        <translation>Ereignisse außer Acht, da sie in Epochen beginnen, denen nicht beide ein Stadium gaben: {n_first} von {first}, {n_second} von {second}</translation>
    </message>
    <message>
        <source>Events marked</source>
        <translation>Markierte Ereignisse</translation>
    </message>
    <message>
        <source>Events of an own kind are notes of the text that stands here, in every format; they count in no index. Keys can be changed in Help &gt; Keyboard shortcuts.</source>
        <translation>Ereignisse einer eigenen Art sind in jedem Format Notizen mit dem Text, der hier steht; sie zählen in keinem Index. Die Tasten ändern Sie in Hilfe &gt; Tastenkürzel.</translation>
    </message>
    <message>
        <source>Events per hour of sleep</source>
        <translation>Ereignisse je Stunde Schlaf</translation>
    </message>
    <message>
        <source>Every apnea has a type.</source>
        <translation>Jede Apnoe hat einen Typ.</translation>
    </message>
    <message>
        <source>Every change of a stage as CSV, as far back as the journals go: 30 days</source>
        <translation>Jede Änderung eines Stadiums als CSV, so weit die Journale zurückreichen: 30 Tage</translation>
    </message>
    <message>
        <source>Every epoch has a stage.</source>
        <translation>Jede Epoche hat ein Stadium.</translation>
    </message>
    <message>
        <source>Every folder</source>
        <translation>Alle Ordner</translation>
    </message>
    <message>
        <source>Every nap ended as the protocol asks.</source>
        <translation>Jeder Versuch endete, wie das Protokoll es verlangt.</translation>
    </message>
    <message>
        <source>Every other night that the study list shows is signed off.</source>
        <translation>Alle anderen Nächte, die die Nachtliste zeigt, sind abgezeichnet.</translation>
    </message>
    <message>
        <source>Every scoring is signed off.</source>
        <translation>Jede Auswertung ist abgezeichnet.</translation>
    </message>
    <message>
        <source>Every status</source>
        <translation>Jeder Stand</translation>
    </message>
    <message>
        <source>Everything else is in the menus, with its key. Ctrl+S saves, Ctrl+E exports, Ctrl+P writes the report; ? lists all keys, and Help has a guide.</source>
        <translation>Alles andere steht mit seiner Taste in den Menüs. Strg+S speichert, Strg+E exportiert, Strg+P schreibt den Bericht; ? listet alle Tasten, und unter Hilfe steht eine Anleitung.</translation>
    </message>
    <message>
        <source>Evidence, suggestions and oxygen figures pass over the stretch that you dragged over</source>
        <translation>Anhaltspunkte, Vorschläge und Sauerstoffwerte übergehen die überstrichene Strecke</translation>
    </message>
    <message>
        <source>Expected AHI {expected:.1f} ({low:.1f}–{high:.1f}), rule {rule}</source>
        <translation>Erwarteter AHI {expected:.1f} ({low:.1f}–{high:.1f}), Regel {rule}</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Exported {path}.</source>
        <translation>{path} exportiert.</translation>
    </message>
    <message numerus="yes">
        <source>Exported {path}; %n epoch(s) of it unscored.</source>
        <translation>
            <numerusform>{path} exportiert; %n Epoche davon hat kein Stadium.</numerusform>
            <numerusform>{path} exportiert; %n Epochen davon haben kein Stadium.</numerusform>
        </translation>
    </message>
    <message>
        <source>Exported.</source>
        <translation>Exportiert.</translation>
    </message>
    <message numerus="yes">
        <source>Exported; %n epoch(s) of it unscored.</source>
        <translation>
            <numerusform>Exportiert; %n Epoche davon hat kein Stadium.</numerusform>
            <numerusform>Exportiert; %n Epochen davon haben kein Stadium.</numerusform>
        </translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Ausgeben…</translation>
    </message>
    <message>
        <source>F&amp;irst epoch</source>
        <translation>&amp;Erste Epoche</translation>
    </message>
    <message>
        <source>F1 = 2 × both / (first + second)</source>
        <translation>F1 = 2 × beide / (erste + zweite)</translation>
    </message>
    <message>
        <source>F9 lets the network stage the night from the derivation named here. What it proposes is thin and outlined, what you give thick and filled; it never changes yours.</source>
        <translation>F9 lässt das Netz die Nacht aus der hier genannten Ableitung bestimmen. Seine Vorschläge sind dünn umrandet, Ihre Stadien dick und gefüllt; Ihre ändert es nie.</translation>
    </message>
    <message>
        <source>Fast activity missing</source>
        <translation>Schnelle Aktivität fehlt</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>Die Datei ist schon da</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>Dateiname zu lang</translation>
    </message>
    <message>
        <source>File too large</source>
        <translation>Datei zu groß</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Filter, Hz</source>
        <translation>Filter, Hz</translation>
    </message>
    <message>
        <source>Filter: {filters}</source>
        <translation>Filter: {filters}</translation>
    </message>
    <message>
        <source>Find apneas, hypopneas, desaturations, arousals and limb movements; each waits for your decision</source>
        <translation>Apnoen, Hypopnoen, Entsättigungen, Arousals und Beinbewegungen suchen; jedes Ereignis wartet auf Ihre Entscheidung</translation>
    </message>
    <message>
        <source>Find the epochs most like this one to the network and stage them together</source>
        <translation>Die Epochen finden, die dieser für das Netz am ähnlichsten sind, und ihnen zusammen ein Stadium geben</translation>
    </message>
    <message>
        <source>Fine-tune</source>
        <translation>Feinabstimmen</translation>
    </message>
    <message>
        <source>Fine-tune, calibrate, or compare a version first.</source>
        <translation>Zuerst feinabstimmen, kalibrieren oder eine Version vergleichen.</translation>
    </message>
    <message>
        <source>Fine-tuning makes up to {steps} steps, fewer where no more is gained; after the first ones it says how long they take here.</source>
        <translation>Die Feinabstimmung macht bis zu {steps} Schritte, weniger, wenn nichts mehr gewonnen wird; nach den ersten sagt sie, wie lange sie hier dauern.</translation>
    </message>
    <message>
        <source>Fine-tuning teaches the version in use your corrections, at the level of sequences of epochs; calibrating only learns how sure it may be. Both make something to be compared: nothing changes before you accept it. This window may be closed meanwhile; after a restart, training goes on where it was.</source>
        <translation>Die Feinabstimmung lehrt die verwendete Version Ihre Korrekturen, auf der Ebene von Folgen von Epochen; das Kalibrieren lernt nur, wie sicher sie sein darf. Beides ergibt etwas zum Vergleichen: nichts ändert sich, bevor Sie es annehmen. Dieses Fenster kann währenddessen geschlossen werden; nach einem Neustart geht das Training dort weiter, wo es war.</translation>
    </message>
    <message>
        <source>Flat for {duration:.0f} s with no fall of SpO₂ to match: the sensor may be off.</source>
        <translation>{duration:.0f} s lang flach ohne passenden Abfall der SpO₂: Der Sensor ist vielleicht ab.</translation>
    </message>
    <message>
        <source>Flat signal</source>
        <translation>Flaches Signal</translation>
    </message>
    <message>
        <source>Flow less by {drop:.0%} for {duration:.0f} s.</source>
        <translation>{duration:.0f} s lang {drop:.0%} weniger Fluss.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folder of the copy</source>
        <translation>Ordner der Kopie</translation>
    </message>
    <message>
        <source>Folder {number}</source>
        <translation>Ordner {number}</translation>
    </message>
    <message>
        <source>For a time in the night during which the light was on</source>
        <translation>Für eine Zeit in der Nacht, in der das Licht an war</translation>
    </message>
    <message>
        <source>Foreign rhythm</source>
        <translation>Fremder Rhythmus</translation>
    </message>
    <message>
        <source>Forget what was rejected of suggestions; it comes back when events are suggested</source>
        <translation>Vergessen, was von Vorschlägen verworfen wurde; es kommt wieder, wenn Ereignisse vorgeschlagen werden</translation>
    </message>
    <message>
        <source>Free texts: {n} {what}.</source>
        <translation>Freie Texte: {n} {what}.</translation>
    </message>
    <message>
        <source>From the 5th to the 99th percentile of the power</source>
        <translation>Vom 5. bis zum 99. Perzentil der Leistung</translation>
    </message>
    <message>
        <source>From the journals of this computer, which are kept for 30 days.</source>
        <translation>Aus den Journalen dieses Rechners, die 30 Tage aufbewahrt werden.</translation>
    </message>
    <message>
        <source>Getting started, keys, N1 and N2, events, reports</source>
        <translation>Erste Schritte, Tasten, N1 und N2, Ereignisse, Berichte</translation>
    </message>
    <message>
        <source>Give up this training? What it has learnt so far is lost; no version changes.</source>
        <translation>Dieses Training verwerfen? Was bisher gelernt ist, geht verloren; keine Version ändert sich.</translation>
    </message>
    <message>
        <source>Go back to the one before</source>
        <translation>Zurück zur vorigen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Go through them by what they change of an index or its class, not by time</source>
        <translation>Sie danach durchgehen, was sie an einem Index oder seiner Klasse ändern, nicht nach der Zeit</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>Go to the &amp;next epoch</source>
        <translation>Zur &amp;nächsten Epoche</translation>
    </message>
    <message>
        <source>Go to the epoch of the queue that is most worth a look</source>
        <translation>Zu der Epoche der Liste gehen, deren Durchsicht am meisten lohnt</translation>
    </message>
    <message>
        <source>Go to the next &amp;unscored epoch</source>
        <translation>Zur nächsten Epoche &amp;ohne Stadium</translation>
    </message>
    <message>
        <source>Go to the next epoch of the &amp;review</source>
        <translation>Zur nächsten Epoche der &amp;Durchsicht gehen</translation>
    </message>
    <message>
        <source>Go to the next epoch when scored for the &amp;first time</source>
        <translation>Zur nächsten Epoche, wenn zum &amp;ersten Mal ausgewertet</translation>
    </message>
    <message>
        <source>Go to the next event and choose it</source>
        <translation>Zum nächsten Ereignis gehen und es auswählen</translation>
    </message>
    <message>
        <source>Go to the next suggested event and choose it</source>
        <translation>Zum nächsten vorgeschlagenen Ereignis gehen und es wählen</translation>
    </message>
    <message>
        <source>Go to…</source>
        <translation>Gehe zu…</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>Anleitung</translation>
    </message>
    <message>
        <source>Hash {sha256}</source>
        <translation>Prüfsumme {sha256}</translation>
    </message>
    <message>
        <source>Heart rate</source>
        <translation>Herzfrequenz</translation>
    </message>
    <message>
        <source>Hidden while you score blind.</source>
        <translation>Verborgen, solange Sie blind auswerten.</translation>
    </message>
    <message>
        <source>Hide all panels, and show again those that were there</source>
        <translation>Alle Bereiche verbergen und die vorherigen wieder zeigen</translation>
    </message>
    <message>
        <source>Hide both: the recording begins at midnight</source>
        <translation>Beides verbergen: Die Aufzeichnung beginnt um Mitternacht</translation>
    </message>
    <message>
        <source>Hide this trace</source>
        <translation>Diese Kurve ausblenden</translation>
    </message>
    <message>
        <source>Hide who it is</source>
        <translation>Verbergen, wer es ist</translation>
    </message>
    <message>
        <source>Higher sensitivity of the selected trace, or of all</source>
        <translation>Höhere Empfindlichkeit der ausgewählten Kurve oder aller</translation>
    </message>
    <message>
        <source>History of the stages</source>
        <translation>Verlauf der Stadien</translation>
    </message>
    <message>
        <source>History of this epoch</source>
        <translation>Verlauf dieser Epoche</translation>
    </message>
    <message>
        <source>Hold a ruler against the line and drag its right end to the length below, or write the length that the ruler shows. Sensitivities are then given in µV/mm.</source>
        <translation>Halten Sie ein Lineal an die Linie und ziehen Sie deren rechtes Ende auf die Länge unten, oder geben Sie die Länge ein, die das Lineal zeigt. Empfindlichkeiten werden dann in µV/mm angegeben.</translation>
    </message>
    <message>
        <source>Host is down</source>
        <translation>Der Rechner ist nicht erreichbar</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Stunden</translation>
    </message>
    <message>
        <source>Hours and minutes</source>
        <translation>Stunden und Minuten</translation>
    </message>
    <message>
        <source>How each figure of the sleep statistics is computed, and on whose word</source>
        <translation>Wie jede Zahl der Schlafstatistik berechnet wird und auf wen sie sich beruft</translation>
    </message>
    <message>
        <source>How is this scoring meant?</source>
        <translation>Wie ist diese Auswertung gemeint?</translation>
    </message>
    <message>
        <source>How sure the network is of each stage, stacked</source>
        <translation>Wie sicher sich das Netz jedes Stadiums ist, gestapelt</translation>
    </message>
    <message>
        <source>How sure {name} is, was fitted to {n} epochs of this laboratory by {by} on {at:%d %B %Y} (temperature {temperature:.2f}); nights staged before are without that.</source>
        <translation>Wie sicher {name} ist, wurde an {n} Epochen dieses Labors angepasst, von {by} am {at:%d.%m.%Y} (Temperatur {temperature:.2f}); vorher klassifizierte Nächte sind davon unberührt.</translation>
    </message>
    <message>
        <source>Hypnogram stored as a signal (EDF)</source>
        <translation>Hypnogramm, als Signal gespeichert (EDF)</translation>
    </message>
    <message>
        <source>Hypopnea</source>
        <translation>Hypopnoe</translation>
    </message>
    <message>
        <source>Hypopneas</source>
        <translation>Hypopnoen</translation>
    </message>
    <message>
        <source>Hypopneas can be told by arousals alone.</source>
        <translation>Hypopnoen lassen sich nur an Arousals erkennen.</translation>
    </message>
    <message>
        <source>Hypopneas count by</source>
        <translation>Hypopnoen zählen nach</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Import a scoring</source>
        <translation>Auswertung importieren</translation>
    </message>
    <message>
        <source>Import a version</source>
        <translation>Version einlesen</translation>
    </message>
    <message>
        <source>Import it…</source>
        <translation>Importieren…</translation>
    </message>
    <message numerus="yes">
        <source>Imported {file}: {staged} epochs, %n event(s).</source>
        <translation>
            <numerusform>{file} importiert: {staged} Epochen, %n Ereignis.</numerusform>
            <numerusform>{file} importiert: {staged} Epochen, %n Ereignisse.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Imported {staged} epochs, %n event(s).</source>
        <translation>
            <numerusform>{staged} Epochen, %n Ereignis importiert.</numerusform>
            <numerusform>{staged} Epochen, %n Ereignisse importiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Einlesen…</translation>
    </message>
    <message>
        <source>In R it needs the chin EMG, which is not there.</source>
        <translation>In R braucht es das Kinn-EMG, das fehlt.</translation>
    </message>
    <message>
        <source>In R the chin EMG rose for {risen:.1f} s, not for 1 s.</source>
        <translation>In R stieg das Kinn-EMG {risen:.1f} s lang, nicht 1 s.</translation>
    </message>
    <message>
        <source>In the letterhead {path}, lines is no list; write it as [&quot;12 Long Street&quot;, &quot;Town&quot;].</source>
        <translation>Im Briefkopf {path} ist lines keine Liste; schreiben Sie sie als [&quot;Lange Straße 12&quot;, &quot;Stadt&quot;].</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Verwendet</translation>
    </message>
    <message>
        <source>In {channel} {band} rose to {ratio:.1f} times what it was, for {duration:.1f} s.</source>
        <translation>In {channel} stieg {band} auf das {ratio:.1f}-Fache, {duration:.1f} s lang.</translation>
    </message>
    <message>
        <source>In {n} {n:nap|naps} there are epochs without a stage.</source>
        <translation>In {n} {n:Versuch|Versuchen} sind Epochen ohne Stadium.</translation>
    </message>
    <message>
        <source>In {n} {n:recording|recordings} lights off or on is not marked: latencies count from {n:its|their} start.</source>
        <translation>In {n} {n:Aufzeichnung|Aufzeichnungen} ist „Licht aus“ oder „Licht an“ nicht markiert: Latenzen zählen ab deren Anfang.</translation>
    </message>
    <message>
        <source>Incomplete.</source>
        <translation>Unvollständig.</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>Fehler beim Lesen oder Schreiben</translation>
    </message>
    <message>
        <source>Inter-scorer exercise</source>
        <translation>Übung zur Übereinstimmung</translation>
    </message>
    <message>
        <source>Interruptions lie between lights off and lights on, one after the other.</source>
        <translation>Unterbrechungen liegen zwischen „Licht aus“ und „Licht an“, eine nach der anderen.</translation>
    </message>
    <message>
        <source>Inverted polarity</source>
        <translation>Vertauschte Polarität</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>Das ist ein Ordner</translation>
    </message>
    <message>
        <source>It begins little by little, not abruptly.</source>
        <translation>Es beginnt allmählich, nicht abrupt.</translation>
    </message>
    <message>
        <source>It came without a card.</source>
        <translation>Sie kam ohne Karte.</translation>
    </message>
    <message>
        <source>It can&apos;t be found now; File &gt; Unsaved work keeps it.</source>
        <translation>Die Aufzeichnung ist jetzt nicht zu finden; Datei &gt; Ungespeicherte Arbeit bewahrt die Arbeit auf.</translation>
    </message>
    <message>
        <source>It can&apos;t be read.</source>
        <translation>Sie ist nicht lesbar.</translation>
    </message>
    <message>
        <source>It cannot be told yet whether the new version is better.</source>
        <translation>Ob die neue Version besser ist, lässt sich noch nicht sagen.</translation>
    </message>
    <message>
        <source>It does not hold these events: {counts}.</source>
        <translation>Nicht enthalten sind diese Ereignisse: {counts}.</translation>
    </message>
    <message>
        <source>It does not hold what a program suggests ({n} {n:event|events}).</source>
        <translation>Nicht enthalten ist, was ein Programm vorschlägt ({n} {n:Ereignis|Ereignisse}).</translation>
    </message>
    <message>
        <source>It does not hold {part} ({amount}).</source>
        <translation>Nicht enthalten ist: {part} ({amount}).</translation>
    </message>
    <message>
        <source>It does not hold {part} ({known:%H:%M:%S}): in a recording that begins at another time it is misplaced. Give the recording with --recording.</source>
        <translation>Nicht enthalten ist: {part} ({known:%H:%M:%S}). In einer Aufzeichnung, die zu anderer Zeit beginnt, liegt sie falsch. Geben Sie die Aufzeichnung mit --recording an.</translation>
    </message>
    <message>
        <source>It does not hold {part} ({known:%Y-%m-%d}).</source>
        <translation>Nicht enthalten ist: {part} ({known:%d.%m.%Y}).</translation>
    </message>
    <message>
        <source>It does not hold {part} ({n} {n:event|events}).</source>
        <translation>Nicht enthalten ist: {part} ({n} {n:Ereignis|Ereignisse}).</translation>
    </message>
    <message>
        <source>It does not hold {part}, version and derivation.</source>
        <translation>Nicht enthalten ist: {part}, Version und Ableitung.</translation>
    </message>
    <message>
        <source>It does not hold {part}.</source>
        <translation>Nicht enthalten ist: {part}.</translation>
    </message>
    <message>
        <source>It does not hold {part}: model and persons look the same.</source>
        <translation>Nicht enthalten ist, {part}: Modell und Personen sehen gleich aus.</translation>
    </message>
    <message>
        <source>It ends in an arousal.</source>
        <translation>Es endet in einem Arousal.</translation>
    </message>
    <message>
        <source>It gains less on your nights than it forgets.</source>
        <translation>Sie gewinnt auf Ihren Nächten weniger, als sie vergisst.</translation>
    </message>
    <message>
        <source>It gives up N1: its F1 is {after:.2f} instead of {before:.2f}.</source>
        <translation>Sie gibt N1 auf: Dessen F1 ist {after:.2f} statt {before:.2f}.</translation>
    </message>
    <message>
        <source>It goes with a limb movement.</source>
        <translation>Es gehört zu einer Beinbewegung.</translation>
    </message>
    <message>
        <source>It goes with the {event}.</source>
        <translation>Gehört zu: {event}.</translation>
    </message>
    <message>
        <source>It hardly agrees with people at all on your nights (κ {kappa:.2f}): look at their scorings and at the derivation first.</source>
        <translation>Auf Ihren Nächten stimmt sie kaum mit Menschen überein (κ {kappa:.2f}): Sehen Sie sich zuerst deren Auswertungen und die Ableitung an.</translation>
    </message>
    <message>
        <source>It has another number of epochs than the key.</source>
        <translation>Sie hat eine andere Zahl von Epochen als der Schlüssel.</translation>
    </message>
    <message>
        <source>It holds no exercise, or several: see sleepscorer exercise draw.</source>
        <translation>Sie enthält keine Übung oder mehrere: siehe sleepscorer exercise draw.</translation>
    </message>
    <message>
        <source>It is respiratory.</source>
        <translation>Es ist respiratorisch.</translation>
    </message>
    <message>
        <source>It is spontaneous.</source>
        <translation>Es ist spontan.</translation>
    </message>
    <message>
        <source>It lasts {duration:.0f} s: the background is another one from then on.</source>
        <translation>Es dauert {duration:.0f} s: Der Hintergrund ist von da an ein anderer.</translation>
    </message>
    <message>
        <source>It lasts {duration:.1f} s, not 10 s.</source>
        <translation>Dauert {duration:.1f} s, nicht 10 s.</translation>
    </message>
    <message>
        <source>It lasts {duration:.1f} s, not 3 s.</source>
        <translation>Es dauert {duration:.1f} s, nicht 3 s.</translation>
    </message>
    <message>
        <source>It may be that it gives up N1: its F1 is {after:.2f} instead of {before:.2f}, and with other patients it may be higher.</source>
        <translation>Vielleicht gibt sie N1 auf: Dessen F1 ist {after:.2f} statt {before:.2f}, mit anderen Patienten kann es auch mehr sein.</translation>
    </message>
    <message>
        <source>It was not staged.</source>
        <translation>Sie wurde nicht klassifiziert.</translation>
    </message>
    <message numerus="yes">
        <source>It was so %n more time(s); see the strip.</source>
        <translation>
            <numerusform>Das war noch %n-mal so; siehe den Streifen.</numerusform>
            <numerusform>Das war noch %n-mal so; siehe den Streifen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Its session is there already and was left alone.</source>
        <translation>Ihre Sitzung ist schon da und blieb unverändert.</translation>
    </message>
    <message>
        <source>Its stage now</source>
        <translation>Ihr Stadium jetzt</translation>
    </message>
    <message>
        <source>JSON, everything</source>
        <translation>JSON, alles</translation>
    </message>
    <message>
        <source>Joining takes probabilities of the network and of another program: stage the night, then ask a program that gives them.</source>
        <translation>Zum Zusammenlegen braucht es Wahrscheinlichkeiten des Netzes und eines anderen Programms: klassifizieren Sie die Nacht, dann fragen Sie ein Programm, das welche gibt.</translation>
    </message>
    <message>
        <source>K-complex</source>
        <translation>K-Komplex</translation>
    </message>
    <message>
        <source>K-complexes</source>
        <translation>K-Komplexe</translation>
    </message>
    <message>
        <source>Keep date and time</source>
        <translation>Datum und Uhrzeit behalten</translation>
    </message>
    <message>
        <source>Keep each night to learn from as soon as it is signed off</source>
        <translation>Jede Nacht zum Lernen aufheben, sobald sie abgezeichnet ist</translation>
    </message>
    <message>
        <source>Keep sessions in…</source>
        <translation>Sitzungen ablegen in…</translation>
    </message>
    <message>
        <source>Keep the sessions of {folder} in</source>
        <translation>Sitzungen von {folder} ablegen in</translation>
    </message>
    <message>
        <source>Keep the time of day, hide the date (1 January 1985)</source>
        <translation>Uhrzeit behalten, Datum verbergen (1. Januar 1985)</translation>
    </message>
    <message>
        <source>Keep these traces with their sensitivities under a name</source>
        <translation>Diese Kurven mit ihren Empfindlichkeiten unter einem Namen behalten</translation>
    </message>
    <message>
        <source>Keep this layout</source>
        <translation>Diese Anordnung behalten</translation>
    </message>
    <message>
        <source>Keep what &amp;is scored in a selection</source>
        <translation>Ausgewertetes in einer Auswahl be&amp;halten</translation>
    </message>
    <message>
        <source>Keep what people decided in this signed-off night, to learn from it</source>
        <translation>Aufheben, was Menschen in dieser abgezeichneten Nacht entschieden haben, um daraus zu lernen</translation>
    </message>
    <message>
        <source>Keep which panels are shown, where and how high, under a name and a key</source>
        <translation>Behalten, welche Bereiche wo und wie hoch gezeigt werden, unter einem Namen und einer Taste</translation>
    </message>
    <message>
        <source>Keeping the night</source>
        <translation>Nacht wird aufgehoben</translation>
    </message>
    <message>
        <source>Kept as “{name}”, key {key}.</source>
        <translation>Behalten als „{name}“, Taste {key}.</translation>
    </message>
    <message>
        <source>Kept to compare versions on: this patient is never trained on.</source>
        <translation>Zum Vergleichen von Versionen aufgehoben: mit diesem Patienten wird nie trainiert.</translation>
    </message>
    <message numerus="yes">
        <source>Kept to learn from: %n epoch(s) decided on.</source>
        <translation>
            <numerusform>Zum Lernen aufgehoben: %n entschiedene Epoche.</numerusform>
            <numerusform>Zum Lernen aufgehoben: %n entschiedene Epochen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>Key by</source>
        <translation>Schlüssel von</translation>
    </message>
    <message>
        <source>Key {key}</source>
        <translation>Taste {key}</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>L&amp;onger page</source>
        <translation>Seite &amp;länger</translation>
    </message>
    <message>
        <source>Label “{label}”, which became “{new}”.</source>
        <translation>Kanalname „{label}“, der zu „{new}“ wurde.</translation>
    </message>
    <message>
        <source>Lane height</source>
        <translation>Höhe der Spur</translation>
    </message>
    <message>
        <source>Lane height, µV</source>
        <translation>Zeilenhöhe, µV</translation>
    </message>
    <message>
        <source>Languag&amp;e</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Latencies and R of the naps in one or more sessions</source>
        <translation>Latenzen und R der Versuche in einer oder mehreren Sitzungen</translation>
    </message>
    <message>
        <source>Latencies of the trials in one or more sessions</source>
        <translation>Latenzen der Versuche in einer oder mehreren Sitzungen</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Layout {number} (free)</source>
        <translation>Anordnung {number} (frei)</translation>
    </message>
    <message>
        <source>Learn from this night</source>
        <translation>Aus dieser Nacht lernen</translation>
    </message>
    <message>
        <source>Least fall of SpO₂</source>
        <translation>Mindestabfall der SpO₂</translation>
    </message>
    <message>
        <source>Leave the selected trace out until another montage is chosen</source>
        <translation>Die ausgewählte Kurve weglassen, bis eine andere Montage gewählt wird</translation>
    </message>
    <message>
        <source>Leave the tour</source>
        <translation>Rundgang verlassen</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Left leg</source>
        <translation>Linkes Bein</translation>
    </message>
    <message>
        <source>Length of a page</source>
        <translation>Seitenlänge</translation>
    </message>
    <message>
        <source>Length of the line on the ruler</source>
        <translation>Länge der Linie am Lineal</translation>
    </message>
    <message>
        <source>Less con&amp;trast</source>
        <translation>&amp;Weniger Kontrast</translation>
    </message>
    <message>
        <source>Let YASA or a program of yours stage this night and put that beside</source>
        <translation>YASA oder ein eigenes Programm diese Nacht bewerten lassen und das Ergebnis danebenstellen</translation>
    </message>
    <message>
        <source>Let it finish</source>
        <translation>Fertig werden lassen</translation>
    </message>
    <message>
        <source>Let the keys act on all traces and no event; a click on a trace or an event chooses that one</source>
        <translation>Die Tasten auf alle Kurven und kein Ereignis wirken lassen; ein Klick auf eine Kurve oder ein Ereignis wählt diese</translation>
    </message>
    <message>
        <source>Let the network stage every epoch that nobody has scored by hand</source>
        <translation>Das Netz bestimmt das Stadium jeder Epoche, die niemand von Hand ausgewertet hat</translation>
    </message>
    <message>
        <source>Letterhead of reports</source>
        <translation>Briefkopf der Berichte</translation>
    </message>
    <message>
        <source>Letterheads</source>
        <translation>Briefköpfe</translation>
    </message>
    <message>
        <source>Li&amp;ghts on here</source>
        <translation>Hier Licht a&amp;n</translation>
    </message>
    <message>
        <source>Light on</source>
        <translation>Licht an in der Nacht</translation>
    </message>
    <message>
        <source>Light on for a &amp;while</source>
        <translation>Licht &amp;vorübergehend an</translation>
    </message>
    <message>
        <source>Light on in between</source>
        <translation>Dazwischen Licht an</translation>
    </message>
    <message>
        <source>Lights &amp;off here</source>
        <translation>Hier &amp;Licht aus</translation>
    </message>
    <message>
        <source>Lights off</source>
        <translation>Licht aus</translation>
    </message>
    <message>
        <source>Lights off and on are marked.</source>
        <translation>„Licht aus“ und „Licht an“ sind markiert.</translation>
    </message>
    <message>
        <source>Lights off and on are not marked: the whole recording stands for the time in bed.</source>
        <translation>„Licht aus“ und „Licht an“ sind nicht markiert: Die ganze Aufzeichnung gilt als Zeit im Bett.</translation>
    </message>
    <message>
        <source>Lights off at</source>
        <translation>Licht aus um</translation>
    </message>
    <message>
        <source>Lights off is not marked: the start of the recording stands for it.</source>
        <translation>„Licht aus“ ist nicht markiert: Der Anfang der Aufzeichnung steht dafür.</translation>
    </message>
    <message>
        <source>Lights off or on is not marked.</source>
        <translation>„Licht aus“ oder „Licht an“ ist nicht markiert.</translation>
    </message>
    <message>
        <source>Lights on</source>
        <translation>Licht an</translation>
    </message>
    <message>
        <source>Lights on at</source>
        <translation>Licht an um</translation>
    </message>
    <message>
        <source>Lights on can&apos;t be before lights off; move the other marker first.</source>
        <translation>„Licht an“ kann nicht vor „Licht aus“ liegen; verschieben Sie zuerst die andere Marke.</translation>
    </message>
    <message>
        <source>Lights on here</source>
        <translation>Licht hier an</translation>
    </message>
    <message>
        <source>Lights on is before lights off.</source>
        <translation>Licht an liegt vor Licht aus.</translation>
    </message>
    <message>
        <source>Lights on is not marked: the end of the recording stands for it.</source>
        <translation>„Licht an“ ist nicht markiert: Das Ende der Aufzeichnung steht dafür.</translation>
    </message>
    <message>
        <source>Limb &amp;movement</source>
        <translation>&amp;Beinbewegung</translation>
    </message>
    <message>
        <source>Limb movement</source>
        <translation>Beinbewegung</translation>
    </message>
    <message>
        <source>Limb movement, left</source>
        <translation>Beinbewegung links</translation>
    </message>
    <message>
        <source>Limb movement, right</source>
        <translation>Beinbewegung rechts</translation>
    </message>
    <message>
        <source>Limb movements</source>
        <translation>Beinbewegungen</translation>
    </message>
    <message>
        <source>Limbs</source>
        <translation>Beine</translation>
    </message>
    <message>
        <source>Line {number} of {path}, which says what network is used, is damaged: {error}. Restore the file from a copy, or move it away to begin with the network that comes with SleepScorer.</source>
        <translation>Zeile {number} von {path}, wo steht, welches Netz verwendet wird, ist beschädigt: {error}. Stellen Sie die Datei aus einer Kopie wieder her, oder verschieben Sie sie, um mit dem Netz zu beginnen, das mit SleepScorer kommt.</translation>
    </message>
    <message>
        <source>Line {number} of {path}, which says what was staged into this folder, is damaged: {error}. Restore the file from a copy, or move it away; results that are there are left alone then.</source>
        <translation>Zeile {number} von {path}, wo steht, was in diesen Ordner ausgewertet wurde, ist beschädigt: {error}. Stellen Sie die Datei aus einer Kopie wieder her oder verschieben Sie sie; vorhandene Ergebnisse bleiben dann unangetastet.</translation>
    </message>
    <message>
        <source>Line {number} that {job} reports is no event: {error}. Start it again; if that does not help, install SleepScorer again.</source>
        <translation>Zeile {number}, die {job} meldet, ist kein Ereignis: {error}. Starten Sie es noch einmal; wenn das nicht hilft, installieren Sie SleepScorer noch einmal.</translation>
    </message>
    <message>
        <source>Lines 75 µV apart, the criterion of slow waves</source>
        <translation>Linien im Abstand von 75 µV, dem Kriterium für langsame Wellen</translation>
    </message>
    <message>
        <source>Link the two that are selected</source>
        <translation>Die beiden ausgewählten verknüpfen</translation>
    </message>
    <message>
        <source>Load a second scoring</source>
        <translation>Eine zweite Auswertung laden</translation>
    </message>
    <message>
        <source>Load keys</source>
        <translation>Tasten laden</translation>
    </message>
    <message>
        <source>Load keys…</source>
        <translation>Tasten laden…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Neu nachsehen</translation>
    </message>
    <message>
        <source>Looking for the next night</source>
        <translation>Die nächste Nacht wird gesucht</translation>
    </message>
    <message>
        <source>Looking into the folders…</source>
        <translation>In den Ordnern wird nachgesehen…</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Lower sensitivity of the selected trace, or of all</source>
        <translation>Niedrigere Empfindlichkeit der ausgewählten Kurve oder aller</translation>
    </message>
    <message>
        <source>Luna .annot</source>
        <translation>Luna .annot</translation>
    </message>
    <message>
        <source>MNE annotations</source>
        <translation>Annotationen von MNE</translation>
    </message>
    <message>
        <source>Macro-F1</source>
        <translation>Makro-F1</translation>
    </message>
    <message>
        <source>Made with SleepScorer {version} on {at:%d %B %Y, %H:%M}.</source>
        <translation>Erstellt mit SleepScorer {version} am {at:%d.%m.%Y, %H:%M}.</translation>
    </message>
    <message>
        <source>Mains interference</source>
        <translation>Netzstörung</translation>
    </message>
    <message>
        <source>Mains notc&amp;h</source>
        <translation>Netzf&amp;ilter</translation>
    </message>
    <message>
        <source>Maintenance of Wakefulness Test (MWT)</source>
        <translation>Wachbleibetest (MWT)</translation>
    </message>
    <message>
        <source>Make a montage of &amp;what is shown…</source>
        <translation>Montage aus dem &amp;Gezeigten…</translation>
    </message>
    <message>
        <source>Make lon&amp;ger</source>
        <translation>&amp;Länger</translation>
    </message>
    <message>
        <source>Make shorter</source>
        <translation>Kürzer</translation>
    </message>
    <message>
        <source>Making the report</source>
        <translation>Bericht wird erstellt</translation>
    </message>
    <message>
        <source>Mark &amp;what the network sees</source>
        <translation>&amp;Markieren, was das Netz sieht</translation>
    </message>
    <message>
        <source>Mark as disturbed, or not</source>
        <translation>Als gestört markieren oder nicht</translation>
    </message>
    <message>
        <source>Mark it where you dragged over a trace, or where the mouse is on one</source>
        <translation>Es dort markieren, wo Sie über eine Kurve gezogen haben oder wo die Maus auf einer steht</translation>
    </message>
    <message>
        <source>Mark it with a free text</source>
        <translation>Mit einem freien Text markieren</translation>
    </message>
    <message>
        <source>Mark the apnea or hypopnea that the network sees in this epoch as yours; then move it</source>
        <translation>Die Apnoe oder Hypopnoe, die das Netz in dieser Epoche sieht, als eigene markieren; danach lässt sie sich verschieben</translation>
    </message>
    <message>
        <source>Mark what was fo&amp;und</source>
        <translation>Gefundenes mar&amp;kieren</translation>
    </message>
    <message>
        <source>Mark “lights off” where the light goes off again.</source>
        <translation>Markieren Sie „Licht aus“, wo das Licht wieder ausgeht.</translation>
    </message>
    <message>
        <source>Mean by stage</source>
        <translation>Mittel nach Stadium</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Mi&amp;xed apnea</source>
        <translation>&amp;Gemischte Apnoe</translation>
    </message>
    <message>
        <source>Milliseconds</source>
        <translation>Millisekunden</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>Minutes and seconds</source>
        <translation>Minuten und Sekunden</translation>
    </message>
    <message>
        <source>Mixed apnea</source>
        <translation>Gemischte Apnoe</translation>
    </message>
    <message>
        <source>Mixed apneas</source>
        <translation>Gemischte Apnoen</translation>
    </message>
    <message>
        <source>Model and learning</source>
        <translation>Modell und Lernen</translation>
    </message>
    <message>
        <source>Model ≠ human</source>
        <translation>Modell ≠ Mensch</translation>
    </message>
    <message>
        <source>Montage {number}</source>
        <translation>Montage {number}</translation>
    </message>
    <message>
        <source>Montages</source>
        <translation>Montagen</translation>
    </message>
    <message>
        <source>Montages, in the order of F2 to F8</source>
        <translation>Montagen in der Reihenfolge von F2 bis F8</translation>
    </message>
    <message>
        <source>More &amp;contrast</source>
        <translation>&amp;Mehr Kontrast</translation>
    </message>
    <message>
        <source>More than {most:.0f} points forgotten are too many, whatever is gained. Were the corrected nights scored with care, and is the derivation the right one?</source>
        <translation>Mehr als {most:.0f} vergessene Punkte sind zu viele, was immer gewonnen wird. Wurden die korrigierten Nächte sorgfältig ausgewertet, und ist die Ableitung die richtige?</translation>
    </message>
    <message>
        <source>Move ear&amp;lier</source>
        <translation>&amp;Früher</translation>
    </message>
    <message>
        <source>Move la&amp;ter</source>
        <translation>S&amp;päter</translation>
    </message>
    <message>
        <source>Move the chosen event by 0.1 s</source>
        <translation>Das ausgewählte Ereignis um 0,1 s verschieben</translation>
    </message>
    <message>
        <source>Move the end of the chosen event by 0.1 s</source>
        <translation>Das Ende des ausgewählten Ereignisses um 0,1 s verschieben</translation>
    </message>
    <message>
        <source>Much is missing</source>
        <translation>Vieles fehlt</translation>
    </message>
    <message>
        <source>Multiple Sleep Latency Test (MSLT)</source>
        <translation>Multipler Schlaflatenztest (MSLT)</translation>
    </message>
    <message>
        <source>Multiply the signal by {factor:g}.</source>
        <translation>Multiplizieren Sie das Signal mit {factor:g}.</translation>
    </message>
    <message>
        <source>N&amp;ext event</source>
        <translation>Nä&amp;chstes Ereignis</translation>
    </message>
    <message>
        <source>N1 taken for N2</source>
        <translation>N1 für N2 gehalten</translation>
    </message>
    <message>
        <source>N1/N2 doubt</source>
        <translation>Zweifel N1/N2</translation>
    </message>
    <message>
        <source>N1/N2 doubt, stage transitions, differences and so on, in turn</source>
        <translation>Zweifel N1/N2, Stadienwechsel, Unterschiede und so weiter der Reihe nach</translation>
    </message>
    <message>
        <source>N1: an arousal ended {stage}, no K-complex or spindle since.</source>
        <translation>N1: Ein Arousal hat {stage} beendet, seither kein K-Komplex und keine Spindel.</translation>
    </message>
    <message>
        <source>N1: no K-complex or spindle in time, alpha below half of the epoch, slow eye movements and vertex sharp waves.</source>
        <translation>N1: kein K-Komplex und keine Spindel zur rechten Zeit, Alpha in weniger als der halben Epoche, langsame Augenbewegungen und Vertexwellen.</translation>
    </message>
    <message>
        <source>N1: no K-complex or spindle in time, alpha below half of the epoch, slow eye movements.</source>
        <translation>N1: kein K-Komplex und keine Spindel zur rechten Zeit, Alpha in weniger als der halben Epoche, langsame Augenbewegungen.</translation>
    </message>
    <message>
        <source>N1: no K-complex or spindle in time, alpha below half of the epoch, vertex sharp waves.</source>
        <translation>N1: kein K-Komplex und keine Spindel zur rechten Zeit, Alpha in weniger als der halben Epoche, Vertexwellen.</translation>
    </message>
    <message>
        <source>N1: no K-complex or spindle in time, alpha below half of the epoch.</source>
        <translation>N1: kein K-Komplex und keine Spindel zur rechten Zeit, Alpha in weniger als der halben Epoche.</translation>
    </message>
    <message>
        <source>N2 begins here: {sign}.</source>
        <translation>N2 beginnt hier: {sign}.</translation>
    </message>
    <message>
        <source>N2 follows N3: no arousal, and nothing that ends it.</source>
        <translation>N2 folgt auf N3: kein Arousal und nichts, was es beendet.</translation>
    </message>
    <message>
        <source>N2 goes on: no arousal, and nothing that ends it.</source>
        <translation>N2 geht weiter: kein Arousal und nichts, was es beendet.</translation>
    </message>
    <message>
        <source>N2 goes on: {sign}.</source>
        <translation>N2 geht weiter: {sign}.</translation>
    </message>
    <message>
        <source>N2 taken for N1</source>
        <translation>N2 für N1 gehalten</translation>
    </message>
    <message>
        <source>N3: slow waves fill {seconds} s, at least 6 s of the epoch.</source>
        <translation>N3: Langsame Wellen füllen {seconds} s, mindestens 6 s der Epoche.</translation>
    </message>
    <message>
        <source>NREM</source>
        <translation>NREM</translation>
    </message>
    <message>
        <source>NSRR XML</source>
        <translation>NSRR-XML</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of the copy</source>
        <translation>Name der Kopie</translation>
    </message>
    <message>
        <source>Name of the layout:</source>
        <translation>Name der Anordnung:</translation>
    </message>
    <message>
        <source>Name, code and dates of the patient and the name of the file are not shown</source>
        <translation>Name, Kennung und Daten des Patienten und der Name der Datei werden nicht gezeigt</translation>
    </message>
    <message>
        <source>Names of imported files became numbers: {n}.</source>
        <translation>Namen importierter Dateien wurden zu Nummern: {n}.</translation>
    </message>
    <message>
        <source>Names of scorers became numbers: {n}.</source>
        <translation>Namen von Auswertern wurden zu Nummern: {n}.</translation>
    </message>
    <message>
        <source>Names, texts in files and colours of kinds that your laboratory marks</source>
        <translation>Namen, Texte in Dateien und Farben der Arten, die Ihr Labor markiert</translation>
    </message>
    <message>
        <source>Nap {n}</source>
        <translation>Versuch {n}</translation>
    </message>
    <message>
        <source>Naps</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>Nasal pressure</source>
        <translation>Nasaldruck</translation>
    </message>
    <message>
        <source>Near events</source>
        <translation>Nahe Ereignissen</translation>
    </message>
    <message>
        <source>Nearly all one stage</source>
        <translation>Fast nur ein Stadium</translation>
    </message>
    <message>
        <source>Negative upwards</source>
        <translation>Negativ nach oben</translation>
    </message>
    <message>
        <source>Neighbouring epoch&amp;s</source>
        <translation>Na&amp;chbarepochen</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Neue Taste</translation>
    </message>
    <message>
        <source>New montage</source>
        <translation>Neue Montage</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Next &amp;filter of the queue</source>
        <translation>Nächster Filte&amp;r der Liste</translation>
    </message>
    <message>
        <source>Next mains no&amp;tch</source>
        <translation>Nächster Ne&amp;tzfilter</translation>
    </message>
    <message>
        <source>Next page length of breathing</source>
        <translation>Nächste Seitenlänge der Atmung</translation>
    </message>
    <message>
        <source>Next suggestion</source>
        <translation>Nächster Vorschlag</translation>
    </message>
    <message>
        <source>Night</source>
        <translation>Nacht</translation>
    </message>
    <message>
        <source>Night of</source>
        <translation>Nacht vom</translation>
    </message>
    <message>
        <source>Night {number}</source>
        <translation>Nacht {number}</translation>
    </message>
    <message>
        <source>Nights</source>
        <translation>Nächte</translation>
    </message>
    <message>
        <source>Nights that were signed off. Minutes are of epochs that a person decided on; N1 → N2 counts epochs that the model called N1 and a person N2. One patient in three is kept to compare versions on and never trained on.</source>
        <translation>Abgezeichnete Nächte. Die Minuten sind die von Epochen, die ein Mensch entschieden hat; N1 → N2 zählt Epochen, die das Modell N1 und ein Mensch N2 nannte. Jeder dritte Patient wird zum Vergleichen von Versionen aufgehoben; mit ihm wird nie trainiert.</translation>
    </message>
    <message>
        <source>Nights to learn from, fine-tuning, verdict, and the versions of the network</source>
        <translation>Nächte zum Lernen, Feinabstimmung, Urteil und die Versionen des Netzes</translation>
    </message>
    <message>
        <source>No EEG was analysed here.</source>
        <translation>Hier wurde kein EEG untersucht.</translation>
    </message>
    <message>
        <source>No N2</source>
        <translation>Kein N2</translation>
    </message>
    <message>
        <source>No RERAs scored</source>
        <translation>Keine RERAs ausgewertet</translation>
    </message>
    <message>
        <source>No automatic scoring yet (F9).</source>
        <translation>Noch keine automatische Auswertung (F9).</translation>
    </message>
    <message>
        <source>No candidate is left that missed something; suggest events first.</source>
        <translation>Kein Kandidat, dem etwas fehlte, ist übrig; lassen Sie zuerst Ereignisse vorschlagen.</translation>
    </message>
    <message>
        <source>No change is known.</source>
        <translation>Keine Änderung ist bekannt.</translation>
    </message>
    <message>
        <source>No channel is known as EEG: arousals were not looked for.</source>
        <translation>Kein Kanal ist als EEG bekannt: Arousals wurden nicht gesucht.</translation>
    </message>
    <message>
        <source>No channel is known as SpO₂: hypopneas can be told by arousals alone.</source>
        <translation>Kein Kanal ist als SpO₂ bekannt: Hypopnoen sind nur an Arousals zu erkennen.</translation>
    </message>
    <message>
        <source>No channel is known as a belt: the types of apneas can&apos;t be told.</source>
        <translation>Kein Kanal ist als Gurt bekannt: Die Art der Apnoen ist nicht zu erkennen.</translation>
    </message>
    <message>
        <source>No channel is known as a leg: limb movements were not looked for.</source>
        <translation>Kein Kanal ist als Bein bekannt: Beinbewegungen wurden nicht gesucht.</translation>
    </message>
    <message>
        <source>No channel is known as airflow: apneas and hypopneas were not looked for.</source>
        <translation>Kein Kanal ist als Atemfluss bekannt: Apnoen und Hypopnoen wurden nicht gesucht.</translation>
    </message>
    <message>
        <source>No channel is known as chin: arousals in R were not looked for.</source>
        <translation>Kein Kanal ist als Kinn bekannt: Arousals in R wurden nicht gesucht.</translation>
    </message>
    <message>
        <source>No cluster answers at {address} ({reason}). Start one with dask scheduler and dask worker, or leave --cluster out.</source>
        <translation>Unter {address} antwortet kein Cluster ({reason}). Starten Sie einen mit dask scheduler und dask worker, oder lassen Sie --cluster weg.</translation>
    </message>
    <message>
        <source>No epoch is scored as sleep: nothing can be suggested.</source>
        <translation>Keine Epoche ist als Schlaf ausgewertet: Es kann nichts vorgeschlagen werden.</translation>
    </message>
    <message>
        <source>No epoch was staged as sleep.</source>
        <translation>Keine Epoche wurde als Schlaf ausgewertet.</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>Keine Taste</translation>
    </message>
    <message>
        <source>No layout has this key yet: “Keep this layout…” gives it to one.</source>
        <translation>Noch keine Anordnung hat diese Taste: „Diese Anordnung behalten …“ gibt sie einer.</translation>
    </message>
    <message>
        <source>No longer beside yours: {names}.</source>
        <translation>Nicht mehr neben Ihrer: {names}.</translation>
    </message>
    <message numerus="yes">
        <source>No other night is to be done, but %n can&apos;t be read.</source>
        <translation>
            <numerusform>Keine weitere Nacht ist zu bearbeiten, aber %n lässt sich nicht lesen.</numerusform>
            <numerusform>Keine weitere Nacht ist zu bearbeiten, aber %n lassen sich nicht lesen.</numerusform>
        </translation>
    </message>
    <message>
        <source>No other night is to be done, but {folder} does not answer.</source>
        <translation>Keine andere Nacht ist offen, aber {folder} antwortet nicht.</translation>
    </message>
    <message>
        <source>No other version was used before, so there is none to go back to.</source>
        <translation>Vorher wurde keine andere Version verwendet, also gibt es keine, zu der man zurückkehren kann.</translation>
    </message>
    <message>
        <source>No own kind has this key yet: Events &gt; Own kinds gives it to one.</source>
        <translation>Noch keine eigene Art hat diese Taste: Ereignisse &gt; Eigene Arten gibt sie einer.</translation>
    </message>
    <message>
        <source>No respiratory event lies over another.</source>
        <translation>Kein respiratorisches Ereignis liegt über einem anderen.</translation>
    </message>
    <message>
        <source>No route to host</source>
        <translation>Kein Weg zum Rechner</translation>
    </message>
    <message>
        <source>No signal: the recording has a gap here.</source>
        <translation>Kein Signal: Die Aufzeichnung hat hier eine Lücke.</translation>
    </message>
    <message>
        <source>No sleep</source>
        <translation>Kein Schlaf</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>Kein Platz mehr auf dem Datenträger</translation>
    </message>
    <message>
        <source>No spectrum: drag over a second of the trace at least that is not flat, on a shorter page.</source>
        <translation>Kein Spektrum: überstreichen Sie mindestens eine Sekunde der Kurve, die nicht flach ist, auf einer kürzeren Seite.</translation>
    </message>
    <message>
        <source>No stage of the scoring lies in the recording: check that they are of the same night.</source>
        <translation>Kein Stadium der Auswertung liegt in der Aufzeichnung: Prüfen Sie, ob beide aus derselben Nacht sind.</translation>
    </message>
    <message>
        <source>No such device</source>
        <translation>Dieses Gerät gibt es nicht</translation>
    </message>
    <message>
        <source>No such device or address</source>
        <translation>Gerät oder Adresse gibt es nicht</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>Datei oder Ordner nicht gefunden</translation>
    </message>
    <message>
        <source>No suggested event waits for a decision.</source>
        <translation>Kein vorgeschlagenes Ereignis wartet auf eine Entscheidung.</translation>
    </message>
    <message>
        <source>No suggestion is left to decide on.</source>
        <translation>Über keinen Vorschlag ist mehr zu entscheiden.</translation>
    </message>
    <message>
        <source>No training is under way.</source>
        <translation>Es läuft kein Training.</translation>
    </message>
    <message>
        <source>No unsaved changes</source>
        <translation>Keine ungespeicherten Änderungen</translation>
    </message>
    <message>
        <source>Nobody decided on an epoch of {name}: every stage is the network&apos;s own, which it can&apos;t learn from. Correct or confirm epochs first.</source>
        <translation>Bei {name} hat niemand über eine Epoche entschieden: Jedes Stadium ist vom Netz selbst, und daraus kann es nicht lernen. Berichtigen oder bestätigen Sie zuerst Epochen.</translation>
    </message>
    <message>
        <source>Nobody decided on an epoch yet, so it can&apos;t be said who is right.</source>
        <translation>Noch hat niemand über eine Epoche entschieden; wer recht hat, lässt sich nicht sagen.</translation>
    </message>
    <message>
        <source>Nobody said which values of “{label}” mean supine: see Events &gt; Sensors, rule and engine.</source>
        <translation>Niemand hat gesagt, welche Werte von „{label}“ Rückenlage bedeuten: siehe Ereignisse &gt; Sensoren, Regel und Suche.</translation>
    </message>
    <message>
        <source>Nobody scored an epoch of the exercise yet.</source>
        <translation>Noch niemand hat eine Epoche der Übung ausgewertet.</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>Das ist kein Ordner</translation>
    </message>
    <message>
        <source>Not a medical device: a qualified person reviews every result.</source>
        <translation>Kein Medizinprodukt: Eine qualifizierte Person prüft jedes Ergebnis.</translation>
    </message>
    <message>
        <source>Not an EEG channel</source>
        <translation>Kein EEG-Kanal</translation>
    </message>
    <message>
        <source>Not better: keep the version that is in use.</source>
        <translation>Nicht besser: behalten Sie die verwendete Version.</translation>
    </message>
    <message>
        <source>Not in this recording: {names}</source>
        <translation>Nicht in dieser Aufzeichnung: {names}</translation>
    </message>
    <message>
        <source>Not marked in this scoring, so without an index: {missing}.</source>
        <translation>In dieser Auswertung nicht markiert und deshalb ohne Index: {missing}.</translation>
    </message>
    <message>
        <source>Not recognised but perhaps {groups}, so their indices are incomplete: {told}.</source>
        <translation>Nicht erkannt, aber vielleicht {groups}, sodass deren Indizes unvollständig sind: {told}.</translation>
    </message>
    <message>
        <source>Not removed: date and time of the recording ({start:%Y-%m-%d %H:%M:%S}).</source>
        <translation>Nicht entfernt: Datum und Uhrzeit der Aufzeichnung ({start:%d.%m.%Y %H:%M:%S}).</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Notes that name PAP and could not be read as on, off or a pressure: {texts}.</source>
        <translation>Notizen, die PAP nennen und weder als an oder aus noch als Druck zu lesen waren: {texts}.</translation>
    </message>
    <message>
        <source>Nothing else is doubtful; Q shows again what was left open.</source>
        <translation>Sonst ist nichts zweifelhaft; Q zeigt wieder, was offen blieb.</translation>
    </message>
    <message>
        <source>Nothing of your scoring changes. It is one step: Undo takes it back.</source>
        <translation>An Ihrer Auswertung ändert sich nichts. Es ist ein Schritt: Rückgängig nimmt ihn zurück.</translation>
    </message>
    <message>
        <source>Nothing waits for a decision.</source>
        <translation>Nichts wartet auf eine Entscheidung.</translation>
    </message>
    <message>
        <source>Nothing was changed: whoever scores needs a name.</source>
        <translation>Nichts wurde geändert: Wer auswertet, braucht einen Namen.</translation>
    </message>
    <message>
        <source>Nothing was gained: at no step did {start} agree better with the nights that say when to stop. It stays as it is, and no version was stored. Add nights of further patients, or calibrate only.</source>
        <translation>Nichts wurde gewonnen: bei keinem Schritt stimmte {start} besser mit den Nächten überein, die sagen, wann Schluss ist. Es bleibt alles, wie es ist, und keine Version wurde gespeichert. Fügen Sie Nächte weiterer Patienten hinzu, oder kalibrieren Sie nur.</translation>
    </message>
    <message>
        <source>Nothing was rejected.</source>
        <translation>Es wurde nichts verworfen.</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Noch nichts</translation>
    </message>
    <message>
        <source>Noxturnal event list</source>
        <translation>Ereignisliste von Noxturnal</translation>
    </message>
    <message>
        <source>Number &amp;pad goes on, top row stays</source>
        <translation>&amp;Ziffernblock geht weiter, obere Reihe bleibt</translation>
    </message>
    <message>
        <source>Number of the epoch; a click goes there</source>
        <translation>Nummer der Epoche; ein Klick führt hin</translation>
    </message>
    <message>
        <source>O&amp;pen the next night</source>
        <translation>Nä&amp;chste Nacht öffnen</translation>
    </message>
    <message>
        <source>Obstructive apnea</source>
        <translation>Obstruktive Apnoe</translation>
    </message>
    <message>
        <source>Obstructive apneas</source>
        <translation>Obstruktive Apnoen</translation>
    </message>
    <message>
        <source>Obstructive hypopnea</source>
        <translation>Obstruktive Hypopnoe</translation>
    </message>
    <message>
        <source>Of the key {scored} epochs have a stage; {wanted} can&apos;t be drawn of them.</source>
        <translation>Im Schlüssel haben {scored} Epochen ein Stadium; daraus lassen sich {wanted} nicht ziehen.</translation>
    </message>
    <message>
        <source>Of the selected trace, or of all</source>
        <translation>Der ausgewählten Kurve oder aller</translation>
    </message>
    <message>
        <source>Of {n} {n:hypopnea|hypopneas} the rule can&apos;t tell whether {n:it counts|they count}.</source>
        <translation>Bei {n} {n:Hypopnoe|Hypopnoen} kann die Regel nicht sagen, ob sie {n:zählt|zählen}.</translation>
    </message>
    <message>
        <source>Of {total} {total:event|events} that people marked, {n} {n:was|were} marked or confirmed by somebody who had seen suggested stages or events.</source>
        <translation>Von {total} {total:Ereignis|Ereignissen}, die Menschen markiert haben, hat {n} jemand markiert oder bestätigt, der vorgeschlagene Stadien oder Ereignisse gesehen hatte.</translation>
    </message>
    <message>
        <source>Off, 50 Hz, 60 Hz in turn; it is part of the filters</source>
        <translation>Der Reihe nach aus, 50 Hz, 60 Hz; er gehört zu den Filtern</translation>
    </message>
    <message>
        <source>Off: no suggested event is chosen, nor selected in the list.</source>
        <translation>Aus: weder ist ein vorgeschlagenes Ereignis gewählt noch in der Liste ausgewählt.</translation>
    </message>
    <message>
        <source>Off: no trace is hidden.</source>
        <translation>Aus: keine Kurve ist ausgeblendet.</translation>
    </message>
    <message>
        <source>On recordings like those of the first training it is {after:.3f} instead of {before:.3f}.</source>
        <translation>Auf Aufzeichnungen wie denen des ersten Trainings beträgt sie {after:.3f} statt {before:.3f}.</translation>
    </message>
    <message>
        <source>On recordings like those of the first training it is {points:.1f} points better.</source>
        <translation>Auf Aufzeichnungen wie denen des ersten Trainings ist sie um {points:.1f} Punkte besser.</translation>
    </message>
    <message>
        <source>On recordings like those of the first training it is {points:.1f} points worse.</source>
        <translation>Auf Aufzeichnungen wie denen des ersten Trainings ist sie um {points:.1f} Punkte schlechter.</translation>
    </message>
    <message>
        <source>On recordings like those of the first training nothing changes.</source>
        <translation>Auf Aufzeichnungen wie denen des ersten Trainings ändert sich nichts.</translation>
    </message>
    <message>
        <source>On your nights {after:.1f} % of the epochs agree with people instead of {before:.1f} % ({gain:+.1f} points).</source>
        <translation>Auf Ihren Nächten stimmen {after:.1f} % der Epochen mit Menschen überein statt {before:.1f} % ({gain:+.1f} Punkte).</translation>
    </message>
    <message>
        <source>One night tells nothing of others; nothing was decided.</source>
        <translation>Eine Nacht sagt nichts über andere; entschieden wurde nichts.</translation>
    </message>
    <message>
        <source>Only events of this channel</source>
        <translation>Nur Ereignisse dieses Kanals</translation>
    </message>
    <message>
        <source>Only events of this kind</source>
        <translation>Nur Ereignisse dieser Art</translation>
    </message>
    <message>
        <source>Only events that are shorter, longer or elsewhere than the AASM Manual asks</source>
        <translation>Nur Ereignisse, die kürzer, länger oder woanders sind, als das AASM-Manual verlangt</translation>
    </message>
    <message>
        <source>Only the first of the dropped files is opened.</source>
        <translation>Nur die erste der abgelegten Dateien wird geöffnet.</translation>
    </message>
    <message>
        <source>Only the first of the dropped files is opened: {file}</source>
        <translation>Nur die erste der abgelegten Dateien wird geöffnet: {file}</translation>
    </message>
    <message>
        <source>Only what has this text in its kind, channel or remark</source>
        <translation>Nur, was diesen Text in Art, Kanal oder Bemerkung hat</translation>
    </message>
    <message>
        <source>Only what is known to name nobody goes into the copy: samples, stages, events, usual labels, units and filters. All names, free texts and unusual labels are removed or replaced. The list of what was removed is shown afterwards.</source>
        <translation>In die Kopie kommt nur, was bekanntermaßen niemanden nennt: Messwerte, Stadien, Ereignisse, übliche Kanalnamen, Einheiten und Filter. Alle Namen, freien Texte und unüblichen Kanalnamen werden entfernt oder ersetzt. Danach wird gezeigt, was entfernt wurde.</translation>
    </message>
    <message>
        <source>Only {channel} shows it.</source>
        <translation>Nur {channel} zeigt es.</translation>
    </message>
    <message>
        <source>Only {n} of {total} epochs were staged N2, usually about half of the night.</source>
        <translation>Nur {n} von {total} Epochen bekamen N2, gewöhnlich etwa die halbe Nacht.</translation>
    </message>
    <message>
        <source>Only {stable:.0f} s of stable sleep before it, not 10 s.</source>
        <translation>Davor nur {stable:.0f} s stabiler Schlaf, nicht 10 s.</translation>
    </message>
    <message>
        <source>Ope&amp;n recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open a recording or a session</source>
        <translation>Aufzeichnung oder Sitzung öffnen</translation>
    </message>
    <message>
        <source>Open a recording to begin</source>
        <translation>Öffnen Sie eine Aufzeichnung</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open the &amp;demo (simulated)</source>
        <translation>&amp;Demo öffnen (simuliert)</translation>
    </message>
    <message>
        <source>Open the demo (simulated)</source>
        <translation>Demo öffnen (simuliert)</translation>
    </message>
    <message>
        <source>Open the next</source>
        <translation>Nächste öffnen</translation>
    </message>
    <message>
        <source>Open the next night of the study list that nobody signed off</source>
        <translation>Die nächste Nacht der Nachtliste öffnen, die niemand abgezeichnet hat</translation>
    </message>
    <message>
        <source>Opening the demo</source>
        <translation>Demo wird geöffnet</translation>
    </message>
    <message>
        <source>Opening the recording</source>
        <translation>Aufzeichnung wird geöffnet</translation>
    </message>
    <message>
        <source>Opening {file}</source>
        <translation>{file} wird geöffnet</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>Das ist nicht erlaubt</translation>
    </message>
    <message>
        <source>Other events</source>
        <translation>Andere Ereignisse</translation>
    </message>
    <message>
        <source>Own kind {number} (free)</source>
        <translation>Eigene Art {number} (frei)</translation>
    </message>
    <message>
        <source>Own kinds</source>
        <translation>Eigene Arten</translation>
    </message>
    <message>
        <source>Own kinds of events</source>
        <translation>Eigene Ereignisarten</translation>
    </message>
    <message>
        <source>Oxygen saturation in sleep</source>
        <translation>Sauerstoffsättigung im Schlaf</translation>
    </message>
    <message>
        <source>PAP</source>
        <translation>PAP</translation>
    </message>
    <message>
        <source>PAP flow</source>
        <translation>PAP-Fluss</translation>
    </message>
    <message>
        <source>PAP pressure</source>
        <translation>PAP-Druck</translation>
    </message>
    <message>
        <source>PAP was off for a while at {times}: that counts with the treatment.</source>
        <translation>PAP war um {times} eine Weile aus: Das zählt zur Behandlung.</translation>
    </message>
    <message>
        <source>Pa&amp;ge length</source>
        <translation>Seitenl&amp;änge</translation>
    </message>
    <message>
        <source>Page bac&amp;kward</source>
        <translation>Seite z&amp;urück</translation>
    </message>
    <message>
        <source>Page backward with the mark</source>
        <translation>Seite zurück mit der Markierung</translation>
    </message>
    <message>
        <source>Page fo&amp;rward</source>
        <translation>Seite vo&amp;r</translation>
    </message>
    <message>
        <source>Page forward with the mark</source>
        <translation>Seite vor mit der Markierung</translation>
    </message>
    <message>
        <source>Page length of breathing</source>
        <translation>Seitenlänge der Atmung</translation>
    </message>
    <message>
        <source>Page {number} holds more than twice what fits; put blocks.page_break into the template of the letterhead.</source>
        <translation>Seite {number} enthält mehr als doppelt so viel, wie auf sie passt; setzen Sie blocks.page_break in die Vorlage des Briefkopfs.</translation>
    </message>
    <message>
        <source>Page {number} of {total}</source>
        <translation>Seite {number} von {total}</translation>
    </message>
    <message>
        <source>Pages to sign</source>
        <translation>Seiten zum Unterschreiben</translation>
    </message>
    <message>
        <source>Panels and layouts</source>
        <translation>Bereiche und Anordnungen</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Patient</translation>
    </message>
    <message>
        <source>Patient field</source>
        <translation>Patientenfeld</translation>
    </message>
    <message>
        <source>Patient field: “{patient}”.</source>
        <translation>Patientenfeld: „{patient}“.</translation>
    </message>
    <message>
        <source>Patient, dates, channels with rates, filters and transducers, annotations</source>
        <translation>Patient, Daten, Kanäle mit Raten, Filtern und Aufnehmern, Anmerkungen</translation>
    </message>
    <message>
        <source>Patients seen</source>
        <translation>Patienten</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Pause it and go on</source>
        <translation>Anhalten und fortfahren</translation>
    </message>
    <message>
        <source>People gave or confirmed every stage.</source>
        <translation>Jedes Stadium haben Menschen gegeben oder bestätigt.</translation>
    </message>
    <message>
        <source>Perhaps {rule} The model gives it {share} %.</source>
        <translation>Vielleicht {rule} Das Modell gibt dem {share} %.</translation>
    </message>
    <message>
        <source>Periodic limb movement</source>
        <translation>Periodische Beinbewegung</translation>
    </message>
    <message>
        <source>Periodic limb movements</source>
        <translation>Periodische Beinbewegungen</translation>
    </message>
    <message>
        <source>Periodic limb movements in sleep: {index} per hour.</source>
        <translation>Periodische Beinbewegungen im Schlaf: {index} pro Stunde.</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>Zugriff verweigert</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Play the video from the cursor on, and turn the pages with it, or stop</source>
        <translation>Das Video ab der Linie abspielen und die Seiten mit ihm umblättern, oder anhalten</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Lage</translation>
    </message>
    <message>
        <source>Power of the derivation that is staged, by frequency; B and V change colours</source>
        <translation>Leistung der ausgewerteten Ableitung nach Frequenz; B und V ändern die Farben</translation>
    </message>
    <message>
        <source>Prefiltering</source>
        <translation>Vorfilter</translation>
    </message>
    <message>
        <source>Press F9 to score automatically</source>
        <translation>F9 drücken, um automatisch auszuwerten</translation>
    </message>
    <message>
        <source>Press the new key of “{action}”.</source>
        <translation>Drücken Sie die neue Taste für „{action}“.</translation>
    </message>
    <message>
        <source>Pressure</source>
        <translation>Druck</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Drucken…</translation>
    </message>
    <message>
        <source>Probabilities and remarks belong to epochs that lie between those of the recording; they were left out.</source>
        <translation>Wahrscheinlichkeiten und Bemerkungen gehören zu Epochen, die zwischen denen der Aufzeichnung liegen; sie wurden weggelassen.</translation>
    </message>
    <message>
        <source>Probabilities are rounded to four decimals; the model&apos;s version and derivation are not held.</source>
        <translation>Wahrscheinlichkeiten werden auf vier Stellen gerundet; Version und Ableitung des Modells gehen verloren.</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>Wahrschein-</translation>
    </message>
    <message>
        <source>Profusion XML (Compumedics)</source>
        <translation>Profusion-XML (Compumedics)</translation>
    </message>
    <message>
        <source>Prone</source>
        <translation>Bauchlage</translation>
    </message>
    <message>
        <source>Provenance.</source>
        <translation>Herkunft.</translation>
    </message>
    <message>
        <source>Put it beside</source>
        <translation>Daneben stellen</translation>
    </message>
    <message>
        <source>Put the next candidate that missed something among the suggestions, and say what</source>
        <translation>Den nächsten Kandidaten, dem etwas fehlte, zu den Vorschlägen nehmen und sagen, was</translation>
    </message>
    <message>
        <source>Put the scoring of another scorer beside this one</source>
        <translation>Die Auswertung eines anderen Auswerters neben diese stellen</translation>
    </message>
    <message>
        <source>Q begins with the next ones.</source>
        <translation>Q beginnt mit den nächsten.</translation>
    </message>
    <message>
        <source>R</source>
        <translation>R</translation>
    </message>
    <message>
        <source>R at sleep onset</source>
        <translation>R beim Einschlafen</translation>
    </message>
    <message>
        <source>R follows sleep onset within five minutes, which is rare in adults.</source>
        <translation>R folgt innerhalb von fünf Minuten auf das Einschlafen, was bei Erwachsenen selten ist.</translation>
    </message>
    <message>
        <source>R goes on: no arousal, and no K-complex or spindle.</source>
        <translation>R geht weiter: kein Arousal, kein K-Komplex und keine Spindel.</translation>
    </message>
    <message>
        <source>R: rapid eye movements ({n}), low chin EMG and no K-complex or spindle that begins N2.</source>
        <translation>R: schnelle Augenbewegungen ({n}), niedriges Kinn-EMG und kein K-Komplex und keine Spindel, die N2 beginnt.</translation>
    </message>
    <message>
        <source>RDI</source>
        <translation>RDI</translation>
    </message>
    <message>
        <source>REM sleep</source>
        <translation>REM-Schlaf</translation>
    </message>
    <message>
        <source>RERA</source>
        <translation>RERA</translation>
    </message>
    <message>
        <source>RERAs</source>
        <translation>RERAs</translation>
    </message>
    <message>
        <source>Rapid eye mov.</source>
        <translation>Schnelle Augenb.</translation>
    </message>
    <message>
        <source>Rapid eye movement</source>
        <translation>Schnelle Augenbewegung</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>Rate: {rate} Hz</source>
        <translation>Abtastrate: {rate} Hz</translation>
    </message>
    <message>
        <source>Re&amp;ject suggestion</source>
        <translation>Vorschlag ver&amp;werfen</translation>
    </message>
    <message>
        <source>Re&amp;move a layout…</source>
        <translation>Eine Anordnung &amp;löschen …</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>Der Datenträger ist nur lesbar</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Wird gelesen</translation>
    </message>
    <message>
        <source>Reading SpO₂, pulse and position</source>
        <translation>Lese SpO₂, Puls und Lage</translation>
    </message>
    <message>
        <source>Reading {file}</source>
        <translation>{file} wird gelesen</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>Aufgezeichnet</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufzeichnung</translation>
    </message>
    <message>
        <source>Recording field</source>
        <translation>Aufzeichnungsfeld</translation>
    </message>
    <message>
        <source>Recording field: “{recording}”.</source>
        <translation>Aufzeichnungsfeld: „{recording}“.</translation>
    </message>
    <message>
        <source>Recordings and sessions</source>
        <translation>Aufzeichnungen und Sitzungen</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Rejected before and left out: {n}.</source>
        <translation>Früher verworfen und ausgelassen: {n}.</translation>
    </message>
    <message>
        <source>RemLogic event export</source>
        <translation>Ereignisexport von RemLogic</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Bemerkung</translation>
    </message>
    <message>
        <source>Remo&amp;ve</source>
        <translation>En&amp;tfernen</translation>
    </message>
    <message>
        <source>Remo&amp;ve the second scoring</source>
        <translation>Zweite Auswertung ent&amp;fernen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove a layout</source>
        <translation>Eine Anordnung löschen</translation>
    </message>
    <message>
        <source>Remove for good?</source>
        <translation>Endgültig entfernen?</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>Aus der Liste nehmen</translation>
    </message>
    <message>
        <source>Remove the chosen event; without one, take away the stage of the selected epochs</source>
        <translation>Das gewählte Ereignis entfernen; ohne eines das Stadium der ausgewählten Epochen wegnehmen</translation>
    </message>
    <message>
        <source>Remove trace</source>
        <translation>Kurve entfernen</translation>
    </message>
    <message>
        <source>Removed from {recording} and {session}:</source>
        <translation>Entfernt aus {recording} und {session}:</translation>
    </message>
    <message>
        <source>Removed from {recording}:</source>
        <translation>Entfernt aus {recording}:</translation>
    </message>
    <message>
        <source>Replace the file?</source>
        <translation>Datei ersetzen?</translation>
    </message>
    <message>
        <source>Report as &amp;HTML…</source>
        <translation>Bericht als &amp;HTML…</translation>
    </message>
    <message>
        <source>Report for &amp;Word…</source>
        <translation>Bericht für &amp;Word…</translation>
    </message>
    <message>
        <source>Reports for Word need python-docx: pip install &apos;sleepscorer[word]&apos;.</source>
        <translation>Berichte für Word brauchen python-docx: pip install &apos;sleepscorer[word]&apos;.</translation>
    </message>
    <message>
        <source>Respiratory</source>
        <translation>Respiratorisch</translation>
    </message>
    <message>
        <source>Respiratory events</source>
        <translation>Ereignisse der Atmung</translation>
    </message>
    <message>
        <source>Restore it</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Durchsicht</translation>
    </message>
    <message>
        <source>Review the first epochs of sleep: drowsy wake and N1 are taken for R at times.</source>
        <translation>Sehen Sie die ersten Epochen Schlaf durch: Schläfriges Wach und N1 werden manchmal für R gehalten.</translation>
    </message>
    <message>
        <source>Reviewed and signed by</source>
        <translation>Geprüft und unterzeichnet:</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <source>Right leg</source>
        <translation>Rechtes Bein</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Rule chosen</source>
        <translation>Gewählte Regel</translation>
    </message>
    <message>
        <source>S&amp;horter page</source>
        <translation>Seite &amp;kürzer</translation>
    </message>
    <message>
        <source>S&amp;uggest events</source>
        <translation>Ereignisse s&amp;uchen</translation>
    </message>
    <message>
        <source>SIMULATED RECORDING – made by SleepScorer, no real person</source>
        <translation>SIMULIERTE AUFZEICHNUNG – von SleepScorer erzeugt, keine wirkliche Person</translation>
    </message>
    <message>
        <source>Sampling rate too low</source>
        <translation>Abtastrate zu niedrig</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save all work</source>
        <translation>Die ganze Arbeit speichern</translation>
    </message>
    <message>
        <source>Save keys</source>
        <translation>Tasten speichern</translation>
    </message>
    <message>
        <source>Save keys…</source>
        <translation>Tasten speichern…</translation>
    </message>
    <message>
        <source>Save session &amp;as…</source>
        <translation>Sitzung speichern &amp;unter…</translation>
    </message>
    <message>
        <source>Save this scoring first (Ctrl+S): another one takes its place.</source>
        <translation>Speichern Sie zuerst diese Auswertung (Strg+S): Eine andere tritt an ihre Stelle.</translation>
    </message>
    <message>
        <source>Save {kind}</source>
        <translation>{kind} speichern</translation>
    </message>
    <message>
        <source>Saved {path}.</source>
        <translation>{path} gespeichert.</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Gespeichert.</translation>
    </message>
    <message>
        <source>Saving the session</source>
        <translation>Die Sitzung wird gespeichert</translation>
    </message>
    <message>
        <source>Say that the two events selected in the list belong together</source>
        <translation>Sagen, dass die beiden in der Liste ausgewählten Ereignisse zusammengehören</translation>
    </message>
    <message>
        <source>Say that the two events selected in the list do not belong together</source>
        <translation>Sagen, dass die beiden in der Liste ausgewählten Ereignisse nicht zusammengehören</translation>
    </message>
    <message>
        <source>Scale &amp;bar</source>
        <translation>Maß&amp;stab</translation>
    </message>
    <message>
        <source>Score &amp;automatically</source>
        <translation>&amp;Automatisch auswerten</translation>
    </message>
    <message>
        <source>Score automatically (F9) to see what moves the network.</source>
        <translation>Automatisch auswerten (F9), um zu sehen, was das Netz bewegt.</translation>
    </message>
    <message>
        <source>Score automatically (F9) to see which epochs are doubtful.</source>
        <translation>Automatisch auswerten (F9), um zu sehen, welche Epochen zweifelhaft sind.</translation>
    </message>
    <message>
        <source>Score the stages first: events are suggested in sleep.</source>
        <translation>Scoren Sie zuerst die Stadien: Ereignisse werden im Schlaf vorgeschlagen.</translation>
    </message>
    <message>
        <source>Score {stage} (key: {keys})</source>
        <translation>{stage} vergeben (Taste: {keys})</translation>
    </message>
    <message numerus="yes">
        <source>Scored %n epoch(s).</source>
        <translation>
            <numerusform>%n Epoche ausgewertet.</numerusform>
            <numerusform>%n Epochen ausgewertet.</numerusform>
        </translation>
    </message>
    <message>
        <source>Scored by</source>
        <translation>Ausgewertet von</translation>
    </message>
    <message numerus="yes">
        <source>Scored {total} epochs; %n epoch(s) scored by hand kept.</source>
        <translation>
            <numerusform>{total} Epochen ausgewertet; %n von Hand ausgewertete Epoche blieb.</numerusform>
            <numerusform>{total} Epochen ausgewertet; %n von Hand ausgewertete Epochen blieben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Scored {total} epochs; %n epoch(s) scored by hand or imported kept.</source>
        <translation>
            <numerusform>{total} Epochen ausgewertet; %n von Hand ausgewertete oder importierte Epoche blieb.</numerusform>
            <numerusform>{total} Epochen ausgewertet; %n von Hand ausgewertete oder importierte Epochen blieben.</numerusform>
        </translation>
    </message>
    <message>
        <source>Scorer</source>
        <translation>Auswerter</translation>
    </message>
    <message>
        <source>Scorer ≠ scorer</source>
        <translation>Auswerter ≠ Auswerter</translation>
    </message>
    <message>
        <source>Scoring {derivation}</source>
        <translation>{derivation} wird ausgewertet</translation>
    </message>
    <message>
        <source>Scorings</source>
        <translation>Auswertungen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search: a key or what it does</source>
        <translation>Suchen: eine Taste oder was sie tut</translation>
    </message>
    <message>
        <source>Second scoring</source>
        <translation>Zweite Auswertung</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>See the verdict</source>
        <translation>Urteil ansehen</translation>
    </message>
    <message>
        <source>Seen: patients whose nights it or one before it was trained on</source>
        <translation>Patienten, mit deren Nächten sie oder eine frühere Version trainiert wurde</translation>
    </message>
    <message>
        <source>Select &amp;all traces</source>
        <translation>&amp;Alle Kurven auswählen</translation>
    </message>
    <message>
        <source>Select a trace first: click on it, or press T.</source>
        <translation>Wählen Sie erst eine Kurve: klicken Sie darauf, oder drücken Sie T.</translation>
    </message>
    <message>
        <source>Select all in the l&amp;ist</source>
        <translation>Alles in der L&amp;iste auswählen</translation>
    </message>
    <message>
        <source>Select every event, comment and artefact that the list shows</source>
        <translation>Jedes Ereignis, jeden Kommentar und jedes Artefakt auswählen, die die Liste zeigt</translation>
    </message>
    <message>
        <source>Select the &amp;next trace</source>
        <translation>&amp;Nächste Kurve auswählen</translation>
    </message>
    <message>
        <source>Select the &amp;previous trace</source>
        <translation>&amp;Vorige Kurve auswählen</translation>
    </message>
    <message>
        <source>Select two events in the list first.</source>
        <translation>Wählen Sie erst zwei Ereignisse in der Liste aus.</translation>
    </message>
    <message>
        <source>Select with the ne&amp;xt</source>
        <translation>&amp;Bis zur nächsten auswählen</translation>
    </message>
    <message>
        <source>Select with the pre&amp;vious</source>
        <translation>Bis zur vorigen auswä&amp;hlen</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation>Empfindlichkeit</translation>
    </message>
    <message>
        <source>Sensitivity, filter, colour and direction of the selected trace, and its spectrum</source>
        <translation>Empfindlichkeit, Filter, Farbe und Richtung der gewählten Kurve, und ihr Spektrum</translation>
    </message>
    <message>
        <source>Sensors, rule and engine</source>
        <translation>Sensoren, Regel und Suche</translation>
    </message>
    <message>
        <source>Sensors, rule and engine…</source>
        <translation>Sensoren, Regel und Suche …</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Sessions in {folder}</source>
        <translation>Sitzungen in {folder}</translation>
    </message>
    <message>
        <source>Sessions of all naps</source>
        <translation>Sitzungen aller Versuche</translation>
    </message>
    <message>
        <source>Several nights were given, of which none is used: {names}.</source>
        <translation>Es sind mehrere Nächte angegeben, von denen keine verwendet wird: {names}.</translation>
    </message>
    <message>
        <source>Several with + between them: their mean is subtracted</source>
        <translation>Mehrere mit + dazwischen: ihr Mittel wird abgezogen</translation>
    </message>
    <message>
        <source>Severity (adults): at least {severity}</source>
        <translation>Schweregrad (Erwachsene): mindestens {severity}</translation>
    </message>
    <message>
        <source>Severity (adults): {severity}</source>
        <translation>Schweregrad (Erwachsene): {severity}</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>Geschlecht</translation>
    </message>
    <message>
        <source>Share that is right</source>
        <translation>Anteil richtiger</translation>
    </message>
    <message>
        <source>Sheet o&amp;f an MWT…</source>
        <translation>Bl&amp;att eines MWT…</translation>
    </message>
    <message>
        <source>Sheet of an &amp;MSLT…</source>
        <translation>Blatt eines &amp;MSLT…</translation>
    </message>
    <message>
        <source>Shorter or longer than the AASM Manual asks, and counted all the same: {names}.</source>
        <translation>Kürzer oder länger, als das AASM-Manual verlangt, und trotzdem gezählt: {names}.</translation>
    </message>
    <message>
        <source>Show a rejected candidate</source>
        <translation>Einen verworfenen Kandidaten zeigen</translation>
    </message>
    <message>
        <source>Show a video that lies elsewhere or under another name than the recording</source>
        <translation>Ein Video zeigen, das woanders oder unter einem anderen Namen als die Aufzeichnung liegt</translation>
    </message>
    <message>
        <source>Show half as much of the night around this epoch</source>
        <translation>Von der Nacht halb so viel um diese Epoche zeigen</translation>
    </message>
    <message>
        <source>Show hidden traces</source>
        <translation>Ausgeblendete Kurven zeigen</translation>
    </message>
    <message>
        <source>Show how much each second of the epoch speaks for the network&apos;s stage</source>
        <translation>Zeigen, wie sehr jede Sekunde der Epoche für das Stadium des Netzes spricht</translation>
    </message>
    <message>
        <source>Show spindles, K-complexes, slow waves and eye movements over the traces</source>
        <translation>Spindeln, K-Komplexe, langsame Wellen und Augenbewegungen über den Kurven zeigen</translation>
    </message>
    <message>
        <source>Show the five epochs before and after this one, small</source>
        <translation>Die fünf Epochen vor und nach dieser klein zeigen</translation>
    </message>
    <message>
        <source>Show the message before this one</source>
        <translation>Die Meldung davor zeigen</translation>
    </message>
    <message>
        <source>Show the sleep statistics with their definitions</source>
        <translation>Die Schlafstatistik mit ihren Definitionen zeigen</translation>
    </message>
    <message>
        <source>Show what another version of the network made of this night</source>
        <translation>Zeigt, was eine andere Version des Netzes aus dieser Nacht gemacht hat</translation>
    </message>
    <message>
        <source>Sign off</source>
        <translation>Abzeichnen</translation>
    </message>
    <message>
        <source>Sign off this night</source>
        <translation>Nacht abzeichnen</translation>
    </message>
    <message>
        <source>Signal</source>
        <translation>Signal</translation>
    </message>
    <message>
        <source>Signed by the director</source>
        <translation>Unterschrift Leitung</translation>
    </message>
    <message>
        <source>Signed by the scorer</source>
        <translation>Unterschrift Auswertung</translation>
    </message>
    <message>
        <source>Signed off</source>
        <translation>Abgezeichnet</translation>
    </message>
    <message>
        <source>Signed off by</source>
        <translation>Abgezeichnet von</translation>
    </message>
    <message>
        <source>Signed off by {who}.</source>
        <translation>Abgezeichnet von {who}.</translation>
    </message>
    <message>
        <source>Single EEG</source>
        <translation>Ein EEG</translation>
    </message>
    <message>
        <source>Six steps, left at any time</source>
        <translation>Sechs Schritte, jederzeit zu verlassen</translation>
    </message>
    <message>
        <source>Sleep</source>
        <translation>Schlaf</translation>
    </message>
    <message>
        <source>Sleep report</source>
        <translation>Schlafbericht</translation>
    </message>
    <message>
        <source>Sleep s&amp;tatistics…</source>
        <translation>Schlafs&amp;tatistik…</translation>
    </message>
    <message>
        <source>Sleep statistics</source>
        <translation>Schlafstatistik</translation>
    </message>
    <message>
        <source>Sleep-EDF</source>
        <translation>Sleep-EDF</translation>
    </message>
    <message>
        <source>SleepScorer session</source>
        <translation>SleepScorer-Sitzung</translation>
    </message>
    <message>
        <source>SleepScorer session (HDF5), everything</source>
        <translation>SleepScorer-Sitzung (HDF5), alles</translation>
    </message>
    <message>
        <source>Slow activity missing</source>
        <translation>Langsame Aktivität fehlt</translation>
    </message>
    <message>
        <source>Slow eye mov.</source>
        <translation>Langsame Augenb.</translation>
    </message>
    <message>
        <source>Slow eye movement</source>
        <translation>Langsame Augenbewegung</translation>
    </message>
    <message>
        <source>Slow wave</source>
        <translation>Langsame Welle</translation>
    </message>
    <message>
        <source>Slow waves</source>
        <translation>Langsame Wellen</translation>
    </message>
    <message>
        <source>Slow waves of {name} are steeper above zero than below (skewness {skew:+.2f}), which suggests, with little certainty, that its ends are swapped.</source>
        <translation>Langsame Wellen von {name} sind über null steiler als darunter (Schiefe {skew:+.2f}); das deutet, wenig sicher, auf vertauschte Elektroden.</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>Snore</source>
        <translation>Schnarchen</translation>
    </message>
    <message>
        <source>So that sensitivities can be given in µV/mm</source>
        <translation>Damit Empfindlichkeiten in µV/mm angegeben werden können</translation>
    </message>
    <message>
        <source>Some may be events that are counted: {names}. What is counted of these may be incomplete: {groups}.</source>
        <translation>Einige davon sind vielleicht Ereignisse, die gezählt werden: {names}. Unvollständig gezählt sind dann vielleicht: {groups}.</translation>
    </message>
    <message>
        <source>Some rows have clock times and others count from the start of the recording; only with the recording can they be put together. Import the file there, or give the recording with --recording.</source>
        <translation>Manche Zeilen haben Uhrzeiten, andere zählen vom Anfang der Aufzeichnung; nur mit der Aufzeichnung passen sie zusammen. Importieren Sie die Datei dort, oder geben Sie die Aufzeichnung mit --recording an.</translation>
    </message>
    <message>
        <source>Something else is still under way.</source>
        <translation>Etwas anderes läuft noch.</translation>
    </message>
    <message>
        <source>Something went wrong in SleepScorer ({error}). Your scoring is still here: save it (Ctrl+S), then start the program again.</source>
        <translation>In SleepScorer ist ein Fehler aufgetreten ({error}). Ihre Auswertung ist noch da: Speichern Sie sie (Strg+S) und starten Sie das Programm dann neu.</translation>
    </message>
    <message>
        <source>SpO₂</source>
        <translation>SpO₂</translation>
    </message>
    <message>
        <source>SpO₂ falls by {fall} to {nadir} %</source>
        <translation>SpO₂ fällt um {fall} auf {nadir} %</translation>
    </message>
    <message>
        <source>SpO₂ fell by {fell:.0f} %, not by {least:g} %.</source>
        <translation>SpO₂ fiel um {fell:.0f} %, nicht um {least:g} %.</translation>
    </message>
    <message>
        <source>SpO₂ fell from {baseline:.0f} to {nadir:.0f} %.</source>
        <translation>SpO₂ fiel von {baseline:.0f} auf {nadir:.0f} %.</translation>
    </message>
    <message>
        <source>SpO₂ has no value there, and no arousal is near.</source>
        <translation>SpO₂ hat dort keinen Wert, und kein Arousal ist nahe.</translation>
    </message>
    <message>
        <source>SpO₂ has values in only {share:.0%} of sleep.</source>
        <translation>Die SpO₂ hat nur in {share:.0%} des Schlafs Werte.</translation>
    </message>
    <message>
        <source>SpO₂ has values in {share:.0%} of sleep.</source>
        <translation>Die SpO₂ hat in {share:.0%} des Schlafs Werte.</translation>
    </message>
    <message>
        <source>Spectrogram &amp;darker</source>
        <translation>Spektrogramm &amp;dunkler</translation>
    </message>
    <message>
        <source>Spectrogram brighter</source>
        <translation>Spektrogramm heller</translation>
    </message>
    <message>
        <source>Spectrum of {seconds} s: most at {peak} Hz, {amplitude} {unit}/√Hz</source>
        <translation>Spektrum von {seconds} s: am meisten bei {peak} Hz, {amplitude} {unit}/√Hz</translation>
    </message>
    <message>
        <source>Spindle</source>
        <translation>Schlafspindel</translation>
    </message>
    <message>
        <source>Spindles</source>
        <translation>Spindeln</translation>
    </message>
    <message>
        <source>Spindles and K-complexes</source>
        <translation>Schlafspindeln und K-Komplexe</translation>
    </message>
    <message>
        <source>Spread the colours over 2 dB less</source>
        <translation>Die Farben über 2 dB weniger verteilen</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>Stadium</translation>
    </message>
    <message>
        <source>Stage &amp;keys of</source>
        <translation>Stadien&amp;tasten wie</translation>
    </message>
    <message>
        <source>Stage another channel, or the difference of two</source>
        <translation>Die Stadien aus einem anderen Kanal oder der Differenz zweier Kanäle bestimmen</translation>
    </message>
    <message>
        <source>Stage it × {factor}</source>
        <translation>Mit × {factor} auswerten</translation>
    </message>
    <message>
        <source>Stage the chosen</source>
        <translation>Gewählte klassifizieren</translation>
    </message>
    <message>
        <source>Stage transitions</source>
        <translation>Stadienwechsel</translation>
    </message>
    <message>
        <source>Stage without the calibration of {title} from now on?</source>
        <translation>Ab jetzt ohne die Kalibrierung von {title} auswerten?</translation>
    </message>
    <message>
        <source>Stages</source>
        <translation>Stadien</translation>
    </message>
    <message>
        <source>Stages alternate</source>
        <translation>Stadien wechseln ständig</translation>
    </message>
    <message>
        <source>Stages of another &amp;version…</source>
        <translation>Stadien einer anderen &amp;Version…</translation>
    </message>
    <message>
        <source>Stages of another version</source>
        <translation>Stadien einer anderen Version</translation>
    </message>
    <message>
        <source>Stages of this page; click one to go to its epoch</source>
        <translation>Stadien dieser Seite; ein Klick führt zur Epoche</translation>
    </message>
    <message numerus="yes">
        <source>Staging %n night(s)</source>
        <translation>
            <numerusform>%n Nacht wird klassifiziert</numerusform>
            <numerusform>%n Nächte werden klassifiziert</numerusform>
        </translation>
    </message>
    <message>
        <source>Staging begins…</source>
        <translation>Die Klassifikation beginnt…</translation>
    </message>
    <message>
        <source>Stale file handle</source>
        <translation>Die Datei ist auf dem Netzlaufwerk nicht mehr erreichbar</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Step {step} of {of}; {minutes} min left at most</source>
        <translation>Schritt {step} von {of}; höchstens noch {minutes} min</translation>
    </message>
    <message>
        <source>Still under way</source>
        <translation>Noch nicht fertig</translation>
    </message>
    <message>
        <source>Stop it and go on</source>
        <translation>Abbrechen und fortfahren</translation>
    </message>
    <message>
        <source>Stud&amp;y list…</source>
        <translation>Nacht&amp;liste…</translation>
    </message>
    <message>
        <source>Study list</source>
        <translation>Nachtliste</translation>
    </message>
    <message>
        <source>Such lines are epochs without a stage</source>
        <translation>Solche Zeilen sind Epochen ohne Stadium</translation>
    </message>
    <message>
        <source>Such lines are no epochs</source>
        <translation>Solche Zeilen sind keine Epochen</translation>
    </message>
    <message>
        <source>Suggest rejected ones again</source>
        <translation>Verworfene wieder vorschlagen</translation>
    </message>
    <message>
        <source>Suggesting events</source>
        <translation>Ereignisse werden vorgeschlagen</translation>
    </message>
    <message>
        <source>Suggestions that change most first</source>
        <translation>Vorschläge, die am meisten ändern, zuerst</translation>
    </message>
    <message>
        <source>Supine</source>
        <translation>Rückenlage</translation>
    </message>
    <message>
        <source>Switch the notch on for the traces and check the impedance; the network sees little above 35 Hz.</source>
        <translation>Schalten Sie für die Kurven den Netzfilter ein und prüfen Sie die Impedanz; das Netz sieht wenig oberhalb von 35 Hz.</translation>
    </message>
    <message>
        <source>TST</source>
        <translation>TST</translation>
    </message>
    <message>
        <source>Table of stages or events</source>
        <translation>Tabelle mit Stadien oder Ereignissen</translation>
    </message>
    <message>
        <source>Take calibration away…</source>
        <translation>Kalibrierung wegnehmen…</translation>
    </message>
    <message>
        <source>Take over the scoring of another program or person</source>
        <translation>Die Auswertung eines anderen Programms oder einer anderen Person übernehmen</translation>
    </message>
    <message>
        <source>Take over the stage that this epoch has as your own</source>
        <translation>Das Stadium dieser Epoche als eigenes übernehmen</translation>
    </message>
    <message>
        <source>Take over what the network and the other program say together; yours stays</source>
        <translation>Übernehmen, was Netz und anderes Programm zusammen sagen; Ihres bleibt</translation>
    </message>
    <message>
        <source>Take over…</source>
        <translation>Übernehmen…</translation>
    </message>
    <message>
        <source>Take the chosen event away, or all that are selected in the list</source>
        <translation>Das gewählte Ereignis entfernen, oder alle, die in der Liste ausgewählt sind</translation>
    </message>
    <message>
        <source>Take the chosen suggestion away, and go to the next; or all that are selected in the list</source>
        <translation>Den gewählten Vorschlag entfernen und zum nächsten gehen; oder alle, die in der Liste ausgewählt sind</translation>
    </message>
    <message>
        <source>Take the chosen suggestion over as yours, and go to the next; or all that are selected in the list</source>
        <translation>Den gewählten Vorschlag als Ihren übernehmen und zum nächsten gehen; oder alle, die in der Liste ausgewählt sind</translation>
    </message>
    <message>
        <source>Take the stage away</source>
        <translation>Das Stadium entfernen</translation>
    </message>
    <message>
        <source>Take {file} out of the nights to learn from? The recording stays.</source>
        <translation>{file} aus den Nächten zum Lernen nehmen? Die Aufzeichnung bleibt.</translation>
    </message>
    <message>
        <source>Ten epochs &amp;back</source>
        <translation>&amp;Zehn Epochen zurück</translation>
    </message>
    <message>
        <source>Ten epochs &amp;forward</source>
        <translation>Zehn Epochen v&amp;or</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Text in files</source>
        <translation>Text in Dateien</translation>
    </message>
    <message>
        <source>Texts or channels of {n} {n:event|events} are written differently.</source>
        <translation>Texte oder Kanäle von {n} {n:Ereignis|Ereignissen} werden anders geschrieben.</translation>
    </message>
    <message>
        <source>The &amp;chosen one alone</source>
        <translation>Nur die &amp;gewählte</translation>
    </message>
    <message>
        <source>The 10 s before it are not all sleep.</source>
        <translation>Die 10 s davor sind nicht ganz Schlaf.</translation>
    </message>
    <message>
        <source>The EEG derivation that is staged and whose spectrum is shown</source>
        <translation>Die EEG-Ableitung, aus der die Stadien bestimmt werden und deren Spektrogramm gezeigt wird</translation>
    </message>
    <message>
        <source>The chosen event is {event} already; Esc lets go of it.</source>
        <translation>Das gewählte Ereignis ist schon {event}; Esc lässt es los.</translation>
    </message>
    <message>
        <source>The clock goes from {before} to {after}, as when clocks are put forward; no epoch is missing there.</source>
        <translation>Die Uhr geht von {before} auf {after}, wie bei der Umstellung auf Sommerzeit; dort fehlt keine Epoche.</translation>
    </message>
    <message>
        <source>The cluster at {address} answers no more. Start it again and begin again: what was staged stays.</source>
        <translation>Der Cluster unter {address} antwortet nicht mehr. Starten Sie ihn neu und beginnen Sie noch einmal: Was ausgewertet wurde, bleibt.</translation>
    </message>
    <message>
        <source>The cluster at {address} has had no worker for {n:g} min. Start one with dask worker and begin again: what was staged stays.</source>
        <translation>Der Cluster unter {address} hatte {n:g} min lang keinen Worker. Starten Sie einen mit dask worker und beginnen Sie noch einmal: Was ausgewertet wurde, bleibt.</translation>
    </message>
    <message>
        <source>The code of the patient is empty; write one.</source>
        <translation>Die Kennung des Patienten ist leer; geben Sie eine ein.</translation>
    </message>
    <message>
        <source>The dates ({text}) may have the day, the month or the year first; only the time of day was taken.</source>
        <translation>In den Daten ({text}) kann der Tag, der Monat oder das Jahr zuerst stehen; nur die Uhrzeit wurde übernommen.</translation>
    </message>
    <message>
        <source>The ends of one of them are swapped: compare K-complexes, which begin below zero.</source>
        <translation>Bei einer von beiden sind die Elektroden vertauscht: Vergleichen Sie K-Komplexe, die unter null beginnen.</translation>
    </message>
    <message>
        <source>The file does not say when it begins; it was taken to begin with the recording.</source>
        <translation>Die Datei sagt nicht, wann sie beginnt; angenommen wurde, dass sie mit der Aufzeichnung beginnt.</translation>
    </message>
    <message>
        <source>The file has none.</source>
        <translation>Die Datei hat keine.</translation>
    </message>
    <message>
        <source>The file has {n} stages, as many as the recording has epochs of {epoch_s:g} s; it was read so.</source>
        <translation>Die Datei hat {n} Stadien, so viele, wie die Aufzeichnung Epochen von {epoch_s:g} s hat; so wurde sie gelesen.</translation>
    </message>
    <message numerus="yes">
        <source>The file holds %n annotation(s)</source>
        <translation>
            <numerusform>Die Datei enthält %n Anmerkung</numerusform>
            <numerusform>Die Datei enthält %n Anmerkungen</numerusform>
        </translation>
    </message>
    <message>
        <source>The file holds no stages.</source>
        <translation>Die Datei enthält keine Stadien.</translation>
    </message>
    <message>
        <source>The file makes no sense so.</source>
        <translation>So ergibt die Datei keinen Sinn.</translation>
    </message>
    <message>
        <source>The file of your settings was damaged: what could be read of it is used, the rest is as usual again. It is kept as {file}.</source>
        <translation>Die Datei Ihrer Einstellungen war beschädigt: Was davon zu lesen war, gilt, der Rest ist wieder wie üblich. Sie ist als {file} aufgehoben.</translation>
    </message>
    <message>
        <source>The file that is open now, {file}, is as long, begins at the same time and has the same channels: restore the work only if it is that night, renamed.</source>
        <translation>Die jetzt geöffnete Datei, {file}, ist gleich lang, beginnt zur selben Zeit und hat dieselben Kanäle: Stellen Sie die Arbeit nur wieder her, wenn es diese Nacht unter anderem Namen ist.</translation>
    </message>
    <message>
        <source>The file&apos;s name does not say when the video began: it is taken to begin with the recording.</source>
        <translation>Der Dateiname sagt nicht, wann das Video begann: Es wird angenommen, dass es mit der Aufzeichnung beginnt.</translation>
    </message>
    <message>
        <source>The file&apos;s name, {file}, became {new}.</source>
        <translation>Der Dateiname {file} wurde zu {new}.</translation>
    </message>
    <message>
        <source>The first nap began {hours:.1f} h after lights on of the night before; the protocol asks for 1.5 to 3.</source>
        <translation>Der erste Versuch begann {hours:.1f} h nach „Licht an“ der Nacht davor; das Protokoll verlangt 1,5 bis 3.</translation>
    </message>
    <message>
        <source>The first such time from {first} on, or an epoch from 1 to {count}.</source>
        <translation>Die erste solche Zeit ab {first} oder eine Epoche von 1 bis {count}.</translation>
    </message>
    <message>
        <source>The first time is in the evening or at noon</source>
        <translation>Die erste Zeit ist am Abend oder mittags</translation>
    </message>
    <message>
        <source>The first time is in the morning or at midnight</source>
        <translation>Die erste Zeit ist am Morgen oder um Mitternacht</translation>
    </message>
    <message>
        <source>The first trial 1.5 to 3 hours after waking, light, seat, medication: look yourself, this program does not.</source>
        <translation>Der erste Versuch 1,5 bis 3 Stunden nach dem Erwachen, Licht, Sitz, Medikamente: Sehen Sie selbst nach, dieses Programm tut es nicht.</translation>
    </message>
    <message>
        <source>The first {amount} of the scoring are before the recording; they were left out.</source>
        <translation>Am Anfang der Auswertung liegen {amount} vor der Aufzeichnung; sie wurden weggelassen.</translation>
    </message>
    <message>
        <source>The folder has not answered for {seconds:.0f} s and was given up. Check the disk or network share, and try again.</source>
        <translation>Der Ordner hat {seconds:.0f} s lang nicht geantwortet und wurde aufgegeben. Prüfen Sie Datenträger oder Netzlaufwerk und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The folder {folder} can&apos;t be made: {reason}; choose another with --out.</source>
        <translation>Der Ordner {folder} kann nicht angelegt werden: {reason}; wählen Sie mit --out einen anderen.</translation>
    </message>
    <message>
        <source>The folder {folder} for the demo can&apos;t be created: {reason}.</source>
        <translation>Der Ordner {folder} für das Beispiel kann nicht angelegt werden: {reason}.</translation>
    </message>
    <message>
        <source>The graphics card failed, so the processor staged instead: {reason}</source>
        <translation>Die Grafikkarte hat versagt, deshalb hat der Prozessor ausgewertet: {reason}</translation>
    </message>
    <message>
        <source>The hour after {time} is there twice, as when clocks are put back; the epochs were taken as they follow each other.</source>
        <translation>Die Stunde nach {time} gibt es zweimal, wie am Ende der Sommerzeit; die Epochen wurden genommen, wie sie aufeinander folgen.</translation>
    </message>
    <message>
        <source>The import is one step: Undo takes it back.</source>
        <translation>Der Import ist ein Schritt: „Rückgängig“ nimmt ihn zurück.</translation>
    </message>
    <message numerus="yes">
        <source>The journal is damaged: at least %n more change(s) can&apos;t be restored; look through the night before you save it.</source>
        <translation>
            <numerusform>Das Journal ist beschädigt: mindestens %n weitere Änderung lässt sich nicht wiederherstellen; sehen Sie die Nacht durch, bevor Sie sie speichern.</numerusform>
            <numerusform>Das Journal ist beschädigt: mindestens %n weitere Änderungen lassen sich nicht wiederherstellen; sehen Sie die Nacht durch, bevor Sie sie speichern.</numerusform>
        </translation>
    </message>
    <message>
        <source>The journal {path} can&apos;t be written ({reason}): your changes would be lost if the program ended now. Save the session often.</source>
        <translation>Das Journal {path} kann nicht geschrieben werden ({reason}): Ihre Änderungen wären verloren, wenn das Programm jetzt endete. Speichern Sie die Sitzung oft.</translation>
    </message>
    <message>
        <source>The journal {path} can&apos;t be written ({reason}); its work will be offered again.</source>
        <translation>Das Journal {path} kann nicht geschrieben werden ({reason}); die Arbeit darin wird wieder angeboten werden.</translation>
    </message>
    <message>
        <source>The key has no stage of the epochs that were scored.</source>
        <translation>Der Schlüssel hat kein Stadium der Epochen, die ausgewertet wurden.</translation>
    </message>
    <message>
        <source>The language changes when the program is started again.</source>
        <translation>Die Sprache wechselt beim nächsten Start des Programms.</translation>
    </message>
    <message>
        <source>The last stage lasts to the end of the recording, which is not there: it was given one epoch.</source>
        <translation>Das letzte Stadium dauert bis zum Ende der Aufzeichnung, die nicht da ist: Es bekam eine Epoche.</translation>
    </message>
    <message>
        <source>The last ten nights were corrected more than twice as much as those before ({now} against {then} of the epochs): has something changed in recording?</source>
        <translation>Die letzten zehn Nächte wurden mehr als doppelt so viel korrigiert wie die davor ({now} gegen {then} der Epochen): hat sich an der Aufzeichnung etwas geändert?</translation>
    </message>
    <message>
        <source>The last trace stays.</source>
        <translation>Die letzte Kurve bleibt.</translation>
    </message>
    <message>
        <source>The last {amount} of the scoring are after the last complete epoch of the recording; they were left out.</source>
        <translation>Am Ende der Auswertung liegen {amount} nach der letzten vollständigen Epoche der Aufzeichnung; sie wurden weggelassen.</translation>
    </message>
    <message>
        <source>The letterhead {path} can&apos;t be read: it is nested deeper than any letterhead.</source>
        <translation>Der Briefkopf {path} kann nicht gelesen werden: Er ist tiefer verschachtelt als jeder Briefkopf.</translation>
    </message>
    <message>
        <source>The letterhead {path} can&apos;t be read: {error}.</source>
        <translation>Der Briefkopf {path} kann nicht gelesen werden: {error}.</translation>
    </message>
    <message>
        <source>The letterhead {path} has {unknown}, of which nothing is known; it may have {known}.</source>
        <translation>Der Briefkopf {path} enthält {unknown}, wozu nichts bekannt ist; er darf enthalten: {known}.</translation>
    </message>
    <message>
        <source>The light goes off at {time_s:g} s though it is off already; the first time counts.</source>
        <translation>Das Licht geht bei {time_s:g} s aus, obwohl es schon aus ist; das erste Mal zählt.</translation>
    </message>
    <message>
        <source>The light goes on at {time_s:g} s before it has gone off; the night counts from the first time that it goes off.</source>
        <translation>Das Licht geht bei {time_s:g} s an, bevor es ausgegangen ist; die Nacht zählt vom ersten „Licht aus“ an.</translation>
    </message>
    <message>
        <source>The light goes on at {time_s:g} s though it is on already; the last time counts.</source>
        <translation>Das Licht geht bei {time_s:g} s an, obwohl es schon an ist; das letzte Mal zählt.</translation>
    </message>
    <message>
        <source>The light is off here and goes on at {time}. What is marked here?</source>
        <translation>Das Licht ist hier aus und geht um {time} an. Was wird hier markiert?</translation>
    </message>
    <message>
        <source>The light was on from {first} to {last}: an interruption of the night. Mark “lights on” where the night ends.</source>
        <translation>Das Licht war von {first} bis {last} an: eine Unterbrechung der Nacht. Markieren Sie „Licht an“, wo die Nacht endet.</translation>
    </message>
    <message>
        <source>The light was on {times} in the night ({minutes} min); TRT runs from the first lights off to the last lights on.</source>
        <translation>Das Licht war in der Nacht {times} an ({minutes} min); die TRT geht vom ersten „Licht aus“ bis zum letzten „Licht an“.</translation>
    </message>
    <message>
        <source>The logo {logo} must be a PNG or JPEG file of at most {most_mib} MiB.</source>
        <translation>Das Logo {logo} muss eine PNG- oder JPEG-Datei von höchstens {most_mib} MiB sein.</translation>
    </message>
    <message>
        <source>The logo {path} can&apos;t be read: {reason}. The letterhead names it, from its own folder.</source>
        <translation>Das Logo {path} kann nicht gelesen werden: {reason}. Der Briefkopf nennt es, von seinem eigenen Ordner aus.</translation>
    </message>
    <message>
        <source>The model&apos;s version and derivation are not held.</source>
        <translation>Version und Ableitung des Modells gehen verloren.</translation>
    </message>
    <message>
        <source>The montage: which traces are shown, and how</source>
        <translation>Die Montage: welche Kurven gezeigt werden und wie</translation>
    </message>
    <message>
        <source>The montages that could not be read are kept in {file}; mend them there with a text editor.</source>
        <translation>Die Montagen, die nicht gelesen werden konnten, bleiben in {file} erhalten; bessern Sie sie dort mit einem Texteditor aus.</translation>
    </message>
    <message>
        <source>The mouse: a drag over a trace measures it, and an event key then marks it; a click on an event chooses it, its ends can be dragged. The wheel turns pages, with Ctrl it changes the sensitivity or zooms the night. Shift+click in the night selects.</source>
        <translation>Die Maus: Ziehen über einer Kurve misst, eine Ereignistaste markiert dann; ein Klick auf ein Ereignis wählt es, seine Enden lassen sich ziehen. Das Rad blättert, mit Strg ändert es die Empfindlichkeit oder zoomt die Nacht. Umschalt+Klick in der Nacht wählt aus.</translation>
    </message>
    <message>
        <source>The naps began {minutes} min after each other.</source>
        <translation>Die Versuche begannen {minutes} min nacheinander.</translation>
    </message>
    <message>
        <source>The naps began {minutes} min after each other; the protocol asks for two hours.</source>
        <translation>Die Versuche begannen {minutes} min nacheinander; das Protokoll verlangt zwei Stunden.</translation>
    </message>
    <message>
        <source>The network and the device it computes on</source>
        <translation>Das Netz und das Gerät, auf dem es rechnet</translation>
    </message>
    <message>
        <source>The network can learn from what was decided in this night.</source>
        <translation>Das Netz kann aus dem lernen, was in dieser Nacht entschieden wurde.</translation>
    </message>
    <message>
        <source>The network did without {channels}: the recording has no such signal. It can be wrong for that and yet sure: check it all the more.</source>
        <translation>Das Netz kam ohne {channels} aus: Die Aufzeichnung hat kein solches Signal. Es kann sich deshalb irren und dabei sicher sein: Prüfen Sie umso genauer.</translation>
    </message>
    <message>
        <source>The network has not seen this epoch: there is a gap in it.</source>
        <translation>Das Netz hat diese Epoche nicht gesehen: Sie enthält eine Lücke.</translation>
    </message>
    <message>
        <source>The network in use can&apos;t tell which epochs are alike.</source>
        <translation>Das verwendete Netz kann nicht sagen, welche Epochen sich ähneln.</translation>
    </message>
    <message>
        <source>The network stages this signal; its spectrum is shown below.</source>
        <translation>Aus diesem Signal bestimmt das Netz die Stadien; sein Spektrogramm wird unten gezeigt.</translation>
    </message>
    <message>
        <source>The network takes no event to be in epoch {epoch}: {chances}.</source>
        <translation>Das Netz sieht kein Ereignis in Epoche {epoch}: {chances}.</translation>
    </message>
    <message>
        <source>The network whose stages are shown says nothing of apneas and hypopneas. Import one that does in Model &gt; Model and learning, use it and press F9.</source>
        <translation>Das Netz, dessen Stadien gezeigt werden, sagt nichts über Apnoen und Hypopnoen. Importieren Sie unter Modell &gt; Modell und Lernen eines, das es kann, verwenden Sie es und drücken Sie F9.</translation>
    </message>
    <message>
        <source>The new version was not shown to be better, so it can&apos;t be accepted on this comparison.</source>
        <translation>Dass die neue Version besser ist, wurde nicht gezeigt; aufgrund dieses Vergleichs kann sie nicht angenommen werden.</translation>
    </message>
    <message>
        <source>The night before is {file}, with {hours:.1f} h of sleep; the protocol asks for 6.</source>
        <translation>Die Nacht davor ist {file}, mit {hours:.1f} h Schlaf; das Protokoll verlangt 6.</translation>
    </message>
    <message>
        <source>The night before, 6 hours of sleep, the first nap 1.5 to 3 hours after it, the diary, medication and drug screening: look yourself, this program does not.</source>
        <translation>Die Nacht davor, 6 Stunden Schlaf, der erste Versuch 1,5 bis 3 Stunden danach, Tagebuch, Medikamente und Drogentest: Sehen Sie selbst nach, dieses Programm tut es nicht.</translation>
    </message>
    <message>
        <source>The night is not signed off any more.</source>
        <translation>Die Nacht ist nicht mehr abgezeichnet.</translation>
    </message>
    <message>
        <source>The night is not signed off.</source>
        <translation>Die Nacht ist nicht abgezeichnet.</translation>
    </message>
    <message>
        <source>The night is signed off by {name}.</source>
        <translation>Die Nacht ist von {name} abgezeichnet.</translation>
    </message>
    <message>
        <source>The night is signed off.</source>
        <translation>Die Nacht ist abgezeichnet.</translation>
    </message>
    <message>
        <source>The night that is open is left out: F9 stages it.</source>
        <translation>Die offene Nacht wird ausgelassen: F9 klassifiziert sie.</translation>
    </message>
    <message>
        <source>The nights of a laboratory: how far each is, what is next, staging many at once</source>
        <translation>Die Nächte eines Labors: wie weit jede ist, was als Nächstes kommt, viele auf einmal klassifizieren</translation>
    </message>
    <message>
        <source>The nights to learn from have only {number} epochs that count; a calibration takes {least}. Add more nights.</source>
        <translation>Die Nächte, aus denen gelernt wird, haben nur {number} Epochen, die zählen; eine Kalibrierung braucht {least}. Fügen Sie Nächte hinzu.</translation>
    </message>
    <message>
        <source>The nights to train on, or those that say when to stop, have only {number} epochs that count; training takes {least}. Add nights, or count the epochs that were seen and left.</source>
        <translation>Die Nächte, mit denen trainiert wird, oder die, die das Ende bestimmen, haben nur {number} Epochen, die zählen; das Training braucht {least}. Fügen Sie Nächte hinzu, oder lassen Sie gesehene und belassene Epochen zählen.</translation>
    </message>
    <message>
        <source>The open suggestions were found before the change of rule; suggest events again to have those of this one.</source>
        <translation>Die offenen Vorschläge wurden vor dem Wechsel der Regel gefunden; schlagen Sie Ereignisse neu vor, um die dieser Regel zu haben.</translation>
    </message>
    <message>
        <source>The patient of {file} was among those that one of the versions was trained on, so nothing can be told from this night.</source>
        <translation>Der Patient von {file} gehörte zu denen, mit denen eine der Versionen trainiert wurde; diese Nacht sagt deshalb nichts aus.</translation>
    </message>
    <message>
        <source>The pressure of the device falls at {at} and does not rise again: what follows counts with the treatment.</source>
        <translation>Der Druck des Geräts fällt um {at} und steigt nicht wieder: Was folgt, zählt zur Behandlung.</translation>
    </message>
    <message>
        <source>The pressure of the device rises at {at}, another time than the treatment is said to begin.</source>
        <translation>Der Druck des Geräts steigt um {at}, zu einer anderen Zeit, als die Behandlung beginnen soll.</translation>
    </message>
    <message>
        <source>The recording begins at {start:%Y-%m-%d %H:%M:%S} now.</source>
        <translation>Die Aufzeichnung beginnt jetzt um {start:%d.%m.%Y %H:%M:%S}.</translation>
    </message>
    <message>
        <source>The recording does not say when it begins; the scoring was taken to begin with it.</source>
        <translation>Die Aufzeichnung sagt nicht, wann sie beginnt; angenommen wurde, dass die Auswertung mit ihr beginnt.</translation>
    </message>
    <message>
        <source>The recording goes from {first} to {last}.</source>
        <translation>Die Aufzeichnung geht von {first} bis {last}.</translation>
    </message>
    <message>
        <source>The recording goes from {first} to {last}; {text} is neither in it nor in the {hours:g} hours before it.</source>
        <translation>Die Aufzeichnung geht von {first} bis {last}; {text} liegt weder darin noch in den {hours:g} Stunden davor.</translation>
    </message>
    <message>
        <source>The recording goes from {first} to {last}; {text} is outside.</source>
        <translation>Die Aufzeichnung geht von {first} bis {last}; {text} liegt außerhalb.</translation>
    </message>
    <message>
        <source>The recording has a gap here; the model leaves it unscored.</source>
        <translation>Die Aufzeichnung hat hier eine Lücke; das Modell vergibt kein Stadium.</translation>
    </message>
    <message>
        <source>The recording {name} of {session} is neither at {path} nor in {folder}; put it beside the session file and try again.</source>
        <translation>Die Aufzeichnung {name} zu {session} ist weder unter {path} noch in {folder}; legen Sie sie neben die Sitzungsdatei und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The recordings are of several patients: {names}. Each patient has a sheet of their own.</source>
        <translation>Die Aufzeichnungen sind von mehreren Patienten: {names}. Jeder Patient hat ein eigenes Blatt.</translation>
    </message>
    <message>
        <source>The report could not be drawn; write it as HTML instead.</source>
        <translation>Der Bericht konnte nicht gezeichnet werden; schreiben Sie ihn stattdessen als HTML.</translation>
    </message>
    <message>
        <source>The result can&apos;t be written to where output goes ({reason}); {advice}.</source>
        <translation>Das Ergebnis kann nicht dorthin geschrieben werden, wohin die Ausgabe geht ({reason}); {advice}.</translation>
    </message>
    <message>
        <source>The result for {source} would be written over {file}; choose another folder with --out.</source>
        <translation>Das Ergebnis für {source} würde {file} überschreiben; wählen Sie mit --out einen anderen Ordner.</translation>
    </message>
    <message>
        <source>The rule can tell of every hypopnea whether it counts.</source>
        <translation>Die Regel kann von jeder Hypopnoe sagen, ob sie zählt.</translation>
    </message>
    <message>
        <source>The scoring begins at {when}, {amount} after the recording ({start:%Y-%m-%d %H:%M:%S}); it was placed by clock time.</source>
        <translation>Die Auswertung beginnt um {when}, {amount} nach der Aufzeichnung ({start:%d.%m.%Y %H:%M:%S}); sie wurde nach der Uhrzeit angelegt.</translation>
    </message>
    <message>
        <source>The scoring begins at {when}, {amount} before the recording ({start:%Y-%m-%d %H:%M:%S}); it was placed by clock time.</source>
        <translation>Die Auswertung beginnt um {when}, {amount} vor der Aufzeichnung ({start:%d.%m.%Y %H:%M:%S}); sie wurde nach der Uhrzeit angelegt.</translation>
    </message>
    <message>
        <source>The scoring begins with the recording</source>
        <translation>Die Auswertung beginnt mit der Aufzeichnung</translation>
    </message>
    <message>
        <source>The scoring has epochs of {epoch_s:g} s; {rule}.</source>
        <translation>Die Auswertung hat Epochen von {epoch_s:g} s; {rule}.</translation>
    </message>
    <message>
        <source>The scoring has no stages for {amount} inside it, in {places}, the first at {first}; they are unscored.</source>
        <translation>Innerhalb der Auswertung fehlen Stadien für {amount} an {places}, zuerst um {first}; dort bleiben die Epochen offen.</translation>
    </message>
    <message>
        <source>The scoring is dated {scoring:%Y-%m-%d %H:%M:%S} and the recording {recording:%Y-%m-%d %H:%M:%S}; it was placed by the time of day alone.</source>
        <translation>Die Auswertung trägt das Datum {scoring:%d.%m.%Y %H:%M:%S} und die Aufzeichnung {recording:%d.%m.%Y %H:%M:%S}; sie wurde allein nach der Uhrzeit angelegt.</translation>
    </message>
    <message>
        <source>The scoring leaves the first {amount} of the recording unscored.</source>
        <translation>Die Auswertung lässt am Anfang der Aufzeichnung {amount} offen.</translation>
    </message>
    <message>
        <source>The scoring leaves the last {amount} of the recording unscored.</source>
        <translation>Die Auswertung lässt am Ende der Aufzeichnung {amount} offen.</translation>
    </message>
    <message>
        <source>The scoring of {file} has changes that are not saved.</source>
        <translation>Die Auswertung von {file} enthält Änderungen, die nicht gespeichert sind.</translation>
    </message>
    <message>
        <source>The session keeps all of it.</source>
        <translation>Die Sitzung behält alles davon.</translation>
    </message>
    <message>
        <source>The session was not saved: its folder did not answer until that was given up. Your work is open here and kept on this computer, also for the next start; save it elsewhere with File &gt; Save session as.</source>
        <translation>Die Sitzung wurde nicht gespeichert: Ihr Ordner antwortete nicht, bis das aufgegeben wurde. Ihre Arbeit ist hier offen und auf diesem Computer aufgehoben, auch für den nächsten Start; speichern Sie sie woanders mit Datei &gt; Sitzung speichern unter.</translation>
    </message>
    <message>
        <source>The sign-off, with its name and time.</source>
        <translation>Die Abzeichnung mit Namen und Zeit.</translation>
    </message>
    <message>
        <source>The signal may be too noisy to stage: look at the trace or choose another one.</source>
        <translation>Das Signal ist vielleicht zu gestört, um Stadien zu bestimmen: Sehen Sie sich die Kurve an, oder wählen Sie eine andere.</translation>
    </message>
    <message>
        <source>The simulated demo is being prepared…</source>
        <translation>Die simulierte Demo wird vorbereitet…</translation>
    </message>
    <message>
        <source>The stage changes after {share:.0%} of the epochs, usually after 10 to 20 %.</source>
        <translation>Das Stadium wechselt nach {share:.0%} der Epochen, gewöhnlich nach 10 bis 20 %.</translation>
    </message>
    <message>
        <source>The stage that it may be instead</source>
        <translation>Das Stadium, das es stattdessen sein kann</translation>
    </message>
    <message>
        <source>The stages begin {ratio:g} times as far apart as {column} says that they last; each was taken to last until the next.</source>
        <translation>Die Stadien beginnen {ratio:g}-mal so weit auseinander, wie sie laut {column} dauern; angenommen wurde, dass jedes bis zum nächsten dauert.</translation>
    </message>
    <message>
        <source>The stages of {name} are from {imported}, and nobody said that a person gave them: another program&apos;s network may have, and is nothing to learn from. Import them again and say whose they are, or correct the night here.</source>
        <translation>Die Stadien von {name} sind aus {imported}, und niemand hat gesagt, dass ein Mensch sie vergeben hat: Vielleicht war es das Netz eines anderen Programms, und daraus ist nichts zu lernen. Importieren Sie sie noch einmal und sagen Sie, von wem sie sind, oder berichtigen Sie die Nacht hier.</translation>
    </message>
    <message>
        <source>The study list is empty: add a folder first (File &gt; Study list).</source>
        <translation>Die Nachtliste ist leer: zuerst einen Ordner aufnehmen (Datei &gt; Nachtliste).</translation>
    </message>
    <message>
        <source>The study list shows no night.</source>
        <translation>Die Nachtliste zeigt keine Nacht.</translation>
    </message>
    <message>
        <source>The template {path} can&apos;t be read: {error}. The letterhead names it, from its own folder.</source>
        <translation>Die Vorlage {path} kann nicht gelesen werden: {error}. Der Briefkopf nennt sie, von seinem Ordner aus.</translation>
    </message>
    <message>
        <source>The template {path} is larger than {most_kib} KiB, which none needs; images belong into the logo of the letterhead.</source>
        <translation>Die Vorlage {path} ist größer als {most_kib} KiB, was keine braucht; Bilder gehören in das Logo des Briefkopfs.</translation>
    </message>
    <message>
        <source>The template {path} is no text in UTF-8; save it as such.</source>
        <translation>Die Vorlage {path} ist kein Text in UTF-8; speichern Sie sie als solchen.</translation>
    </message>
    <message>
        <source>The template {path}, line {line}: {why}. Correct it; docs/formats.md says what it may hold.</source>
        <translation>Die Vorlage {path}, Zeile {line}: {why}. Berichtigen Sie sie; was sie enthalten darf, steht in docs/formats.md.</translation>
    </message>
    <message>
        <source>The template {path}: {why}. Correct it; docs/formats.md says what it may hold.</source>
        <translation>Die Vorlage {path}: {why}. Berichtigen Sie sie; was sie enthalten darf, steht in docs/formats.md.</translation>
    </message>
    <message>
        <source>The traces of one epoch. The arrows or the wheel turn pages, ↑ and ↓ change the size. Drag over a trace to measure it; a key of the Events menu then marks an event there.</source>
        <translation>Die Kurven einer Epoche. Pfeile oder Rad blättern, ↑ und ↓ ändern die Größe. Ziehen Sie über eine Kurve, um sie zu messen; eine Taste des Menüs Ereignisse markiert dort dann ein Ereignis.</translation>
    </message>
    <message>
        <source>The treatment begins at {at}, {told}.</source>
        <translation>Die Behandlung beginnt um {at}, {told}.</translation>
    </message>
    <message>
        <source>The treatment ended at {at}, as {by} says; what follows is in neither part.</source>
        <translation>Die Behandlung endete um {at}, wie {by} sagt; was folgt, ist in keinem der Teile.</translation>
    </message>
    <message>
        <source>The unit of {derivation} is {unit}, no voltage that is known: its numbers are taken for µV.</source>
        <translation>Die Einheit von {derivation} ist {unit}, keine bekannte Spannung: Die Zahlen gelten als µV.</translation>
    </message>
    <message>
        <source>The value {value} has two names.</source>
        <translation>Der Wert {value} hat zwei Namen.</translation>
    </message>
    <message>
        <source>The version of the network with the hash {start} is not there any more. Import it again, or choose another version.</source>
        <translation>Die Version des Netzes mit der Prüfsumme {start} ist nicht mehr da. Importieren Sie sie noch einmal, oder wählen Sie eine andere Version.</translation>
    </message>
    <message>
        <source>The video can&apos;t be shown: {reason}.</source>
        <translation>Das Video kann nicht gezeigt werden: {reason}.</translation>
    </message>
    <message>
        <source>The video is hidden as long as nobody is to see who it is.</source>
        <translation>Das Video ist verborgen, solange niemand sehen soll, wer es ist.</translation>
    </message>
    <message>
        <source>The whole night, without and with treatment; the parts stand below.</source>
        <translation>Die ganze Nacht, ohne und mit Behandlung; die Teile stehen weiter hinten.</translation>
    </message>
    <message>
        <source>The whole night: spectrogram, probabilities, hypnogram and events. Click or drag to go there, Ctrl and the wheel zoom. F11 leaves the traces alone.</source>
        <translation>Die ganze Nacht: Spektrogramm, Wahrscheinlichkeiten, Hypnogramm und Ereignisse. Klicken oder ziehen führt hin, Strg und das Rad vergrößern. F11 lässt nur die Kurven stehen.</translation>
    </message>
    <message>
        <source>The&amp;me</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>There are nights of {number} patient(s) to learn from, and of {held_out} that are kept for comparing: what fits one patient alone says nothing of others, so training takes two to learn from. Add nights of further patients.</source>
        <translation>Es gibt Nächte von {number} Patient(en) zum Lernen und von {held_out} zum Vergleichen: was zu einem einzigen Patienten passt, sagt nichts über andere, deshalb braucht das Training zwei zum Lernen. Fügen Sie Nächte weiterer Patienten hinzu.</translation>
    </message>
    <message>
        <source>There are no stages of another version: import them, or use it and press F9.</source>
        <translation>Es gibt keine Stadien einer anderen Version: Importieren Sie welche, oder verwenden Sie sie und drücken Sie F9.</translation>
    </message>
    <message>
        <source>There are {n} layouts already: give it the name of one of them.</source>
        <translation>Es gibt schon {n} Anordnungen: Geben Sie ihr den Namen von einer.</translation>
    </message>
    <message>
        <source>There is a heart rate.</source>
        <translation>Es gibt eine Herzfrequenz.</translation>
    </message>
    <message>
        <source>There is a position.</source>
        <translation>Es gibt eine Lage.</translation>
    </message>
    <message>
        <source>There is no SpO₂.</source>
        <translation>Es gibt keine SpO₂.</translation>
    </message>
    <message>
        <source>There is no epoch {number}: they go from 1 to {count}.</source>
        <translation>Es gibt keine Epoche {number}: Sie gehen von 1 bis {count}.</translation>
    </message>
    <message>
        <source>There is no heart rate.</source>
        <translation>Es gibt keine Herzfrequenz.</translation>
    </message>
    <message>
        <source>There is no layout with a name.</source>
        <translation>Es gibt keine Anordnung mit einem Namen.</translation>
    </message>
    <message>
        <source>There is no position, or nobody said what its values mean.</source>
        <translation>Es gibt keine Lage, oder niemand hat gesagt, was ihre Werte bedeuten.</translation>
    </message>
    <message>
        <source>There is no second scoring: load one, or score again blind.</source>
        <translation>Es gibt keine zweite Auswertung: Laden Sie eine, oder werten Sie noch einmal blind aus.</translation>
    </message>
    <message>
        <source>There is no unsaved work from earlier.</source>
        <translation>Es gibt keine ungespeicherte Arbeit von früher.</translation>
    </message>
    <message>
        <source>There is not enough memory for this. Your scoring is still here: close other programs and try again.</source>
        <translation>Dafür reicht der Arbeitsspeicher nicht. Ihre Bewertung ist noch da: schließen Sie andere Programme und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>There {n:is|are} {n} {n:nap|naps}.</source>
        <translation>Es gibt {n} {n:Versuch|Versuche}.</translation>
    </message>
    <message>
        <source>There {n:is|are} {n} {n:nap|naps}; the protocol asks for {usual}.</source>
        <translation>Es gibt {n} {n:Versuch|Versuche}; das Protokoll verlangt {usual}.</translation>
    </message>
    <message>
        <source>Thermistor</source>
        <translation>Thermistor</translation>
    </message>
    <message>
        <source>These settings could not be read and are as usual again: {names}. What was there is kept in {file}, under “damaged”.</source>
        <translation>Diese Einstellungen waren nicht lesbar und sind wieder wie üblich: {names}. Was dort stand, bleibt in {file} unter „damaged“ erhalten.</translation>
    </message>
    <message>
        <source>Theta</source>
        <translation>Theta</translation>
    </message>
    <message>
        <source>They are clock times</source>
        <translation>Es sind Uhrzeiten</translation>
    </message>
    <message>
        <source>They are epochs without a stage</source>
        <translation>Sie sind Epochen ohne Stadium</translation>
    </message>
    <message>
        <source>They are no epochs</source>
        <translation>Sie sind keine Epochen</translation>
    </message>
    <message>
        <source>They count from the start of the recording</source>
        <translation>Sie zählen vom Anfang der Aufzeichnung</translation>
    </message>
    <message numerus="yes">
        <source>They replace %n epoch(s) scored by hand.</source>
        <translation>
            <numerusform>Sie ersetzen %n von Hand ausgewertete Epoche.</numerusform>
            <numerusform>Sie ersetzen %n von Hand ausgewertete Epochen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>They replace %n event(s) that you have.</source>
        <translation>
            <numerusform>Sie ersetzen %n vorhandenes Ereignis.</numerusform>
            <numerusform>Sie ersetzen %n vorhandene Ereignisse.</numerusform>
        </translation>
    </message>
    <message>
        <source>They replace lights off and on.</source>
        <translation>Sie ersetzen Licht aus und Licht an.</translation>
    </message>
    <message>
        <source>Thick: by hand, thin: by the network. The row above marks what was decided by hand, and where the network is in doubt</source>
        <translation>Dick: von Hand, dünn: vom Netz. Die Zeile darüber zeigt, was von Hand entschieden wurde und wo das Netz unsicher ist</translation>
    </message>
    <message>
        <source>This &amp;epoch</source>
        <translation>Diese &amp;Epoche</translation>
    </message>
    <message>
        <source>This computer has no program that opens it, or it is gone.</source>
        <translation>Auf diesem Rechner gibt es kein Programm dafür, oder die Datei ist nicht mehr da.</translation>
    </message>
    <message>
        <source>This epoch</source>
        <translation>Diese Epoche</translation>
    </message>
    <message>
        <source>This installation has no training program. Install SleepScorer with pip to train; calibrating, comparing and importing versions work here.</source>
        <translation>Diese Installation enthält kein Trainingsprogramm. Installieren Sie SleepScorer mit pip, um zu trainieren; Kalibrieren, Vergleichen und Einlesen von Versionen gehen hier.</translation>
    </message>
    <message>
        <source>This is not done yet: {works}. If you go on, it is paused; what it has done so far is kept, and it goes on from there when you ask it to.</source>
        <translation>Das ist noch nicht fertig: {works}. Wenn Sie fortfahren, wird es angehalten; was bis dahin getan ist, bleibt, und von dort geht es weiter, wenn Sie es verlangen.</translation>
    </message>
    <message>
        <source>This is not done yet: {works}. If you go on, it is stopped and leaves no file.</source>
        <translation>Das ist noch nicht fertig: {works}. Wenn Sie fortfahren, wird es abgebrochen und hinterlässt keine Datei.</translation>
    </message>
    <message>
        <source>This is the key of “{action}”, which would lose it.</source>
        <translation>Diese Taste gehört zu „{action}“ und fiele dort weg.</translation>
    </message>
    <message>
        <source>This key is free.</source>
        <translation>Diese Taste ist frei.</translation>
    </message>
    <message>
        <source>This recording does not have: {names}</source>
        <translation>In dieser Aufzeichnung fehlen: {names}</translation>
    </message>
    <message>
        <source>This recording has all of these signals.</source>
        <translation>Diese Aufzeichnung hat alle diese Signale.</translation>
    </message>
    <message>
        <source>This recording lacks {names} of “{montage}”; “{other}” is shown instead.</source>
        <translation>Dieser Aufzeichnung fehlt von „{montage}“: {names}; gezeigt wird „{other}“.</translation>
    </message>
    <message>
        <source>This screen</source>
        <translation>Dieser Bildschirm</translation>
    </message>
    <message>
        <source>This trace…</source>
        <translation>Diese Kurve…</translation>
    </message>
    <message>
        <source>This work was neither saved nor given up. It stays until you say so.</source>
        <translation>Diese Arbeit wurde weder gespeichert noch verworfen. Sie bleibt, bis Sie etwas anderes sagen.</translation>
    </message>
    <message>
        <source>Thorax</source>
        <translation>Thorax</translation>
    </message>
    <message>
        <source>Tick &amp;all</source>
        <translation>&amp;Alle ankreuzen</translation>
    </message>
    <message>
        <source>Tick the epochs that are to have one stage, then choose the stage: it is one step to undo. ✓ marks what a person decided; the number is the similarity to the network, at most 1.</source>
        <translation>Haken Sie die Epochen an, die ein Stadium bekommen sollen, dann wählen Sie das Stadium: Es ist ein Schritt zum Zurücknehmen. ✓ steht bei dem, was ein Mensch entschieden hat; die Zahl ist die Ähnlichkeit für das Netz, höchstens 1.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Time below, in sleep</source>
        <translation>Zeit darunter, im Schlaf</translation>
    </message>
    <message>
        <source>Time or epoch</source>
        <translation>Zeit oder Epoche</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>Times of the lights</source>
        <translation>Lichtzeiten</translation>
    </message>
    <message>
        <source>To learn from: {nights} {nights:night|nights} of {patients} {patients:patient|patients}; minutes: {stages}</source>
        <translation>Zum Lernen: {nights} {nights:Nacht|Nächte} von {patients} {patients:Patient|Patienten}; Minuten: {stages}</translation>
    </message>
    <message>
        <source>To see the video, install the extra “video” of SleepScorer: it brings Qt Multimedia, which is not here.</source>
        <translation>Um das Video zu sehen, installieren Sie das Extra „video“ von SleepScorer: Es bringt Qt Multimedia mit, das hier fehlt.</translation>
    </message>
    <message>
        <source>Too many levels of symbolic links</source>
        <translation>Zu viele Verweise hintereinander</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>Zu viele offene Dateien</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Trace down</source>
        <translation>Kurve nach unten</translation>
    </message>
    <message>
        <source>Trace up</source>
        <translation>Kurve nach oben</translation>
    </message>
    <message>
        <source>Traces &amp;larger</source>
        <translation>Kurven g&amp;rößer</translation>
    </message>
    <message>
        <source>Traces &amp;smaller</source>
        <translation>Kurven &amp;kleiner</translation>
    </message>
    <message>
        <source>Traces from top to bottom</source>
        <translation>Kurven von oben nach unten</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Training ended before it was done: {complaint} What it had learnt by its last checkpoint is kept: start it again, or discard it.</source>
        <translation>Das Training endete vorzeitig: {complaint} Was bis zum letzten Zwischenstand gelernt war, ist aufgehoben: setzen Sie es fort, oder verwerfen Sie es.</translation>
    </message>
    <message>
        <source>Training is not done yet.</source>
        <translation>Das Training ist noch nicht fertig.</translation>
    </message>
    <message numerus="yes">
        <source>Training takes %n more patient(s) to learn from.</source>
        <translation>
            <numerusform>Training braucht noch %n Patienten zum Lernen.</numerusform>
            <numerusform>Training braucht noch %n Patienten zum Lernen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Training {version} from {start}</source>
        <translation>{version} wird aus {start} trainiert</translation>
    </message>
    <message>
        <source>Transducer</source>
        <translation>Aufnehmer</translation>
    </message>
    <message>
        <source>Transducer and reserved texts of the signals, and what their filter texts say beside the filters.</source>
        <translation>Aufnehmer- und reservierte Texte der Signale, und was ihre Filtertexte außer den Filtern sagen.</translation>
    </message>
    <message>
        <source>Transport endpoint is not connected</source>
        <translation>Die Verbindung ist getrennt</translation>
    </message>
    <message>
        <source>Twelve hours away it would, as when clock times lack AM and PM.</source>
        <translation>Um zwölf Stunden verschoben lägen sie darin, wie wenn bei den Uhrzeiten AM und PM fehlt.</translation>
    </message>
    <message>
        <source>Two kinds have the same text in files; change one of them.</source>
        <translation>Zwei Arten haben denselben Text in Dateien; ändern Sie einen davon.</translation>
    </message>
    <message>
        <source>Two versions on one night</source>
        <translation>Zwei Versionen an einer Nacht</translation>
    </message>
    <message>
        <source>Type a time or the number of an epoch</source>
        <translation>Eine Zeit oder die Nummer einer Epoche eintippen</translation>
    </message>
    <message>
        <source>Type when the lights went off and on</source>
        <translation>Eingeben, wann das Licht aus- und anging</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undone: {step}</source>
        <translation>Rückgängig: {step}</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>Ungespeicherte Änderungen</translation>
    </message>
    <message>
        <source>Unsaved work</source>
        <translation>Ungespeicherte Arbeit</translation>
    </message>
    <message>
        <source>Unscored</source>
        <translation>Ohne Stadium</translation>
    </message>
    <message>
        <source>Unusual amplitude</source>
        <translation>Ungewöhnliche Amplitude</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Up to &amp;3</source>
        <translation>Bis zu &amp;3</translation>
    </message>
    <message>
        <source>Up to &amp;6</source>
        <translation>Bis zu &amp;6</translation>
    </message>
    <message>
        <source>Up to the whole night</source>
        <translation>Bis zur ganzen Nacht</translation>
    </message>
    <message>
        <source>Upright</source>
        <translation>Aufrecht</translation>
    </message>
    <message>
        <source>Upside down</source>
        <translation>Auf dem Kopf</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Use the unfiltered export if there is one, or a channel recorded from 0.3 Hz on; N3 is staged N2 without slow waves.</source>
        <translation>Verwenden Sie den ungefilterten Export, wenn es ihn gibt, oder einen Kanal, der ab 0,3 Hz aufgezeichnet ist; ohne langsame Wellen wird aus N3 N2.</translation>
    </message>
    <message>
        <source>Use the unfiltered export if there is one; stages and spindles may be wrong.</source>
        <translation>Verwenden Sie den ungefilterten Export, wenn es ihn gibt; Stadien und Spindeln können falsch sein.</translation>
    </message>
    <message>
        <source>Use this key</source>
        <translation>Taste verwenden</translation>
    </message>
    <message>
        <source>Used to</source>
        <translation>Dient zum</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>Values of the position</source>
        <translation>Werte der Lage</translation>
    </message>
    <message>
        <source>Values of the stored stages</source>
        <translation>Werte der gespeicherten Stadien</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Version of the network</source>
        <translation>Version des Netzes</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>Versions of networks</source>
        <translation>Versionen von Netzen</translation>
    </message>
    <message>
        <source>Vertex sharp wave</source>
        <translation>Vertexwelle</translation>
    </message>
    <message>
        <source>Vertex waves</source>
        <translation>Vertexwellen</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Video of the night</source>
        <translation>Video der Nacht</translation>
    </message>
    <message>
        <source>Video of this night…</source>
        <translation>Video dieser Nacht…</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>Videos</translation>
    </message>
    <message>
        <source>W or R: rapid eye movements or blinks ({n}), and no chin EMG to tell which of them.</source>
        <translation>W oder R: schnelle Augenbewegungen oder Blinzeln ({n}), und kein Kinn-EMG, das beide unterscheidet.</translation>
    </message>
    <message>
        <source>W: alpha in {seconds} s of 30, more than half of the epoch.</source>
        <translation>W: Alpha in {seconds} s von 30, mehr als die halbe Epoche.</translation>
    </message>
    <message>
        <source>W: rapid eye movements or blinks ({n}) with chin EMG that is not low.</source>
        <translation>W: schnelle Augenbewegungen oder Lidschläge ({n}) bei nicht niedrigem Kinn-EMG.</translation>
    </message>
    <message>
        <source>Wake</source>
        <translation>Wach</translation>
    </message>
    <message>
        <source>Waves in the first | last half of the epoch; slow waves above 75 µV, of which 6 s make N3; chin EMG relative to the lowest of the night; – where the recording has a gap</source>
        <translation>Wellen in der ersten | letzten Hälfte der Epoche; langsame Wellen über 75 µV, von denen 6 s N3 ergeben; Kinn-EMG im Verhältnis zum niedrigsten der Nacht; – wo die Aufzeichnung eine Lücke hat</translation>
    </message>
    <message>
        <source>What is to be noted here?</source>
        <translation>Was soll hier notiert werden?</translation>
    </message>
    <message>
        <source>What is worth a look, the most doubtful first. Q goes to the next one; after 25 the queue says that it is done.</source>
        <translation>Was einen Blick lohnt, das Zweifelhafteste zuerst. Q geht zum nächsten; nach 25 sagt die Liste, dass sie fertig ist.</translation>
    </message>
    <message>
        <source>What it forgets was not measured: no nights of the first training fit both versions.</source>
        <translation>Was sie vergisst, wurde nicht gemessen: Keine Nächte des ersten Trainings passen zu beiden Versionen.</translation>
    </message>
    <message>
        <source>What other versions of the model predict: {n}.</source>
        <translation>Was andere Versionen des Modells vorhersagen: {n}.</translation>
    </message>
    <message>
        <source>What the model gave is hidden while you score blind; it stays here.</source>
        <translation>Was das Modell vergeben hat, ist verborgen, solange Sie blind scoren; es bleibt hier.</translation>
    </message>
    <message>
        <source>What the model, its weights or its derivation are called.</source>
        <translation>Wie das Modell, seine Gewichte oder seine Ableitung heißen.</translation>
    </message>
    <message>
        <source>What was dragged over goes on to the next page, up to the mouse; a click ends it</source>
        <translation>Die überstrichene Strecke geht auf der nächsten Seite weiter, bis zur Maus; ein Klick beendet sie</translation>
    </message>
    <message>
        <source>What you change here is remembered for all recordings with these labels.</source>
        <translation>Was Sie hier ändern, wird für alle Aufzeichnungen mit diesen Bezeichnungen behalten.</translation>
    </message>
    <message>
        <source>What you opened</source>
        <translation>Was Sie geöffnet haben</translation>
    </message>
    <message>
        <source>What {title} wrote of {file} can&apos;t be read: {error}</source>
        <translation>Was {title} von {file} geschrieben hat, kann nicht gelesen werden: {error}</translation>
    </message>
    <message>
        <source>When the video began, or how many seconds after</source>
        <translation>Wann das Video begann, oder wie viele Sekunden später</translation>
    </message>
    <message>
        <source>Where sessions of this folder are kept and nights are staged into, if not beside the recordings</source>
        <translation>Wo Sitzungen dieses Ordners liegen und wohin Nächte klassifiziert werden, wenn nicht neben die Aufzeichnungen</translation>
    </message>
    <message>
        <source>Whether {file} is there already can&apos;t be told, so nothing was written; choose another folder.</source>
        <translation>Ob {file} schon da ist, lässt sich nicht feststellen, daher wurde nichts geschrieben; wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Whether {target} is there already can&apos;t be told, so nothing was written; choose another folder with --out.</source>
        <translation>Ob es {target} schon gibt, ist nicht zu erkennen, also wurde nichts geschrieben; wählen Sie mit --out einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Which channels are which sensors, what hypopneas need, and what suggests events</source>
        <translation>Welche Kanäle welche Sensoren sind, was Hypopnoen brauchen und was Ereignisse vorschlägt</translation>
    </message>
    <message>
        <source>Which layout is not needed any more?</source>
        <translation>Welche Anordnung wird nicht mehr gebraucht?</translation>
    </message>
    <message>
        <source>Which stages are to be shown?</source>
        <translation>Welche Stadien sollen gezeigt werden?</translation>
    </message>
    <message>
        <source>Which suggested events were rejected, and which events a person linked.</source>
        <translation>Welche vorgeschlagenen Ereignisse verworfen wurden und welche Ereignisse jemand verknüpft hat.</translation>
    </message>
    <message>
        <source>Who gave it which stage, when and in place of what</source>
        <translation>Wer ihr wann welches Stadium anstelle welches anderen gab</translation>
    </message>
    <message>
        <source>Who scores now?</source>
        <translation>Wer wertet jetzt aus?</translation>
    </message>
    <message>
        <source>Who scores?</source>
        <translation>Wer wertet aus?</translation>
    </message>
    <message>
        <source>Whole night</source>
        <translation>Ganze Nacht</translation>
    </message>
    <message>
        <source>Whose definitions these are: Help &gt; Definitions of all numbers.</source>
        <translation>Woher diese Definitionen stammen: Hilfe &gt; Definitionen aller Zahlen.</translation>
    </message>
    <message>
        <source>Whose night is this?</source>
        <translation>Wessen Nacht ist das?</translation>
    </message>
    <message>
        <source>Whose night this is can&apos;t be told from the file: give the patient&apos;s code, the same one for all nights of a patient. Only a salted hash of it is kept.</source>
        <translation>Wessen Nacht das ist, ist aus der Datei nicht zu erkennen: Geben Sie die Kennung des Patienten an, für alle Nächte eines Patienten dieselbe. Aufbewahrt wird nur eine gesalzene Prüfsumme davon.</translation>
    </message>
    <message>
        <source>Why (kept with your name)</source>
        <translation>Warum (wird mit Ihrem Namen aufgehoben)</translation>
    </message>
    <message>
        <source>With a name it counts as that person&apos;s: it is learnt from, and drawn as scored by hand. The import is one step: Undo takes it back.</source>
        <translation>Mit einem Namen gilt sie als die dieser Person: Aus ihr wird gelernt, und sie wird wie von Hand ausgewertet gezeichnet. Der Import ist ein Schritt: Rückgängig nimmt ihn zurück.</translation>
    </message>
    <message>
        <source>With other patients it may gain less than it forgets.</source>
        <translation>Mit anderen Patienten gewinnt sie vielleicht weniger, als sie vergisst.</translation>
    </message>
    <message>
        <source>With treatment, by pressure</source>
        <translation>Mit Behandlung, nach Druck</translation>
    </message>
    <message>
        <source>Without a stage</source>
        <translation>Ohne Stadium</translation>
    </message>
    <message>
        <source>Without and with treatment, each part as a night of its own</source>
        <translation>Ohne und mit Behandlung, jeder Teil wie eine eigene Nacht</translation>
    </message>
    <message>
        <source>Wonambi</source>
        <translation>Wonambi</translation>
    </message>
    <message>
        <source>Words of name, patient, scorer, status</source>
        <translation>Wörter aus Name, Patient, Auswerter, Stand</translation>
    </message>
    <message>
        <source>Work blind; both are still there</source>
        <translation>Blind arbeiten; beide sind noch da</translation>
    </message>
    <message numerus="yes">
        <source>Work on {file} was not saved when the program ended (%n change(s), the last one {when}).</source>
        <translation>
            <numerusform>Arbeit an {file} war nicht gespeichert, als das Programm endete (%n Änderung, {when}).</numerusform>
            <numerusform>Arbeit an {file} war nicht gespeichert, als das Programm endete (%n Änderungen, die letzte {when}).</numerusform>
        </translation>
    </message>
    <message>
        <source>Work that was neither saved nor given up when the program ended</source>
        <translation>Arbeit, die beim Ende des Programms weder gespeichert noch verworfen war</translation>
    </message>
    <message>
        <source>Write a comment on this epoch</source>
        <translation>Einen Kommentar zu dieser Epoche schreiben</translation>
    </message>
    <message>
        <source>Write copy</source>
        <translation>Kopie schreiben</translation>
    </message>
    <message>
        <source>Write the values as numbers with blanks between.</source>
        <translation>Schreiben Sie die Werte als Zahlen mit Leerzeichen dazwischen.</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Wird geschrieben</translation>
    </message>
    <message>
        <source>Writing {file}</source>
        <translation>{file} wird geschrieben</translation>
    </message>
    <message>
        <source>Wrong unit</source>
        <translation>Falsche Einheit</translation>
    </message>
    <message>
        <source>Wrote the copy.</source>
        <translation>Kopie geschrieben.</translation>
    </message>
    <message>
        <source>Wrote the report {path}.</source>
        <translation>Bericht {path} geschrieben.</translation>
    </message>
    <message>
        <source>Wrote the report.</source>
        <translation>Bericht geschrieben.</translation>
    </message>
    <message>
        <source>Wrote {path}.</source>
        <translation>{path} geschrieben.</translation>
    </message>
    <message>
        <source>YASA is not installed; install it with: pip install &apos;sleepscorer[yasa]&apos;</source>
        <translation>YASA ist nicht installiert; installieren Sie es mit: pip install &apos;sleepscorer[yasa]&apos;</translation>
    </message>
    <message>
        <source>YASA text, labels</source>
        <translation>YASA-Text, Bezeichnungen</translation>
    </message>
    <message>
        <source>YASA text, numbers</source>
        <translation>YASA-Text, Zahlen</translation>
    </message>
    <message>
        <source>You answer for every stage and event of this night.</source>
        <translation>Sie stehen für jedes Stadium und jedes Ereignis dieser Nacht ein.</translation>
    </message>
    <message>
        <source>You score blind now: nothing of {name} or the model is shown.</source>
        <translation>Sie werten jetzt blind aus: Von {name} und dem Modell wird nichts gezeigt.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Ihr Name</translation>
    </message>
    <message>
        <source>Your name stands beside every stage that you give, and in reports:</source>
        <translation>Ihr Name steht bei jedem Stadium, das Sie geben, und in Berichten:</translation>
    </message>
    <message>
        <source>Zoom o&amp;ut</source>
        <translation>Nacht verkle&amp;inern</translation>
    </message>
    <message>
        <source>a K-complex in the first half</source>
        <translation>ein K-Komplex in der ersten Hälfte</translation>
    </message>
    <message>
        <source>a K-complex in the last half of the epoch before</source>
        <translation>ein K-Komplex in der letzten Hälfte der Epoche davor</translation>
    </message>
    <message>
        <source>a network</source>
        <translation>ein Netz</translation>
    </message>
    <message>
        <source>a note</source>
        <translation>eine Notiz</translation>
    </message>
    <message>
        <source>a recording</source>
        <translation>einer Aufzeichnung</translation>
    </message>
    <message>
        <source>a report has no &lt;{tag}&gt;</source>
        <translation>ein Bericht hat kein &lt;{tag}&gt;</translation>
    </message>
    <message>
        <source>a report has no style “{style}”</source>
        <translation>ein Bericht hat keinen Stil „{style}“</translation>
    </message>
    <message>
        <source>a report has no {name} in its &lt;{tag}&gt;</source>
        <translation>ein Bericht hat kein {name} in seinem &lt;{tag}&gt;</translation>
    </message>
    <message>
        <source>a sharp wave recurs with the heart ({correlation:.2f})</source>
        <translation>eine scharfe Welle kehrt mit dem Herzschlag wieder ({correlation:.2f})</translation>
    </message>
    <message>
        <source>a signal that does not look like whole EEG</source>
        <translation>ein Signal, das nicht wie ein vollständiges EEG aussieht</translation>
    </message>
    <message>
        <source>a spindle in the first half</source>
        <translation>eine Spindel in der ersten Hälfte</translation>
    </message>
    <message>
        <source>a spindle in the last half of the epoch before</source>
        <translation>eine Spindel in der letzten Hälfte der Epoche davor</translation>
    </message>
    <message>
        <source>a template is one file and includes no other ({reason})</source>
        <translation>eine Vorlage ist eine einzige Datei und bindet keine andere ein ({reason})</translation>
    </message>
    <message>
        <source>a template may not do this ({reason})</source>
        <translation>das darf eine Vorlage nicht ({reason})</translation>
    </message>
    <message>
        <source>a trace has no “{name}”</source>
        <translation>eine Kurve hat kein „{name}“</translation>
    </message>
    <message>
        <source>a trace is no object with a signal</source>
        <translation>eine Kurve ist kein Objekt mit einem Signal</translation>
    </message>
    <message>
        <source>a trace needs a signal</source>
        <translation>eine Kurve braucht ein Signal</translation>
    </message>
    <message>
        <source>activity above 16 Hz</source>
        <translation>Aktivität über 16 Hz</translation>
    </message>
    <message>
        <source>after {minutes:.1f} min</source>
        <translation>nach {minutes:.1f} min</translation>
    </message>
    <message>
        <source>airflow</source>
        <translation>Atemfluss</translation>
    </message>
    <message>
        <source>all stages last a multiple of {n} lines, so that a line is hardly an epoch of 30 s.</source>
        <translation>Alle Stadien dauern ein Vielfaches von {n} Zeilen, eine Zeile ist also kaum eine Epoche von 30 s.</translation>
    </message>
    <message>
        <source>alpha</source>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>alpha and theta</source>
        <translation>Alpha und Theta</translation>
    </message>
    <message>
        <source>amplitude that no EEG has</source>
        <translation>eine Amplitude, die kein EEG hat</translation>
    </message>
    <message>
        <source>an annotation of the file</source>
        <translation>eine Anmerkung der Datei</translation>
    </message>
    <message>
        <source>an own kind of events needs a name and a text for files</source>
        <translation>Eine eigene Ereignisart braucht einen Namen und einen Text für Dateien</translation>
    </message>
    <message>
        <source>an unknown time</source>
        <translation>unbekannter Zeit</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>and the others are no dates</source>
        <translation>und die anderen sind keine Daten</translation>
    </message>
    <message>
        <source>and {n} more, in the scoring</source>
        <translation>und {n} weitere, in der Auswertung</translation>
    </message>
    <message>
        <source>another unit</source>
        <translation>eine andere Einheit</translation>
    </message>
    <message>
        <source>arousal</source>
        <translation>Arousal</translation>
    </message>
    <message>
        <source>arousals</source>
        <translation>Arousals</translation>
    </message>
    <message>
        <source>artefact</source>
        <translation>Artefakt</translation>
    </message>
    <message>
        <source>artefact marks</source>
        <translation>Artefakte</translation>
    </message>
    <message>
        <source>as somebody typed it</source>
        <translation>wie jemand eingab</translation>
    </message>
    <message>
        <source>as stored</source>
        <translation>wie gespeichert</translation>
    </message>
    <message>
        <source>as the name</source>
        <translation>wie der Name</translation>
    </message>
    <message>
        <source>as the pressure of the device shows</source>
        <translation>wie der Druck des Geräts zeigt</translation>
    </message>
    <message>
        <source>as {by} says: “{text}”</source>
        <translation>wie {by} sagt: „{text}“</translation>
    </message>
    <message>
        <source>automatic scoring</source>
        <translation>automatische Auswertung</translation>
    </message>
    <message>
        <source>before</source>
        <translation>davor</translation>
    </message>
    <message>
        <source>begins with &lt;{tag}&gt;, not with &lt;{root}&gt;</source>
        <translation>beginnt mit &lt;{tag}&gt;, nicht mit &lt;{root}&gt;</translation>
    </message>
    <message>
        <source>blocks.{name} stands in &lt;{tag}&gt;; put it before or after that</source>
        <translation>blocks.{name} steht in &lt;{tag}&gt;; setzen Sie es davor oder dahinter</translation>
    </message>
    <message>
        <source>born {date}</source>
        <translation>geboren {date}</translation>
    </message>
    <message>
        <source>both</source>
        <translation>beide</translation>
    </message>
    <message>
        <source>breathing</source>
        <translation>Atmung</translation>
    </message>
    <message>
        <source>breathing, sweat or another slow signal</source>
        <translation>Atmung, Schwitzen oder ein anderes langsames Signal</translation>
    </message>
    <message>
        <source>broadband noise</source>
        <translation>breitbandiges Rauschen</translation>
    </message>
    <message>
        <source>calibrated</source>
        <translation>kalibriert</translation>
    </message>
    <message>
        <source>calibrated by {name}</source>
        <translation>kalibriert von {name}</translation>
    </message>
    <message>
        <source>calibration taken away by {name}</source>
        <translation>Kalibrierung weggenommen von {name}</translation>
    </message>
    <message>
        <source>central</source>
        <translation>zentral</translation>
    </message>
    <message>
        <source>change of {count} {count:event|events}</source>
        <translation>Änderung von {count} {count:Ereignis|Ereignissen}</translation>
    </message>
    <message>
        <source>change of {event}</source>
        <translation>{event} geändert</translation>
    </message>
    <message>
        <source>channels of events that are none of the recording</source>
        <translation>Kanäle von Ereignissen, die nicht zur Aufzeichnung gehören</translation>
    </message>
    <message>
        <source>chin EMG</source>
        <translation>Kinn-EMG</translation>
    </message>
    <message>
        <source>choose a shorter name</source>
        <translation>wählen Sie einen kürzeren Namen</translation>
    </message>
    <message>
        <source>choose another folder</source>
        <translation>wählen Sie einen anderen Ordner</translation>
    </message>
    <message>
        <source>choose another name</source>
        <translation>wählen Sie einen anderen Namen</translation>
    </message>
    <message>
        <source>clipped signal</source>
        <translation>abgeschnittenes Signal</translation>
    </message>
    <message>
        <source>column {number}</source>
        <translation>Spalte {number}</translation>
    </message>
    <message>
        <source>comes with SleepScorer</source>
        <translation>kommt mit SleepScorer</translation>
    </message>
    <message>
        <source>comment on epoch {epoch}</source>
        <translation>Kommentar zu Epoche {epoch}</translation>
    </message>
    <message>
        <source>comments</source>
        <translation>Kommentare</translation>
    </message>
    <message>
        <source>comments on epochs</source>
        <translation>Kommentare zu Epochen</translation>
    </message>
    <message>
        <source>compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>confidence</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>confirmation of {count} suggested {count:event|events}</source>
        <translation>Bestätigung von {count} {count:vorgeschlagenem Ereignis|vorgeschlagenen Ereignissen}</translation>
    </message>
    <message>
        <source>confirmation of {count} {count:epoch|epochs}</source>
        <translation>Bestätigung von {count} {count:Epoche|Epochen}</translation>
    </message>
    <message>
        <source>confirmation of {event}</source>
        <translation>Bestätigung von {event}</translation>
    </message>
    <message>
        <source>consensus of two scorers</source>
        <translation>Konsens zweier Auswerter</translation>
    </message>
    <message>
        <source>count as decided</source>
        <translation>zählen wie entschieden</translation>
    </message>
    <message>
        <source>counted</source>
        <translation>gezählt</translation>
    </message>
    <message>
        <source>cut link of {event}</source>
        <translation>getrennte Verknüpfung von {event}</translation>
    </message>
    <message>
        <source>date and time not known</source>
        <translation>Datum und Uhrzeit nicht bekannt</translation>
    </message>
    <message>
        <source>day {number}</source>
        <translation>Tag {number}</translation>
    </message>
    <message>
        <source>declares a document type, which no scoring needs</source>
        <translation>erklärt einen Dokumenttyp, den keine Auswertung braucht</translation>
    </message>
    <message>
        <source>deleted by {name}</source>
        <translation>gelöscht von {name}</translation>
    </message>
    <message>
        <source>do not count</source>
        <translation>zählen nicht</translation>
    </message>
    <message>
        <source>duration of a data record</source>
        <translation>Dauer eines Datensatzes</translation>
    </message>
    <message>
        <source>each 30-s epoch got the stage that fills most of it ({n} of them hold more than one stage)</source>
        <translation>jede 30-s-Epoche bekam das Stadium, das den größten Teil von ihr füllt ({n} enthalten mehr als ein Stadium)</translation>
    </message>
    <message>
        <source>either epochs are missing between the lines, or epochs are short.</source>
        <translation>Entweder fehlen Epochen zwischen den Zeilen, oder die Epochen sind kurz.</translation>
    </message>
    <message>
        <source>ended too early</source>
        <translation>zu früh beendet</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>events</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>eye</source>
        <translation>Auge</translation>
    </message>
    <message>
        <source>eye movements</source>
        <translation>Augenbewegungen</translation>
    </message>
    <message>
        <source>faster</source>
        <translation>schneller</translation>
    </message>
    <message>
        <source>female</source>
        <translation>weiblich</translation>
    </message>
    <message>
        <source>first</source>
        <translation>erste</translation>
    </message>
    <message>
        <source>first | last half; × the night&apos;s lowest</source>
        <translation>1. | 2. Hälfte; × Tiefstwert</translation>
    </message>
    <message>
        <source>first, per hour</source>
        <translation>erste, je Stunde</translation>
    </message>
    <message>
        <source>flat signal</source>
        <translation>flaches Signal</translation>
    </message>
    <message>
        <source>for the stage ↑   against ↓</source>
        <translation>für das Stadium ↑   dagegen ↓</translation>
    </message>
    <message>
        <source>gap</source>
        <translation>Lücke</translation>
    </message>
    <message>
        <source>gone back by {name}</source>
        <translation>zurückgegangen von {name}</translation>
    </message>
    <message>
        <source>hand, doubt</source>
        <translation>Hand, unsicher</translation>
    </message>
    <message>
        <source>has a text longer than any scoring&apos;s</source>
        <translation>hat einen Text, der länger ist als in jeder Auswertung</translation>
    </message>
    <message>
        <source>has more elements than any scoring</source>
        <translation>hat mehr Elemente als jede Auswertung</translation>
    </message>
    <message>
        <source>has no date where others have one, or one more</source>
        <translation>hat kein Datum, wo andere eines haben, oder eines mehr</translation>
    </message>
    <message>
        <source>import of {file}</source>
        <translation>Import von {file}</translation>
    </message>
    <message>
        <source>imported by {name}</source>
        <translation>eingelesen von {name}</translation>
    </message>
    <message>
        <source>imported from {file}</source>
        <translation>importiert aus {file}</translation>
    </message>
    <message>
        <source>in review</source>
        <translation>in Durchsicht</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>verwendet</translation>
    </message>
    <message>
        <source>in use, decided by {name}</source>
        <translation>verwendet, entschieden von {name}</translation>
    </message>
    <message>
        <source>is</source>
        <translation>ist</translation>
    </message>
    <message>
        <source>is a year or more from another row</source>
        <translation>ist ein Jahr oder mehr von einer anderen Zeile entfernt</translation>
    </message>
    <message>
        <source>is before the beginning</source>
        <translation>liegt vor dem Anfang</translation>
    </message>
    <message>
        <source>is no clock time</source>
        <translation>ist keine Uhrzeit</translation>
    </message>
    <message>
        <source>is no date</source>
        <translation>ist kein Datum</translation>
    </message>
    <message>
        <source>is no duration</source>
        <translation>ist keine Dauer</translation>
    </message>
    <message>
        <source>is no number of an epoch</source>
        <translation>ist keine Nummer einer Epoche</translation>
    </message>
    <message>
        <source>is no number that an onset can have</source>
        <translation>ist keine Zahl, die eine Anfangszeit haben kann</translation>
    </message>
    <message>
        <source>is no sleep stage, and most others are none (known are W, N1, N2, N3, R, their older names, and numbers)</source>
        <translation>ist kein Schlafstadium, und die meisten anderen sind auch keine (bekannt sind W, N1, N2, N3, R, ihre älteren Namen und Zahlen)</translation>
    </message>
    <message>
        <source>is no time</source>
        <translation>ist keine Zeit</translation>
    </message>
    <message>
        <source>it begins at {start}, not at {wanted}</source>
        <translation>sie beginnt um {start}, nicht um {wanted}</translation>
    </message>
    <message>
        <source>it does not answer within {limit_s:g} s</source>
        <translation>keine Antwort innerhalb von {limit_s:g} s</translation>
    </message>
    <message>
        <source>it gives more than any report has, or never ends</source>
        <translation>sie ergibt mehr, als ein Bericht je enthält, oder endet nie</translation>
    </message>
    <message>
        <source>it is a pipe or device, no ordinary file</source>
        <translation>es ist eine Pipe oder ein Gerät, keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>it is closed</source>
        <translation>sie ist geschlossen</translation>
    </message>
    <message>
        <source>it is nested deeper than any template</source>
        <translation>sie ist tiefer verschachtelt als jede Vorlage</translation>
    </message>
    <message>
        <source>it is of another version</source>
        <translation>sie gehört zu einer anderen Version</translation>
    </message>
    <message>
        <source>it lasts {duration_s:g} s, not {wanted_s:g} s</source>
        <translation>sie dauert {duration_s:g} s, nicht {wanted_s:g} s</translation>
    </message>
    <message>
        <source>it makes no sense there ({reason})</source>
        <translation>sie ergibt dort keinen Sinn ({reason})</translation>
    </message>
    <message>
        <source>it names what no report has ({reason})</source>
        <translation>sie nennt, was kein Bericht hat ({reason})</translation>
    </message>
    <message>
        <source>its channels are {labels}, not {wanted}</source>
        <translation>ihre Kanäle sind {labels}, nicht {wanted}</translation>
    </message>
    <message>
        <source>its folder did not answer until that was given up</source>
        <translation>sein Ordner antwortete nicht, bis das aufgegeben wurde</translation>
    </message>
    <message>
        <source>its signals are others, though start, length and channels are the same</source>
        <translation>ihre Signale sind andere, obwohl Beginn, Dauer und Kanäle dieselben sind</translation>
    </message>
    <message>
        <source>latency*</source>
        <translation>Latenz*</translation>
    </message>
    <message>
        <source>learn</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>left for later by {name}</source>
        <translation>auf später verschoben von {name}</translation>
    </message>
    <message>
        <source>length of the header</source>
        <translation>Länge des Headers</translation>
    </message>
    <message>
        <source>light on for a while</source>
        <translation>Licht vorübergehend an</translation>
    </message>
    <message>
        <source>lights off</source>
        <translation>Licht aus</translation>
    </message>
    <message>
        <source>lights off and on</source>
        <translation>„Licht aus“ und „Licht an“</translation>
    </message>
    <message>
        <source>lights off {time}</source>
        <translation>Licht aus {time}</translation>
    </message>
    <message>
        <source>lights on</source>
        <translation>Licht an</translation>
    </message>
    <message>
        <source>lights on {time}</source>
        <translation>Licht an {time}</translation>
    </message>
    <message>
        <source>limb</source>
        <translation>Bein</translation>
    </message>
    <message>
        <source>limb movements</source>
        <translation>Beinbewegungen</translation>
    </message>
    <message>
        <source>line {line} among the stages begins as comments do.</source>
        <translation>Zeile {line} zwischen den Stadien beginnt wie ein Kommentar.</translation>
    </message>
    <message>
        <source>link of {event}</source>
        <translation>Verknüpfung von {event}</translation>
    </message>
    <message>
        <source>longer than {limit} s</source>
        <translation>länger als {limit} s</translation>
    </message>
    <message>
        <source>lowest SpO₂</source>
        <translation>SpO₂ min.</translation>
    </message>
    <message>
        <source>mains interference</source>
        <translation>Netzstörung</translation>
    </message>
    <message>
        <source>make room on the disk, or choose another folder</source>
        <translation>schaffen Sie Platz auf dem Datenträger, oder wählen Sie einen anderen Ordner</translation>
    </message>
    <message>
        <source>male</source>
        <translation>männlich</translation>
    </message>
    <message>
        <source>mark of {event}</source>
        <translation>{event} markiert</translation>
    </message>
    <message>
        <source>maybe</source>
        <translation>vielleicht</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>mild</source>
        <translation>leicht</translation>
    </message>
    <message>
        <source>min after lights off</source>
        <translation>min nach „Licht aus“</translation>
    </message>
    <message>
        <source>minus</source>
        <translation>minus</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>moderate</source>
        <translation>mittel</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>next</source>
        <translation>danach</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>no EEG</source>
        <translation>kein EEG</translation>
    </message>
    <message>
        <source>no artefact</source>
        <translation>kein Artefakt</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>no second scoring</source>
        <translation>keine zweite Auswertung</translation>
    </message>
    <message>
        <source>no sleep</source>
        <translation>kein Schlaf</translation>
    </message>
    <message>
        <source>no stage for epoch {first}</source>
        <translation>kein Stadium für Epoche {first}</translation>
    </message>
    <message>
        <source>no stage for {count} {count:epoch|epochs}</source>
        <translation>kein Stadium für {count} {count:Epoche|Epochen}</translation>
    </message>
    <message>
        <source>no value</source>
        <translation>kein Wert</translation>
    </message>
    <message>
        <source>nobody, or not known</source>
        <translation>niemandem, oder nicht bekannt</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>none, under 5</source>
        <translation>keiner, unter 5</translation>
    </message>
    <message>
        <source>not in a channel of {kind}</source>
        <translation>in keinem Kanal für {kind}</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>not known of every nap</source>
        <translation>nicht von jedem bekannt</translation>
    </message>
    <message>
        <source>not marked</source>
        <translation>nicht markiert</translation>
    </message>
    <message>
        <source>not named</source>
        <translation>nicht genannt</translation>
    </message>
    <message>
        <source>not read</source>
        <translation>nicht gelesen</translation>
    </message>
    <message>
        <source>not recorded</source>
        <translation>nicht erfasst</translation>
    </message>
    <message>
        <source>not scored</source>
        <translation>nicht ausgewertet</translation>
    </message>
    <message>
        <source>not scored by a model</source>
        <translation>nicht von einem Modell ausgewertet</translation>
    </message>
    <message>
        <source>not scored yet</source>
        <translation>noch nicht ausgewertet</translation>
    </message>
    <message>
        <source>not signed</source>
        <translation>nicht unterzeichnet</translation>
    </message>
    <message>
        <source>not signed off</source>
        <translation>nicht abgezeichnet</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <source>not supine</source>
        <translation>andere Lage</translation>
    </message>
    <message>
        <source>not**</source>
        <translation>nicht**</translation>
    </message>
    <message>
        <source>notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>nothing (as it is stored)</source>
        <translation>nichts (wie gespeichert)</translation>
    </message>
    <message>
        <source>nothing says how long each stage lasts, and some lines are further apart than others.</source>
        <translation>Nichts sagt, wie lange jedes Stadium dauert, und manche Zeilen liegen weiter auseinander als andere.</translation>
    </message>
    <message>
        <source>nothing says how long each stage lasts, and the lines are {step_s:g} s apart.</source>
        <translation>Nichts sagt, wie lange jedes Stadium dauert, und die Zeilen liegen {step_s:g} s auseinander.</translation>
    </message>
    <message>
        <source>number of data records</source>
        <translation>Zahl der Datensätze</translation>
    </message>
    <message>
        <source>number of signals</source>
        <translation>Zahl der Signale</translation>
    </message>
    <message>
        <source>of TST</source>
        <translation>der TST</translation>
    </message>
    <message>
        <source>of another name</source>
        <translation>anders benannt</translation>
    </message>
    <message>
        <source>of signal {number}, “{label}”,</source>
        <translation>von Signal {number}, „{label}“,</translation>
    </message>
    <message>
        <source>of the sleep with a value</source>
        <translation>vom Schlaf mit einem Wert</translation>
    </message>
    <message>
        <source>of the stages</source>
        <translation>lichkeiten</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>once</source>
        <translation>einmal</translation>
    </message>
    <message>
        <source>one of the signals that {name} is taken against is empty</source>
        <translation>eines der Signale, gegen die {name} gemessen wird, ist leer</translation>
    </message>
    <message>
        <source>one place</source>
        <translation>einer Stelle</translation>
    </message>
    <message>
        <source>or an arousal</source>
        <translation>oder ein Arousal</translation>
    </message>
    <message>
        <source>other</source>
        <translation>andere</translation>
    </message>
    <message>
        <source>other…</source>
        <translation>andere…</translation>
    </message>
    <message>
        <source>own ({fall:g} % or arousal)</source>
        <translation>eigene ({fall:g} % oder Arousal)</translation>
    </message>
    <message>
        <source>own ({fall:g} %)</source>
        <translation>eigene ({fall:g} %)</translation>
    </message>
    <message>
        <source>oxygen saturation of events</source>
        <translation>die Sauerstoffsättigung von Ereignissen</translation>
    </message>
    <message>
        <source>patient not named</source>
        <translation>Patient nicht genannt</translation>
    </message>
    <message>
        <source>plain rules</source>
        <translation>einfache Regeln</translation>
    </message>
    <message>
        <source>proposed by the model</source>
        <translation>Vorschlag des Modells</translation>
    </message>
    <message>
        <source>psgscoring did not come to an end ({reason}); let the plain rules suggest events.</source>
        <translation>psgscoring kam nicht zu einem Ende ({reason}); lassen Sie die einfachen Regeln Ereignisse vorschlagen.</translation>
    </message>
    <message>
        <source>psgscoring failed on this night ({reason}); let the plain rules suggest events.</source>
        <translation>psgscoring scheiterte an dieser Nacht ({reason}); lassen Sie die einfachen Regeln Ereignisse vorschlagen.</translation>
    </message>
    <message>
        <source>psgscoring found it with a confidence of {confidence:.0%}.</source>
        <translation>psgscoring hat es gefunden, mit einer Konfidenz von {confidence:.0%}.</translation>
    </message>
    <message>
        <source>psgscoring found it.</source>
        <translation>psgscoring hat es gefunden.</translation>
    </message>
    <message>
        <source>psgscoring is not installed: pip install &apos;sleepscorer[events]&apos;, or let the plain rules suggest events.</source>
        <translation>psgscoring ist nicht installiert: pip install &apos;sleepscorer[events]&apos;, oder lassen Sie die einfachen Regeln Ereignisse vorschlagen.</translation>
    </message>
    <message>
        <source>psgscoring, and plain rules for all but breathing</source>
        <translation>psgscoring, und einfache Regeln für alles außer der Atmung</translation>
    </message>
    <message>
        <source>reading it crashed</source>
        <translation>das Lesen ist abgestürzt</translation>
    </message>
    <message>
        <source>reading it takes more than {limit_s:g} s</source>
        <translation>sie zu lesen dauert länger als {limit_s:g} s</translation>
    </message>
    <message>
        <source>rejected by {name}</source>
        <translation>abgelehnt von {name}</translation>
    </message>
    <message>
        <source>rejection of {count} suggested {count:event|events}</source>
        <translation>Verwerfen von {count} {count:vorgeschlagenem Ereignis|vorgeschlagenen Ereignissen}</translation>
    </message>
    <message>
        <source>rejection of {event}</source>
        <translation>Verwerfen von {event}</translation>
    </message>
    <message>
        <source>remark</source>
        <translation>Bemerkung</translation>
    </message>
    <message>
        <source>remarks on events</source>
        <translation>Bemerkungen zu Ereignissen</translation>
    </message>
    <message>
        <source>removal of {count} {count:mark|marks}</source>
        <translation>Entfernen von {count} {count:Markierung|Markierungen}</translation>
    </message>
    <message>
        <source>removal of {event}</source>
        <translation>{event} entfernt</translation>
    </message>
    <message>
        <source>respiratory</source>
        <translation>Atmung</translation>
    </message>
    <message>
        <source>respiratory events</source>
        <translation>respiratorische Ereignisse</translation>
    </message>
    <message>
        <source>restored work</source>
        <translation>wiederhergestellte Arbeit</translation>
    </message>
    <message>
        <source>risk</source>
        <translation>Risiko</translation>
    </message>
    <message>
        <source>row {n} is not a probability distribution</source>
        <translation>Zeile {n} ist keine Verteilung von Wahrscheinlichkeiten</translation>
    </message>
    <message>
        <source>samples per data record {signal}</source>
        <translation>Messwerte je Datensatz {signal}</translation>
    </message>
    <message>
        <source>scored by {scorer}</source>
        <translation>ausgewertet von {scorer}</translation>
    </message>
    <message>
        <source>scored by {scorer}, imported from {file}</source>
        <translation>ausgewertet von {scorer}, importiert aus {file}</translation>
    </message>
    <message>
        <source>scored by {source}</source>
        <translation>ausgewertet von {source}</translation>
    </message>
    <message>
        <source>scored twice</source>
        <translation>doppelt ausgewertet</translation>
    </message>
    <message>
        <source>second</source>
        <translation>zweite</translation>
    </message>
    <message>
        <source>second scoring</source>
        <translation>zweite Auswertung</translation>
    </message>
    <message>
        <source>second scoring by {name}</source>
        <translation>zweite Auswertung von {name}</translation>
    </message>
    <message>
        <source>second, per hour</source>
        <translation>zweite, je Stunde</translation>
    </message>
    <message>
        <source>severe</source>
        <translation>schwer</translation>
    </message>
    <message>
        <source>shorter than {limit} s</source>
        <translation>kürzer als {limit} s</translation>
    </message>
    <message>
        <source>sign-off by {name}</source>
        <translation>Abzeichnung durch {name}</translation>
    </message>
    <message>
        <source>signed off</source>
        <translation>abgezeichnet</translation>
    </message>
    <message>
        <source>signed off by {name}</source>
        <translation>abgezeichnet von {name}</translation>
    </message>
    <message>
        <source>sleep onset</source>
        <translation>Einschlafen</translation>
    </message>
    <message>
        <source>slow eye</source>
        <translation>Auge langsam</translation>
    </message>
    <message>
        <source>slow waves and K-complexes</source>
        <translation>langsame Wellen und K-Komplexe</translation>
    </message>
    <message>
        <source>slower</source>
        <translation>langsamer</translation>
    </message>
    <message>
        <source>spindle, K</source>
        <translation>Spindel, K</translation>
    </message>
    <message>
        <source>spindles and vertex waves</source>
        <translation>Spindeln und Vertexwellen</translation>
    </message>
    <message>
        <source>staged</source>
        <translation>klassifiziert</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>supine</source>
        <translation>Rückenlage</translation>
    </message>
    <message>
        <source>supine R</source>
        <translation>Rücken, R</translation>
    </message>
    <message>
        <source>the channels of events</source>
        <translation>die Kanäle von Ereignissen</translation>
    </message>
    <message>
        <source>the clock goes from {before} to {after} without AM and PM.</source>
        <translation>Die Uhr geht von {before} auf {after}, ohne AM und PM.</translation>
    </message>
    <message>
        <source>the clock goes from {before} to {after}.</source>
        <translation>Die Uhr geht von {before} auf {after}.</translation>
    </message>
    <message>
        <source>the colour of {name} is “{colour}”, not like #1F2328</source>
        <translation>die Farbe von {name} ist „{colour}“, nicht wie #1F2328</translation>
    </message>
    <message>
        <source>the date on which the scoring begins</source>
        <translation>das Datum, an dem die Auswertung beginnt</translation>
    </message>
    <message>
        <source>the filter of {name} begins at {low_hz:g} Hz and ends at {high_hz:g} Hz; the second must be the higher one</source>
        <translation>der Filter von {name} beginnt bei {low_hz:g} Hz und endet bei {high_hz:g} Hz; die zweite Frequenz muss die höhere sein</translation>
    </message>
    <message>
        <source>the first epoch has the number {base}.</source>
        <translation>Die erste Epoche hat die Nummer {base}.</translation>
    </message>
    <message>
        <source>the first line (“{text}”) is no stage: a heading, or the first epoch without a stage.</source>
        <translation>Die erste Zeile („{text}“) ist kein Stadium: eine Überschrift oder die erste Epoche, ohne Stadium.</translation>
    </message>
    <message>
        <source>the first scorer</source>
        <translation>der erste Auswerter</translation>
    </message>
    <message>
        <source>the first {n} lines (“{text}” …) are no stages: a heading, or epochs without a stage.</source>
        <translation>Die ersten {n} Zeilen („{text}“ …) sind keine Stadien: eine Überschrift oder Epochen ohne Stadium.</translation>
    </message>
    <message>
        <source>the head of a page holds neither a figure nor a page break</source>
        <translation>der Kopf einer Seite enthält weder Abbildung noch Seitenumbruch</translation>
    </message>
    <message>
        <source>the height of {name} is {height:g}; it must be positive</source>
        <translation>die Höhe von {name} ist {height:g}; sie muss positiv sein</translation>
    </message>
    <message>
        <source>the model&apos;s probabilities</source>
        <translation>die Wahrscheinlichkeiten des Modells</translation>
    </message>
    <message>
        <source>the model&apos;s probabilities, to four decimals</source>
        <translation>die Wahrscheinlichkeiten des Modells auf vier Stellen</translation>
    </message>
    <message>
        <source>the network failed ({reason})</source>
        <translation>das Netz ist gescheitert ({reason})</translation>
    </message>
    <message>
        <source>the numbers {numbers} stand beside words for the same stages</source>
        <translation>die Zahlen {numbers} stehen neben Wörtern für dieselben Stadien</translation>
    </message>
    <message>
        <source>the only image is &lt;img src=&quot;logo&quot;/&gt;, that of the letterhead</source>
        <translation>das einzige Bild ist &lt;img src=&quot;logo&quot;/&gt;, das des Briefkopfs</translation>
    </message>
    <message>
        <source>the process that reads it does not begin</source>
        <translation>der Prozess, der sie liest, beginnt nicht</translation>
    </message>
    <message>
        <source>the scorer&apos;s name</source>
        <translation>der Name des Auswerters</translation>
    </message>
    <message>
        <source>the sign-off</source>
        <translation>die Abzeichnung</translation>
    </message>
    <message>
        <source>the time of day at which the scoring begins</source>
        <translation>die Uhrzeit, zu der die Auswertung beginnt</translation>
    </message>
    <message>
        <source>the times begin at 00:00.</source>
        <translation>Die Zeiten beginnen um 00:00.</translation>
    </message>
    <message>
        <source>the times end with {extent:g} and the shortest is {shortest:g}, which can hardly be seconds, and nothing says what else.</source>
        <translation>Die Zeiten enden mit {extent:g}, und die kürzeste ist {shortest:g}; das sind kaum Sekunden, und nichts sagt, was sonst.</translation>
    </message>
    <message>
        <source>the times from {first} to {last} are not in the recording, but they are twelve hours later, as when AM and PM are missing.</source>
        <translation>Die Zeiten von {first} bis {last} liegen nicht in der Aufzeichnung, zwölf Stunden später aber schon, wie wenn AM und PM fehlen.</translation>
    </message>
    <message>
        <source>theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>there is not enough memory for it</source>
        <translation>der Arbeitsspeicher reicht dafür nicht</translation>
    </message>
    <message>
        <source>there is not enough memory; close other programs and try again</source>
        <translation>der Arbeitsspeicher reicht nicht; schließen Sie andere Programme und versuchen Sie es noch einmal</translation>
    </message>
    <message>
        <source>theta</source>
        <translation>Theta</translation>
    </message>
    <message>
        <source>this</source>
        <translation>diese</translation>
    </message>
    <message>
        <source>this recording</source>
        <translation>dieser Aufzeichnung</translation>
    </message>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>times of the lights</source>
        <translation>Lichtzeiten</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>torch, which runs the network, can&apos;t be loaded ({error}). Scoring by hand, saving and exporting work without it; install SleepScorer again to stage.</source>
        <translation>torch, das das Netz rechnet, kann nicht geladen werden ({error}). Bewerten von Hand, Speichern und Exportieren gehen ohne; installieren Sie SleepScorer neu, um automatisch zu bewerten.</translation>
    </message>
    <message>
        <source>trained for {name}</source>
        <translation>trainiert für {name}</translation>
    </message>
    <message>
        <source>unscored</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>use --out FILE</source>
        <translation>nehmen Sie --out DATEI</translation>
    </message>
    <message>
        <source>usual</source>
        <translation>üblich</translation>
    </message>
    <message>
        <source>waits to be staged</source>
        <translation>wartet auf die Klassifikation</translation>
    </message>
    <message>
        <source>what other versions of the model predict</source>
        <translation>was andere Versionen des Modells vorhersagen</translation>
    </message>
    <message>
        <source>what was staged stays, and the same command goes on with the rest, without --json or with its output elsewhere</source>
        <translation>was klassifiziert wurde, bleibt, und derselbe Befehl macht mit dem Rest weiter, ohne --json oder mit seiner Ausgabe an anderem Ort</translation>
    </message>
    <message>
        <source>which events a person linked or parted</source>
        <translation>welche Ereignisse jemand verknüpft oder getrennt hat</translation>
    </message>
    <message>
        <source>which events a person linked or parted, where it does not hold both of them</source>
        <translation>welche Ereignisse jemand verknüpft oder getrennt hat, wo es nicht beide enthält</translation>
    </message>
    <message>
        <source>which suggested events were rejected</source>
        <translation>welche vorgeschlagenen Ereignisse verworfen wurden</translation>
    </message>
    <message>
        <source>which version of a model gave a stage, and whether a scorer saw it</source>
        <translation>welche Version eines Modells ein Stadium vergeben hat, und ob der Auswerter das gesehen hat</translation>
    </message>
    <message>
        <source>who gave each stage</source>
        <translation>wer jedes Stadium vergeben hat</translation>
    </message>
    <message>
        <source>who marked each event</source>
        <translation>wer jedes Ereignis markiert hat</translation>
    </message>
    <message>
        <source>with treatment</source>
        <translation>mit Behandlung</translation>
    </message>
    <message>
        <source>without a source</source>
        <translation>ohne Quelle vergeben</translation>
    </message>
    <message>
        <source>without treatment</source>
        <translation>ohne Behandlung</translation>
    </message>
    <message>
        <source>without {hz} Hz</source>
        <translation>ohne {hz} Hz</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>your name</source>
        <translation>Ihr Name</translation>
    </message>
    <message>
        <source>{ahi}; its class is certain after about {n} more {n:decision|decisions}.</source>
        <translation>{ahi}; seine Klasse steht nach etwa {n} {n:weiteren Entscheidung|weiteren Entscheidungen} fest.</translation>
    </message>
    <message>
        <source>{ahi}; its class is certain.</source>
        <translation>{ahi}; seine Klasse steht fest.</translation>
    </message>
    <message>
        <source>{at:%d %B %Y, %H:%M}</source>
        <translation>{at:%d.%m.%Y, %H:%M}</translation>
    </message>
    <message>
        <source>{at} has an impossible time (duration {duration_s:g} s).</source>
        <translation>{at} hat eine unmögliche Zeit (Dauer {duration_s:g} s).</translation>
    </message>
    <message>
        <source>{at} has an “@” where EDF+ would take what follows for a channel; write it differently.</source>
        <translation>{at} enthält ein „@“, nach dem EDF+ einen Kanal erwartet; schreiben Sie es anders.</translation>
    </message>
    <message>
        <source>{at} has no text; give it one or delete it.</source>
        <translation>{at} hat keinen Text; geben Sie ihr einen oder löschen Sie sie.</translation>
    </message>
    <message>
        <source>{change} Nothing was written.</source>
        <translation>{change} Nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>{command} can&apos;t be started: {reason}.</source>
        <translation>{command} kann nicht gestartet werden: {reason}.</translation>
    </message>
    <message>
        <source>{command} can&apos;t be started: {reason}. Install SleepScorer again.</source>
        <translation>{command} kann nicht gestartet werden: {reason}. Installieren Sie SleepScorer noch einmal.</translation>
    </message>
    <message>
        <source>{count} suggested {count:event|events}</source>
        <translation>{count} {count:vorgeschlagenes Ereignis|vorgeschlagene Ereignisse}</translation>
    </message>
    <message>
        <source>{count} {count:rejection|rejections} forgotten</source>
        <translation>{count} {count:verworfener Vorschlag|verworfene Vorschläge} vergessen</translation>
    </message>
    <message>
        <source>{day:%d %B %Y}</source>
        <translation>{day:%d.%m.%Y}</translation>
    </message>
    <message>
        <source>{derivation} agrees with the result</source>
        <translation>{derivation} stimmt mit dem Ergebnis überein</translation>
    </message>
    <message>
        <source>{derivation} from {first} to {last}: {fault}</source>
        <translation>{derivation} von {first} bis {last}: {fault}</translation>
    </message>
    <message>
        <source>{derivation} from {first} to {last}: {stage}</source>
        <translation>{derivation} von {first} bis {last}: {stage}</translation>
    </message>
    <message>
        <source>{derivation} was left out from {first} to {last}: {fault}.</source>
        <translation>{derivation} zählte von {first} bis {last} nicht: {fault}.</translation>
    </message>
    <message>
        <source>{derivation}: being computed…</source>
        <translation>{derivation}: wird berechnet…</translation>
    </message>
    <message>
        <source>{done} of {all} done</source>
        <translation>{done} von {all} erledigt</translation>
    </message>
    <message>
        <source>{done}, at most about {minutes} min left</source>
        <translation>{done}, noch höchstens etwa {minutes} min</translation>
    </message>
    <message>
        <source>{engine} (not installed)</source>
        <translation>{engine} (nicht installiert)</translation>
    </message>
    <message>
        <source>{epochs} and {n} more</source>
        <translation>{epochs} und {n} weitere</translation>
    </message>
    <message>
        <source>{event} at {time}</source>
        <translation>{event} um {time}</translation>
    </message>
    <message>
        <source>{event} at {time} would leave the recording; nothing was changed.</source>
        <translation>{event} um {time} läge nicht mehr in der Aufzeichnung; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>{event} at {time}: the network could not judge this epoch.</source>
        <translation>{event} um {time}: Diese Epoche konnte das Netz nicht beurteilen.</translation>
    </message>
    <message>
        <source>{event} at {time}: {probability} by {model} on {derivation}. It is no event and counts nowhere until somebody marks one.</source>
        <translation>{event} um {time}: {probability} nach {model} auf {derivation}. Das ist kein Ereignis und zählt nirgends, bis jemand eines markiert.</translation>
    </message>
    <message>
        <source>{event} confirmed.</source>
        <translation>{event} bestätigt.</translation>
    </message>
    <message>
        <source>{event} is yours now, as you changed it.</source>
        <translation>{event} ist jetzt Ihr Ereignis, so wie Sie es geändert haben.</translation>
    </message>
    <message>
        <source>{event}, {seconds} s: {doubts} (AASM Manual: “{rule}”). It stays as it is.</source>
        <translation>{event}, {seconds} s: {doubts} (AASM-Manual: „{rule}“). Es bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>{event}: drag over a trace, or hold the mouse over the place in it, first.</source>
        <translation>{event}: Ziehen Sie zuerst über eine Kurve, oder halten Sie die Maus über die Stelle darin.</translation>
    </message>
    <message>
        <source>{event}?</source>
        <translation>{event}?</translation>
    </message>
    <message>
        <source>{fault} {n}</source>
        <translation>{fault} {n}</translation>
    </message>
    <message>
        <source>{fewest} or {usual}</source>
        <translation>{fewest} oder {usual}</translation>
    </message>
    <message>
        <source>{file}
This journal is damaged at its beginning; nothing can be restored from it.</source>
        <translation>{file}
Dieses Journal ist am Anfang beschädigt; daraus lässt sich nichts wiederherstellen.</translation>
    </message>
    <message>
        <source>{file} can&apos;t be found now; File &gt; Unsaved work keeps it.</source>
        <translation>{file} ist jetzt nicht zu finden; Datei &gt; Ungespeicherte Arbeit bewahrt sie auf.</translation>
    </message>
    <message>
        <source>{file} can&apos;t be read ({reason}), so it was left alone.</source>
        <translation>{file} lässt sich nicht lesen ({reason}) und blieb daher unverändert.</translation>
    </message>
    <message>
        <source>{file} can&apos;t be read any more at byte {position} ({error}); check that the disk or network share is still there and open it again.</source>
        <translation>{file} kann bei Byte {position} nicht mehr gelesen werden ({error}); prüfen Sie, ob Datenträger oder Netzlaufwerk noch da sind, und öffnen Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>{file} can&apos;t be read any more at {start_s:.0f} s: {change}</source>
        <translation>{file} kann bei {start_s:.0f} s nicht mehr gelesen werden: {change}</translation>
    </message>
    <message>
        <source>{file} can&apos;t be read any more at {start_s:.0f} s: {error}</source>
        <translation>{file} kann bei {start_s:.0f} s nicht mehr gelesen werden: {error}</translation>
    </message>
    <message>
        <source>{file} can&apos;t be read as a session ({reason}); go on with the recording itself, or with an earlier copy of the session.</source>
        <translation>{file} kann nicht als Sitzung gelesen werden ({reason}); arbeiten Sie mit der Aufzeichnung selbst oder einer früheren Kopie der Sitzung weiter.</translation>
    </message>
    <message>
        <source>{file} can&apos;t be read as a session: it does not begin like one. Choose a session that SleepScorer saved, or the recording itself.</source>
        <translation>{file} kann nicht als Sitzung gelesen werden: Die Datei beginnt nicht wie eine. Wählen Sie eine Sitzung, die SleepScorer gespeichert hat, oder die Aufzeichnung selbst.</translation>
    </message>
    <message>
        <source>{file} can&apos;t be read as a session: it is not as it was saved, perhaps not copied completely. Go on with the recording itself, or with an earlier copy of the session.</source>
        <translation>{file} kann nicht als Sitzung gelesen werden: Die Datei ist nicht, wie sie gespeichert wurde, vielleicht nicht vollständig kopiert. Arbeiten Sie mit der Aufzeichnung selbst oder einer früheren Kopie der Sitzung weiter.</translation>
    </message>
    <message>
        <source>{file} can&apos;t be read by MNE: the file {name} that it names is not beside it, nor is {other}; put it there.</source>
        <translation>{file} kann von MNE nicht gelesen werden: Die Datei {name}, die darin genannt ist, liegt nicht daneben, und {other} auch nicht; legen Sie sie dorthin.</translation>
    </message>
    <message>
        <source>{file} can&apos;t be read by MNE: {error}</source>
        <translation>{file} kann von MNE nicht gelesen werden: {error}</translation>
    </message>
    <message>
        <source>{file} can&apos;t be read by MNE: {reason}</source>
        <translation>{file} kann von MNE nicht gelesen werden: {reason}</translation>
    </message>
    <message>
        <source>{file} can&apos;t be read: {reason}.</source>
        <translation>{file} ist nicht lesbar: {reason}.</translation>
    </message>
    <message>
        <source>{file} can&apos;t be written as EDF+, because of the signal “{signal}”: {error}.</source>
        <translation>{file} kann wegen des Signals „{signal}“ nicht als EDF+ geschrieben werden: {error}.</translation>
    </message>
    <message>
        <source>{file} can&apos;t be written as EDF+: {error}.</source>
        <translation>{file} kann nicht als EDF+ geschrieben werden: {error}.</translation>
    </message>
    <message>
        <source>{file} can&apos;t be written, because there are no annotations.</source>
        <translation>{file} kann nicht geschrieben werden, weil es keine Annotationen gibt.</translation>
    </message>
    <message>
        <source>{file} can&apos;t be written, because there are no signals.</source>
        <translation>{file} kann nicht geschrieben werden, weil es keine Signale gibt.</translation>
    </message>
    <message>
        <source>{file} can&apos;t be written: EDF+ holds recordings of the years 1985 to 2084, not of {year}.</source>
        <translation>{file} kann nicht geschrieben werden: EDF+ nimmt Aufzeichnungen der Jahre 1985 bis 2084 auf, keine von {year}.</translation>
    </message>
    <message>
        <source>{file} can&apos;t be written: EDFbrowser&apos;s XML holds clock times and the recording does not say when it begins; choose EDFbrowser&apos;s CSV.</source>
        <translation>{file} kann nicht geschrieben werden: Das XML von EDFbrowser enthält Uhrzeiten, und die Aufzeichnung sagt nicht, wann sie beginnt; wählen Sie das CSV von EDFbrowser.</translation>
    </message>
    <message>
        <source>{file} can&apos;t be written: the annotation “{text}” at {onset_s:g} s</source>
        <translation>{file} kann nicht geschrieben werden: Die Annotation „{text}“ bei {onset_s:g} s</translation>
    </message>
    <message>
        <source>{file} could not be loaded: {cause}.</source>
        <translation>{file} konnte nicht geladen werden: {cause}.</translation>
    </message>
    <message>
        <source>{file} could not be staged: {cause}.</source>
        <translation>{file} konnte nicht ausgewertet werden: {cause}.</translation>
    </message>
    <message>
        <source>{file} does not begin with the names “{header}”.</source>
        <translation>{file} beginnt nicht mit den Namen „{header}“.</translation>
    </message>
    <message>
        <source>{file} does not fit completely:</source>
        <translation>{file} passt nicht vollständig:</translation>
    </message>
    <message>
        <source>{file} does not tell its recording, without which no session can be opened; name it with --recording.</source>
        <translation>{file} sagt nicht, welche die Aufzeichnung ist, ohne die keine Sitzung geöffnet werden kann; geben Sie sie mit --recording an.</translation>
    </message>
    <message>
        <source>{file} ends inside its header (after {n_bytes} of {n_expected} bytes); it was not copied completely.</source>
        <translation>{file} endet im Header (nach {n_bytes} von {n_expected} Byte); die Datei wurde nicht vollständig kopiert.</translation>
    </message>
    <message>
        <source>{file} failed, which is a fault of SleepScorer ({kind}: {cause}); the other files are not affected.</source>
        <translation>{file} ist gescheitert, was ein Fehler von SleepScorer ist ({kind}: {cause}); die anderen Dateien betrifft es nicht.</translation>
    </message>
    <message numerus="yes">
        <source>{file} gives {staged} of {total} epochs a stage and holds %n event(s).</source>
        <translation>
            <numerusform>{file} gibt {staged} von {total} Epochen ein Stadium und enthält %n Ereignis.</numerusform>
            <numerusform>{file} gibt {staged} von {total} Epochen ein Stadium und enthält %n Ereignisse.</numerusform>
        </translation>
    </message>
    <message>
        <source>{file} has a header but no samples after it; it may not have been copied completely.</source>
        <translation>{file} hat einen Header, aber danach keine Messwerte; vielleicht wurde die Datei nicht vollständig kopiert.</translation>
    </message>
    <message>
        <source>{file} has become shorter since it was opened; open it again.</source>
        <translation>{file} ist seit dem Öffnen kürzer geworden; öffnen Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>{file} has become shorter while it was open (at byte {position}); open it again.</source>
        <translation>{file} ist kürzer geworden, während die Datei offen war (bei Byte {position}); öffnen Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>{file} has events but no column that says when they begin; export it with onsets or clock times.</source>
        <translation>{file} hat Ereignisse, aber keine Spalte, die sagt, wann sie beginnen; exportieren Sie die Datei mit Anfangszeiten oder Uhrzeiten.</translation>
    </message>
    <message>
        <source>{file} has no EEG channel that could be staged; its channels are: {labels}. Choose one as the staging derivation if one of them is EEG.</source>
        <translation>{file} hat keinen EEG-Kanal, der ausgewertet werden könnte; die Kanäle sind: {labels}. Wenn einer davon EEG ist, wählen Sie ihn als Ableitung für die Stadien.</translation>
    </message>
    <message>
        <source>{file} has no channel that looks like EEG; its channels are: {labels}. If one of them is EEG, choose it in Scoring &gt; Derivation to stage.</source>
        <translation>{file} hat keinen Kanal, der nach EEG aussieht; die Kanäle sind: {labels}. Wenn einer davon EEG ist, wählen Sie ihn unter Auswertung &gt; Ableitung für die Stadien.</translation>
    </message>
    <message>
        <source>{file} has no channel “{label}”; it has: {labels}.</source>
        <translation>{file} hat keinen Kanal „{label}“; vorhanden sind: {labels}.</translation>
    </message>
    <message>
        <source>{file} has no column of stages or events; name one “stage” in a first line, or choose the file with the scoring.</source>
        <translation>{file} hat keine Spalte mit Stadien oder Ereignissen; nennen Sie eine in einer ersten Zeile „Stadium“, oder wählen Sie die Datei mit der Auswertung.</translation>
    </message>
    <message>
        <source>{file} has no column that says when rows begin.</source>
        <translation>{file} hat keine Spalte, die sagt, wann Zeilen beginnen.</translation>
    </message>
    <message>
        <source>{file} has no complete {epoch_s:g}-s epoch, so there is nothing to stage.</source>
        <translation>{file} enthält keine vollständige Epoche von {epoch_s:g} s, also gibt es nichts auszuwerten.</translation>
    </message>
    <message>
        <source>{file} has no date and its times begin at {known:%H:%M:%S}.</source>
        <translation>{file} hat kein Datum, und die Zeiten beginnen um {known:%H:%M:%S}.</translation>
    </message>
    <message>
        <source>{file} has no epoch of sleep; score its stages first.</source>
        <translation>{file} hat keine Epoche Schlaf; scoren Sie zuerst die Stadien.</translation>
    </message>
    <message>
        <source>{file} has no result, as --strict asks for: {told}</source>
        <translation>{file} hat kein Ergebnis, wie --strict es verlangt: {told}</translation>
    </message>
    <message>
        <source>{file} has no valid start date (“{day}”); only the time of day, {start_time}, was taken from it.</source>
        <translation>{file} hat kein gültiges Startdatum („{day}“); nur die Uhrzeit, {start_time}, wurde daraus übernommen.</translation>
    </message>
    <message>
        <source>{file} has no valid start date and time (“{day}”, “{time}”); times count from the start of the recording.</source>
        <translation>{file} hat weder ein gültiges Startdatum noch eine gültige Startzeit („{day}“, „{time}“); Zeiten zählen vom Anfang der Aufzeichnung.</translation>
    </message>
    <message>
        <source>{file} has no {role} chosen, which this network needs. Choose another version of the network.</source>
        <translation>In {file} ist kein {role} gewählt, das dieses Netz braucht. Wählen Sie eine andere Version des Netzes.</translation>
    </message>
    <message>
        <source>{file} has stages after {stop_s:g} s, longer than any recording.</source>
        <translation>{file} hat Stadien nach {stop_s:g} s, länger als jede Aufzeichnung.</translation>
    </message>
    <message>
        <source>{file} has two stages at once for {double_s:g} s, first at {where_s:g} s, as when two scorers are in one file; export the scoring of one of them.</source>
        <translation>{file} hat {double_s:g} s lang zwei Stadien zugleich, zuerst bei {where_s:g} s, wie wenn zwei Auswerter in einer Datei stehen; exportieren Sie die Auswertung von einem der beiden.</translation>
    </message>
    <message>
        <source>{file} has {n} lines, more epochs than any recording.</source>
        <translation>{file} hat {n} Zeilen, mehr Epochen als jede Aufzeichnung.</translation>
    </message>
    <message>
        <source>{file} has {n} lines, more than any scoring; choose the scoring of one night.</source>
        <translation>{file} hat {n} Zeilen, mehr als jede Auswertung; wählen Sie die Auswertung einer Nacht.</translation>
    </message>
    <message>
        <source>{file} has {n} rows and no names over its columns, too few to tell what they mean; put a first line of names into the file, such as “onset, duration, stage”.</source>
        <translation>{file} hat {n} Zeilen und keine Namen über den Spalten, zu wenig, um ihre Bedeutung zu erkennen; schreiben Sie eine erste Zeile mit Namen in die Datei, etwa „Beginn, Dauer, Stadium“.</translation>
    </message>
    <message>
        <source>{file} has {n} times 4 and never 5: 4 is R in YASA&apos;s numbers and stage 4, now N3, in R&amp;K numbers.</source>
        <translation>{file} hat {n}-mal 4 und nie 5: 4 ist bei YASA R und nach R&amp;K Stadium 4, jetzt N3.</translation>
    </message>
    <message>
        <source>{file} has {n} {n:epoch|epochs}, which is no night.</source>
        <translation>{file} hat {n} Epochen, das ist keine Nacht.</translation>
    </message>
    <message>
        <source>{file} has {size_mib:.0f} MiB, more than any scoring of this format; choose the scoring, not the recording.</source>
        <translation>{file} hat {size_mib:.0f} MiB, mehr als jede Auswertung in diesem Format; wählen Sie die Auswertung, nicht die Aufzeichnung.</translation>
    </message>
    <message>
        <source>{file} holds annotations only and no signals; choose the recording it belongs to.</source>
        <translation>{file} enthält nur Annotationen und keine Signale; wählen Sie die Aufzeichnung, zu der die Datei gehört.</translation>
    </message>
    <message>
        <source>{file} holds neither annotations of stages nor a signal that is named as a hypnogram; choose the file with the scoring.</source>
        <translation>{file} enthält weder Annotationen von Stadien noch ein Signal, das wie ein Hypnogramm heißt; wählen Sie die Datei mit der Auswertung.</translation>
    </message>
    <message>
        <source>{file} holds neither sleep stages nor events.</source>
        <translation>{file} enthält weder Schlafstadien noch Ereignisse.</translation>
    </message>
    <message>
        <source>{file} holds neither sleep stages nor events; choose the file with the scoring.</source>
        <translation>{file} enthält weder Schlafstadien noch Ereignisse; wählen Sie die Datei mit der Auswertung.</translation>
    </message>
    <message>
        <source>{file} holds no keys.</source>
        <translation>{file} enthält keine Tasten.</translation>
    </message>
    <message>
        <source>{file} holds no scored stages and no events.</source>
        <translation>{file} enthält weder vergebene Stadien noch Ereignisse.</translation>
    </message>
    <message>
        <source>{file} holds numbers ({numbers}) that do not look like a night in the usual coding (0 W, 1 N1, 2 N2, 3 N3, 4 stage 4, 5 R).</source>
        <translation>{file} enthält Zahlen ({numbers}), die in der üblichen Kodierung (0 W, 1 N1, 2 N2, 3 N3, 4 Stadium 4, 5 R) nicht nach einer Nacht aussehen.</translation>
    </message>
    <message>
        <source>{file} holds the stages of {n} scorers ({names}), and they contradict each other.</source>
        <translation>{file} enthält die Stadien von {n} Auswertern ({names}), die einander widersprechen.</translation>
    </message>
    <message>
        <source>{file} holds the stages of {n} scorers ({names}).</source>
        <translation>{file} enthält die Stadien von {n} Auswertern ({names}).</translation>
    </message>
    <message>
        <source>{file} holds {n} nights ({names}).</source>
        <translation>{file} enthält {n} Nächte ({names}).</translation>
    </message>
    <message>
        <source>{file} holds {title}, which is there already; nothing was changed.</source>
        <translation>{file} enthält {title}, und das ist schon da; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>{file} is a JSON file of another program, not a scoring.</source>
        <translation>{file} ist eine JSON-Datei eines anderen Programms, keine Auswertung.</translation>
    </message>
    <message>
        <source>{file} is a recording without annotations, so it holds no stages. Choose a scoring of it; sleepscorer score makes one, and so does the window.</source>
        <translation>{file} ist eine Aufzeichnung ohne Annotationen und enthält daher keine Stadien. Wählen Sie eine Auswertung dazu; sleepscorer score erstellt eine, ebenso das Fenster.</translation>
    </message>
    <message>
        <source>{file} is a scoring. Import it here, or put it beside yours with Review &gt; Load a second scoring.</source>
        <translation>{file} ist eine Auswertung. Importieren Sie sie hier, oder legen Sie sie mit Durchsicht &gt; Zweite Auswertung laden neben Ihre.</translation>
    </message>
    <message>
        <source>{file} is damaged or was changed by hand ({name}: {error}); export it again.</source>
        <translation>{file} ist beschädigt oder wurde von Hand geändert ({name}: {error}); exportieren Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>{file} is damaged, or too large: {reason}. Export it again from EEGLAB, or as EDF.</source>
        <translation>{file} ist beschädigt oder zu groß: {reason}. Exportieren Sie die Datei noch einmal aus EEGLAB, oder als EDF.</translation>
    </message>
    <message>
        <source>{file} is empty; choose the file with the scoring.</source>
        <translation>{file} ist leer; wählen Sie die Datei mit der Auswertung.</translation>
    </message>
    <message>
        <source>{file} is longer than its header says ({present} data records instead of {announced}), as when a recording program ended unexpectedly. Everything was opened.</source>
        <translation>{file} ist länger, als der Header sagt ({present} Datensätze statt {announced}), wie wenn ein Aufzeichnungsprogramm unerwartet endete. Alles wurde geöffnet.</translation>
    </message>
    <message>
        <source>{file} is nested deeper than any scoring.</source>
        <translation>{file} ist tiefer verschachtelt als jede Auswertung.</translation>
    </message>
    <message>
        <source>{file} is no EDF or BDF file; only of these a de-identified copy can be made.</source>
        <translation>{file} ist keine EDF- oder BDF-Datei; nur von diesen kann eine de-identifizierte Kopie gemacht werden.</translation>
    </message>
    <message>
        <source>{file} is no scoring that is known here (it begins with “{text}”); known are: {formats}.</source>
        <translation>{file} ist keine Auswertung, die hier bekannt ist (die Datei beginnt mit „{text}“); bekannt sind: {formats}.</translation>
    </message>
    <message>
        <source>{file} is no session and does not tell its recording; name it with --recording.</source>
        <translation>{file} ist keine Sitzung und nennt ihre Aufzeichnung nicht; geben Sie sie mit --recording an.</translation>
    </message>
    <message>
        <source>{file} is no session; sleepscorer convert brings scorings into other formats, with --to session and --recording into this one, too.</source>
        <translation>{file} ist keine Sitzung; sleepscorer convert bringt Auswertungen in andere Formate, mit --to session und --recording auch in dieses.</translation>
    </message>
    <message>
        <source>{file} is no text file (it holds NUL bytes); choose the file that the other program exported.</source>
        <translation>{file} ist keine Textdatei (sie enthält NUL-Byte); wählen Sie die Datei, die das andere Programm exportiert hat.</translation>
    </message>
    <message>
        <source>{file} is not an EDF or BDF file (it does not begin like one); choose the recording, or export it as EDF from the program that made it.</source>
        <translation>{file} ist keine EDF- oder BDF-Datei (sie beginnt nicht wie eine); wählen Sie die Aufzeichnung, oder exportieren Sie sie als EDF aus dem Programm, das sie erzeugt hat.</translation>
    </message>
    <message>
        <source>{file} is not of the recording of the key: {difference}.</source>
        <translation>{file} gehört nicht zur Aufzeichnung des Schlüssels: {difference}.</translation>
    </message>
    <message>
        <source>{file} is not there any more: it was moved, renamed or deleted since it was opened. Put it back or open it again.</source>
        <translation>{file} ist nicht mehr da: Die Datei wurde seit dem Öffnen verschoben, umbenannt oder gelöscht. Legen Sie sie zurück oder öffnen Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>{file} is shorter than its header says: the last {missing_s:.0f} s of {announced_s:.0f} s are missing{also}. What is there was opened; the file may not have been copied completely.</source>
        <translation>{file} ist kürzer, als der Header sagt: Die letzten {missing_s:.0f} s von {announced_s:.0f} s fehlen{also}. Was da ist, wurde geöffnet; vielleicht wurde die Datei nicht vollständig kopiert.</translation>
    </message>
    <message>
        <source>{file} is the recording itself; choose another name for the export.</source>
        <translation>{file} ist die Aufzeichnung selbst; wählen Sie für den Export einen anderen Namen.</translation>
    </message>
    <message>
        <source>{file} is the recording itself; choose another name.</source>
        <translation>{file} ist die Aufzeichnung selbst; wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>{file} is there already. Replace it?</source>
        <translation>{file} gibt es schon. Ersetzen?</translation>
    </message>
    <message>
        <source>{file} is what its training began with, so nothing was learnt; no version was stored.</source>
        <translation>{file} ist das, womit das Training begann; nichts wurde gelernt und keine Version gespeichert.</translation>
    </message>
    <message>
        <source>{file} lasts {duration_s:g} s, less than one {epoch_s:g}-s epoch; there is nothing to score in it.</source>
        <translation>{file} dauert {duration_s:g} s, weniger als eine Epoche von {epoch_s:g} s; darin gibt es nichts auszuwerten.</translation>
    </message>
    <message>
        <source>{file} names {name}, which is not there; {other} was taken for it, as both were renamed.</source>
        <translation>{file} nennt {name}, die nicht da ist; {other} wurde dafür genommen, als wären beide umbenannt worden.</translation>
    </message>
    <message>
        <source>{file} pauses for exactly one hour at data record {number}. If that is the beginning of summer time, nothing is missing there and what follows lies one hour too late.</source>
        <translation>{file} hat bei Datensatz {number} eine Pause von genau einer Stunde. Wenn das der Beginn der Sommerzeit ist, fehlt dort nichts und alles Weitere liegt eine Stunde zu spät.</translation>
    </message>
    <message>
        <source>{file} pauses for exactly one hour at {time_s:.0f} s. If that is the beginning of summer time, nothing is missing there and what follows lies one hour too late.</source>
        <translation>{file} hat bei {time_s:.0f} s eine Pause von genau einer Stunde. Wenn das der Beginn der Sommerzeit ist, fehlt dort nichts und alles Weitere liegt eine Stunde zu spät.</translation>
    </message>
    <message>
        <source>{file} says how probable each stage is, and not which it is.</source>
        <translation>{file} sagt, wie wahrscheinlich jedes Stadium ist, und nicht, welches es ist.</translation>
    </message>
    <message>
        <source>{file} says that it has gaps but not where; it is shown as if it had none.</source>
        <translation>{file} sagt, dass sie Lücken hat, aber nicht wo; sie wird gezeigt, als hätte sie keine.</translation>
    </message>
    <message>
        <source>{file} says that it has no pauses, but its last data record begins {later_s:.0f} s later than without: if there were pauses, the signals after them are shown and staged too early, and do not lie at their annotations. Export it as EDF+D.</source>
        <translation>{file} hat laut Kopf keine Pausen, aber der letzte Datensatz beginnt {later_s:.0f} s später als ohne: Gab es Pausen, so werden die Signale danach zu früh gezeigt und ausgewertet und liegen nicht bei ihren Annotationen. Exportieren Sie als EDF+D.</translation>
    </message>
    <message>
        <source>{file} was not staged: this computer uses {name} {version}, the batch another version or calibration. Choose the same version on all computers.</source>
        <translation>{file} wurde nicht ausgewertet: Dieser Computer verwendet {name} {version}, der Stapel eine andere Version oder Kalibrierung. Wählen Sie auf allen Computern dieselbe Version.</translation>
    </message>
    <message>
        <source>{file} was not written: its folder did not answer until that was given up. Choose another folder.</source>
        <translation>{file} wurde nicht geschrieben: Der Ordner antwortete nicht, bis das aufgegeben wurde. Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>{file} was overwritten since it was opened; open it again.</source>
        <translation>{file} wurde seit dem Öffnen überschrieben; öffnen Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>{file} was paused at {time_s:.0f} s, but does not say for how long; clock times after it are too early.</source>
        <translation>{file} wurde bei {time_s:.0f} s angehalten, sagt aber nicht, wie lange; Uhrzeiten danach sind zu früh.</translation>
    </message>
    <message>
        <source>{file} was replaced by another since it was opened; open it again.</source>
        <translation>{file} wurde seit dem Öffnen durch eine andere ersetzt; öffnen Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>{file} was replaced by what is no file since it was opened.</source>
        <translation>{file} wurde seit dem Öffnen durch etwas ersetzt, das keine Datei ist.</translation>
    </message>
    <message>
        <source>{file} was saved by a newer SleepScorer ({version}); open it with that version.</source>
        <translation>{file} wurde von einem neueren SleepScorer gespeichert ({version}); öffnen Sie die Datei mit dieser Version.</translation>
    </message>
    <message>
        <source>{file} was saved by somebody else since you opened or saved it; it was left as it is. Save your work under another name (File &gt; Save session as) and compare the two.</source>
        <translation>{file} wurde von jemand anderem gespeichert, seit Sie die Datei geöffnet oder gespeichert haben; sie blieb, wie sie ist. Speichern Sie Ihre Arbeit unter einem anderen Namen (Datei &gt; Sitzung speichern unter) und vergleichen Sie beide.</translation>
    </message>
    <message>
        <source>{file} was staged on {derivation}, which can&apos;t be found among its channels. Stage it on one derivation, sign it off again and add it then.</source>
        <translation>{file} wurde auf {derivation} klassifiziert, das unter den Kanälen nicht zu finden ist. Klassifizieren Sie eine einzelne Ableitung, zeichnen Sie erneut ab und fügen Sie die Nacht dann hinzu.</translation>
    </message>
    <message>
        <source>{file} was staged with its signal multiplied by {factor}, which training on signals does not do. Correct the recording&apos;s header, or take the night out.</source>
        <translation>{file} wurde mit {factor}-fachem Signal klassifiziert, was das Training auf Signalen nicht kann. Berichtigen Sie den Kopf der Aufzeichnung, oder nehmen Sie die Nacht heraus.</translation>
    </message>
    <message>
        <source>{file} was written by a newer SleepScorer; open it with that version.</source>
        <translation>{file} wurde von einem neueren SleepScorer geschrieben; öffnen Sie die Datei mit dieser Version.</translation>
    </message>
    <message>
        <source>{file} would last {days:.3g} days; the times in it are damaged. Export the recording again from the program that made it.</source>
        <translation>{file} würde {days:.3g} Tage dauern; die Zeiten darin sind beschädigt. Exportieren Sie die Aufzeichnung noch einmal aus dem Programm, das sie erzeugt hat.</translation>
    </message>
    <message>
        <source>{file}, line {line}, {column}: “{cell}” {what}; correct the line or export the file again.</source>
        <translation>{file}, Zeile {line}, {column}: „{cell}“ {what}; berichtigen Sie die Zeile, oder exportieren Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>{file}, line {line}: another line has another stage at the same time ({time_s:g} s); correct one of them, or export one scorer alone.</source>
        <translation>{file}, Zeile {line}: Eine andere Zeile hat zur selben Zeit ein anderes Stadium ({time_s:g} s); berichtigen Sie eine davon, oder exportieren Sie einen Auswerter allein.</translation>
    </message>
    <message>
        <source>{file}, line {line}: clock times and seconds are mixed in this file.</source>
        <translation>{file}, Zeile {line}: In dieser Datei sind Uhrzeiten und Sekunden gemischt.</translation>
    </message>
    <message>
        <source>{file}, line {line}: the epoch is after any recording.</source>
        <translation>{file}, Zeile {line}: Die Epoche liegt nach jeder möglichen Aufzeichnung.</translation>
    </message>
    <message>
        <source>{file}, line {line}: the file {what}; choose the scoring that the other program exported.</source>
        <translation>{file}, Zeile {line}: Die Datei {what}; wählen Sie die Auswertung, die das andere Programm exportiert hat.</translation>
    </message>
    <message>
        <source>{file}, line {line}: the {name} reads “{text}”, which is no number that it can have; correct the line or export the file again.</source>
        <translation>{file}, Zeile {line}: Für „{name}“ steht dort „{text}“, eine Zahl, die nicht sein kann; berichtigen Sie die Zeile, oder exportieren Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>{file}, line {line}: there are {cells} cells, not {wanted}.</source>
        <translation>{file}, Zeile {line}: Es sind {cells} Zellen, nicht {wanted}.</translation>
    </message>
    <message>
        <source>{file}, line {line}: there are {n} columns; Luna&apos;s files have three, four or six.</source>
        <translation>{file}, Zeile {line}: Es sind {n} Spalten; Dateien von Luna haben drei, vier oder sechs.</translation>
    </message>
    <message>
        <source>{file}, line {line}: this is no well-formed XML ({error}); export the file again.</source>
        <translation>{file}, Zeile {line}: Das ist kein wohlgeformtes XML ({error}); exportieren Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>{file}, line {line}: {error}.</source>
        <translation>{file}, Zeile {line}: {error}.</translation>
    </message>
    <message>
        <source>{file}, line {line}: {error}; correct the line or export the file again.</source>
        <translation>{file}, Zeile {line}: {error}; berichtigen Sie die Zeile, oder exportieren Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>{file}, line {line}: {tag} is {value:g} s, longer than any recording.</source>
        <translation>{file}, Zeile {line}: {tag} ist {value:g} s, länger als jede Aufzeichnung.</translation>
    </message>
    <message>
        <source>{file}, line {line}: “{name}” goes from {start} to {stop}, of which only one is a clock time; write both alike.</source>
        <translation>{file}, Zeile {line}: „{name}“ geht von {start} bis {stop}, nur eines davon ist eine Uhrzeit; schreiben Sie beide gleich.</translation>
    </message>
    <message>
        <source>{file}, line {line}: “{name}” goes from {start} to {stop}, which is no time of a recording.</source>
        <translation>{file}, Zeile {line}: „{name}“ geht von {start} bis {stop}, das ist keine Zeit einer Aufzeichnung.</translation>
    </message>
    <message>
        <source>{file}, line {line}: “{name}” lasts until the next row, but of the two only one has a clock time; give it an end.</source>
        <translation>{file}, Zeile {line}: „{name}“ dauert bis zur nächsten Zeile, aber nur eine von beiden hat eine Uhrzeit; geben Sie ein Ende an.</translation>
    </message>
    <message>
        <source>{file}, line {line}: “{text}” is no clock time.</source>
        <translation>{file}, Zeile {line}: „{text}“ ist keine Uhrzeit.</translation>
    </message>
    <message>
        <source>{file}, line {line}: “{text}” is no date and time.</source>
        <translation>{file}, Zeile {line}: „{text}“ ist kein Datum mit Uhrzeit.</translation>
    </message>
    <message>
        <source>{file}, line {line}: “{text}” is no local date and time.</source>
        <translation>{file}, Zeile {line}: „{text}“ ist kein Datum mit Ortszeit.</translation>
    </message>
    <message>
        <source>{file}, line {line}: “{text}” is no sleep stage of NSRR files.</source>
        <translation>{file}, Zeile {line}: „{text}“ ist kein Schlafstadium von NSRR-Dateien.</translation>
    </message>
    <message>
        <source>{file}, line {line}: “{text}” is no sleep stage of Profusion; known are 0 to 5, 9 and -1.</source>
        <translation>{file}, Zeile {line}: „{text}“ ist kein Schlafstadium von Profusion; bekannt sind 0 bis 5, 9 und -1.</translation>
    </message>
    <message>
        <source>{file}, line {line}: “{text}” is no stage; write W, N1, N2, N3, R or nothing.</source>
        <translation>{file}, Zeile {line}: „{text}“ ist kein Stadium; schreiben Sie W, N1, N2, N3, R oder nichts.</translation>
    </message>
    <message>
        <source>{file}, {column}: stages begin {step_s:g} s apart but last {length_s:g} s. If these are numbers of epochs, name the column “epoch” in a first line; otherwise name its unit there, such as “onset (min)”.</source>
        <translation>{file}, {column}: Stadien beginnen im Abstand von {step_s:g} s, dauern aber {length_s:g} s. Sind es Nummern von Epochen, nennen Sie die Spalte in einer ersten Zeile „epoch“, sonst dort ihre Einheit, etwa „onset (min)“.</translation>
    </message>
    <message>
        <source>{file}, {column}: the times are {shortest:g} or more apart, so they are hardly seconds; name their unit in the heading, such as “onset (min)” or “onset (ms)”, or export seconds.</source>
        <translation>{file}, {column}: Die Zeiten liegen {shortest:g} oder mehr auseinander, sind also kaum Sekunden; nennen Sie die Einheit in der Überschrift, etwa „Beginn (min)“ oder „Beginn (ms)“, oder exportieren Sie Sekunden.</translation>
    </message>
    <message>
        <source>{file}: YASA could not stage {derivation} ({cause}).</source>
        <translation>{file}: YASA konnte {derivation} nicht auswerten ({cause}).</translation>
    </message>
    <message>
        <source>{file}: at data record {number} the recorder&apos;s clock was set back by one hour, as at the end of summer time; what follows was taken for going on without a pause, and clock times after it are those of before the change.</source>
        <translation>{file}: Bei Datensatz {number} wurde die Uhr des Rekorders um eine Stunde zurückgestellt, wie am Ende der Sommerzeit; angenommen wurde, dass es ohne Pause weitergeht, und Uhrzeiten danach sind die von vor der Umstellung.</translation>
    </message>
    <message>
        <source>{file}: by the onsets of its data records the recording runs {share:.3%} {how} than the rate that its header gives; samples were placed by the onsets, so that now and then one is repeated or left out.</source>
        <translation>{file}: Nach den Anfangszeiten der Datensätze läuft die Aufzeichnung {share:.3%} {how}, als die Abtastrate im Header sagt; die Messwerte wurden nach den Anfangszeiten angeordnet, sodass ab und zu einer wiederholt oder weggelassen wird.</translation>
    </message>
    <message>
        <source>{file}: data record {number} begins before the one before it ends; the file is damaged and its times can&apos;t be trusted.</source>
        <translation>{file}: Datensatz {number} beginnt, bevor der vorige endet; die Datei ist beschädigt, und auf ihre Zeiten ist kein Verlass.</translation>
    </message>
    <message>
        <source>{file}: data record {number} of this discontinuous file has no onset, so its place in the night is unknown; too many have none to tell it from the others.</source>
        <translation>{file}: Datensatz {number} dieser unterbrochenen Datei hat keine Anfangszeit, sein Platz in der Nacht ist also unbekannt; zu vielen fehlt sie, um ihn aus den anderen zu erschließen.</translation>
    </message>
    <message>
        <source>{file}: data were cut out or put together at {n} {n:place|places} (“boundary”); the file does not say how long is missing, so times after the first one are too early.</source>
        <translation>{file}: An {n} {n:Stelle|Stellen} wurden Daten ausgeschnitten oder zusammengefügt („boundary“); die Datei sagt nicht, wie viel fehlt, also sind Zeiten nach der ersten Stelle zu früh.</translation>
    </message>
    <message>
        <source>{file}: no unit of voltage is known under the name that the header gives ({units}); their stored numbers are shown as they are.</source>
        <translation>{file}: Unter dem Namen im Header ist keine Spannungseinheit bekannt ({units}); die gespeicherten Zahlen werden gezeigt, wie sie sind.</translation>
    </message>
    <message>
        <source>{file}: of the probabilities {error}.</source>
        <translation>{file}: Bei den Wahrscheinlichkeiten gilt: {error}.</translation>
    </message>
    <message>
        <source>{file}: staging it takes more than {limit:g} min and was ended; do the disk or network share, and a second program, still answer? Begin again to try once more.</source>
        <translation>{file}: Das Klassifizieren dauert mehr als {limit:g} min und wurde beendet; antworten der Datenträger oder das Netzlaufwerk und ein zweites Programm noch? Beginnen Sie noch einmal, um es wieder zu versuchen.</translation>
    </message>
    <message>
        <source>{file}: the calibration {signal} is impossible (physical {low:g} to {high:g}, digital {digital_low:g} to {digital_high:g}); its stored numbers are shown as they are.</source>
        <translation>{file}: Die Kalibrierung {signal} ist unmöglich (physikalisch {low:g} bis {high:g}, digital {digital_low:g} bis {digital_high:g}); die gespeicherten Zahlen werden gezeigt, wie sie sind.</translation>
    </message>
    <message>
        <source>{file}: the cluster did not stage it ({kind}: {cause}); begin again to try once more.</source>
        <translation>{file}: Der Cluster hat es nicht klassifiziert ({kind}: {cause}); beginnen Sie noch einmal, um es wieder zu versuchen.</translation>
    </message>
    <message>
        <source>{file}: the duration of a data record reads 0 s, so its sampling rates are unknown. Export the recording again from the program that made it.</source>
        <translation>{file}: Als Dauer eines Datensatzes steht dort 0 s, also sind die Abtastraten unbekannt. Exportieren Sie die Aufzeichnung noch einmal aus dem Programm, das sie erzeugt hat.</translation>
    </message>
    <message>
        <source>{file}: the onset of data record {numbers}{more} is damaged; the records before and after say where it belongs, and it was put there.</source>
        <translation>{file}: Die Anfangszeit von Datensatz {numbers}{more} ist beschädigt; die Datensätze davor und danach sagen, wohin er gehört, und dorthin wurde er gelegt.</translation>
    </message>
    <message>
        <source>{file}: the process that staged it ended, perhaps for lack of memory; begin again, with fewer workers, to try once more.</source>
        <translation>{file}: Der Prozess, der es klassifizierte, ist beendet, vielleicht aus Mangel an Speicher; beginnen Sie noch einmal, mit weniger Prozessen, um es wieder zu versuchen.</translation>
    </message>
    <message>
        <source>{file}: the recorder&apos;s clock was set back by {pause_s:.0f} s at {time_s:.0f} s; what follows was taken for going on without a pause.</source>
        <translation>{file}: Die Uhr des Rekorders wurde bei {time_s:.0f} s um {pause_s:.0f} s zurückgestellt; angenommen wurde, dass es ohne Pause weitergeht.</translation>
    </message>
    <message>
        <source>{file}: the signal “{channel}” changes too often.</source>
        <translation>{file}: Das Signal „{channel}“ wechselt zu oft.</translation>
    </message>
    <message>
        <source>{file}: the signal “{channel}” holds values between whole numbers, so it is no hypnogram.</source>
        <translation>{file}: Das Signal „{channel}“ enthält Werte zwischen ganzen Zahlen, ist also kein Hypnogramm.</translation>
    </message>
    <message>
        <source>{file}: the version field at the beginning reads {found!r} instead of {wanted!r}; the rest of the header fits, so it was opened.</source>
        <translation>{file}: Im Versionsfeld am Anfang steht {found!r} statt {wanted!r}; der übrige Header passt, also wurde die Datei geöffnet.</translation>
    </message>
    <message>
        <source>{file}: the {name} (byte {position} of the header) reads {value}; the header is damaged. Export the recording again from the program that made it.</source>
        <translation>{file}: Im Feld „{name}“ (Byte {position} des Headers) steht {value}; der Header ist beschädigt. Exportieren Sie die Aufzeichnung noch einmal aus dem Programm, das sie erzeugt hat.</translation>
    </message>
    <message>
        <source>{file}: there is not enough memory for it; close other programs, or work on it alone.</source>
        <translation>{file}: Der Speicher reicht nicht dafür; schließen Sie andere Programme, oder bearbeiten Sie es allein.</translation>
    </message>
    <message>
        <source>{file}: what {column} (“{cell}” …) means can&apos;t be told; name the column “onset”, “end”, “duration” or “epoch” and give it times or numbers, or take it out.</source>
        <translation>{file}: Was {column} („{cell}“ …) bedeutet, ist nicht zu erkennen; nennen Sie die Spalte „Beginn“, „Ende“, „Dauer“ oder „Epoche“ und geben Sie ihr Zeiten oder Zahlen, oder nehmen Sie sie heraus.</translation>
    </message>
    <message>
        <source>{file}: what {column} means can&apos;t be told; put a first line with the names of the columns into the file, such as “onset, duration, stage”.</source>
        <translation>{file}: Was {column} bedeutet, ist nicht zu erkennen; schreiben Sie eine erste Zeile mit den Namen der Spalten in die Datei, etwa „Beginn, Dauer, Stadium“.</translation>
    </message>
    <message>
        <source>{file}: {column} counts samples, not seconds; export it in seconds or with clock times.</source>
        <translation>{file}: {column} zählt Messwerte, nicht Sekunden; exportieren Sie die Spalte in Sekunden oder mit Uhrzeiten.</translation>
    </message>
    <message>
        <source>{file}: {derivation} can&apos;t be made, because {anode} has {sfreq:g} Hz in {unit} and {cathode} {cathode_sfreq:g} Hz in {cathode_unit}; choose two channels of the same rate and unit.</source>
        <translation>{file}: {derivation} kann nicht gebildet werden, weil {anode} {sfreq:g} Hz in {unit} hat und {cathode} {cathode_sfreq:g} Hz in {cathode_unit}; wählen Sie zwei Kanäle mit gleicher Abtastrate und Einheit.</translation>
    </message>
    <message>
        <source>{file}: {derivation} is sampled at {sfreq:g} Hz; staging needs at least {least_sfreq:g} Hz. Choose another derivation.</source>
        <translation>{file}: {derivation} ist mit {sfreq:g} Hz abgetastet; für die Stadien braucht es mindestens {least_sfreq:g} Hz. Wählen Sie eine andere Ableitung.</translation>
    </message>
    <message>
        <source>{file}: {error}</source>
        <translation>{file}: {error}</translation>
    </message>
    <message>
        <source>{file}: {error} Choose another number with --epochs.</source>
        <translation>{file}: {error} Wählen Sie mit --epochs eine andere Zahl.</translation>
    </message>
    <message>
        <source>{file}: {path} can&apos;t be read or written: {reason}.</source>
        <translation>{file}: {path} lässt sich nicht lesen oder schreiben: {reason}.</translation>
    </message>
    <message>
        <source>{file}: {question}</source>
        <translation>{file}: {question}</translation>
    </message>
    <message>
        <source>{file}: {scorer} gives stages without probabilities, which can&apos;t be fused; leave --fuse out.</source>
        <translation>{file}: {scorer} gibt Stadien ohne Wahrscheinlichkeiten, die nicht zusammengeführt werden können; lassen Sie --fuse weg.</translation>
    </message>
    <message>
        <source>{file}: {why}; known are 0 W, 1 N1, 2 N2, 3 N3, 4, 5 R and those of unscored epochs (-3 to -1, 6 to 9): correct the file or export it with words.</source>
        <translation>{file}: {why}; bekannt sind 0 W, 1 N1, 2 N2, 3 N3, 4, 5 R und die von Epochen ohne Stadium (-3 bis -1, 6 bis 9): Berichtigen Sie die Datei, oder exportieren Sie sie mit Wörtern.</translation>
    </message>
    <message>
        <source>{file}: “{anode}” minus itself is nothing; choose two channels, or the one alone.</source>
        <translation>{file}: „{anode}“ minus sich selbst ist nichts; wählen Sie zwei Kanäle oder den einen allein.</translation>
    </message>
    <message>
        <source>{file}: “{description}” at {onset_s:g} s for {duration_s:g} s is no time of a recording; the file is damaged.</source>
        <translation>{file}: „{description}“ bei {onset_s:g} s für {duration_s:g} s ist keine Zeit einer Aufzeichnung; die Datei ist beschädigt.</translation>
    </message>
    <message>
        <source>{file}: “{text}” in {column} may be a thousand and more, or a number with decimals; export the numbers without separators of thousands.</source>
        <translation>{file}: „{text}“ in {column} können Tausend und mehr sein oder eine Zahl mit Nachkommastellen; exportieren Sie die Zahlen ohne Tausendertrennzeichen.</translation>
    </message>
    <message>
        <source>{first} and {second}</source>
        <translation>{first} und {second}</translation>
    </message>
    <message>
        <source>{first} and {second} belong together now.</source>
        <translation>{first} und {second} gehören jetzt zusammen.</translation>
    </message>
    <message>
        <source>{first} and {second} give the same stage to {same} of {all} epochs of {file}.</source>
        <translation>{first} und {second} geben {same} von {all} Epochen von {file} dasselbe Stadium.</translation>
    </message>
    <message>
        <source>{first} and {second} never belong together: a respiratory event goes with a desaturation, an arousal or a limb movement, and an arousal with a limb movement.</source>
        <translation>{first} und {second} gehören nie zusammen: Zu einem Ereignis der Atmung gehört eine Entsättigung, ein Arousal oder eine Beinbewegung und zu einem Arousal eine Beinbewegung.</translation>
    </message>
    <message>
        <source>{first} and {second} no longer do.</source>
        <translation>{first} und {second} nicht mehr.</translation>
    </message>
    <message>
        <source>{folder} can&apos;t be looked into: {reason}.</source>
        <translation>In {folder} kann nicht nachgesehen werden: {reason}.</translation>
    </message>
    <message>
        <source>{folder} can&apos;t be made: {reason}.</source>
        <translation>{folder} lässt sich nicht anlegen: {reason}.</translation>
    </message>
    <message>
        <source>{folder} holds no recordings; is the disk or network share connected?</source>
        <translation>{folder} enthält keine Aufzeichnungen; ist das Laufwerk oder die Netzwerkfreigabe verbunden?</translation>
    </message>
    <message>
        <source>{folder} is listed already.</source>
        <translation>{folder} steht schon in der Liste.</translation>
    </message>
    <message>
        <source>{former} is {event} now.</source>
        <translation>{former} ist jetzt {event}.</translation>
    </message>
    <message>
        <source>{hours:.1f} h</source>
        <translation>{hours:.1f} h</translation>
    </message>
    <message>
        <source>{hours:g} h</source>
        <translation>{hours:g} h</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{lost} Once discarded, it is not offered again.</source>
        <translation>{lost} Einmal verworfen, wird es nicht wieder angeboten.</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} bis {high}</translation>
    </message>
    <message>
        <source>{minutes:.1f} min after sleep onset</source>
        <translation>{minutes:.1f} min nach dem Einschlafen</translation>
    </message>
    <message>
        <source>{minutes:.1f} min after unequivocal sleep began</source>
        <translation>{minutes:.1f} min nach Beginn des eindeutigen Schlafs</translation>
    </message>
    <message>
        <source>{minutes} min from the start</source>
        <translation>{minutes} min nach dem Beginn</translation>
    </message>
    <message>
        <source>{missing:.0%} of {name} is missing.</source>
        <translation>{missing:.0%} von {name} fehlen.</translation>
    </message>
    <message>
        <source>{model} on {derivation}</source>
        <translation>{model} aus {derivation}</translation>
    </message>
    <message>
        <source>{muscle:.0%} of its power lies at 20-35 Hz</source>
        <translation>{muscle:.0%} seiner Leistung liegen bei 20–35 Hz</translation>
    </message>
    <message>
        <source>{n_bytes} bytes, which does not fit {n_signals} signals</source>
        <translation>{n_bytes} Byte, was nicht zu {n_signals} Signalen passt</translation>
    </message>
    <message>
        <source>{n_per_record:g} in {record_s:g} s, more than any amplifier gives</source>
        <translation>{n_per_record:g} in {record_s:g} s, mehr als irgendein Verstärker liefert</translation>
    </message>
    <message>
        <source>{names}</source>
        <translation>{names}</translation>
    </message>
    <message>
        <source>{names} and {n} more</source>
        <translation>{names} und {n} weitere</translation>
    </message>
    <message numerus="yes">
        <source>{name} (%n epoch(s) as the model proposed)</source>
        <translation>
            <numerusform>{name} (%n Epoche wie vom Modell vorgeschlagen)</numerusform>
            <numerusform>{name} (%n Epochen wie vom Modell vorgeschlagen)</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} (imported from {file})</source>
        <translation>{name} (importiert aus {file})</translation>
    </message>
    <message>
        <source>{name} (weights {weights})</source>
        <translation>{name} (Gewichte {weights})</translation>
    </message>
    <message>
        <source>{name} ({n})</source>
        <translation>{name} ({n})</translation>
    </message>
    <message>
        <source>{name} ({n}) becomes {other}.</source>
        <translation>{name} ({n}) wird zu {other}.</translation>
    </message>
    <message>
        <source>{name} are not scored.</source>
        <translation>{name} sind nicht ausgewertet.</translation>
    </message>
    <message>
        <source>{name} are scored.</source>
        <translation>{name} sind ausgewertet.</translation>
    </message>
    <message>
        <source>{name} has only {ratio:.1g} of the power density of 2-4 Hz at 0.5-1 Hz, where an EEG has several times as much: a high-pass took its slow waves before it was stored.</source>
        <translation>{name} hat bei 0,5–1 Hz nur das {ratio:.1g}-Fache der Leistungsdichte von 2–4 Hz, ein EEG ein Mehrfaches davon: Ein Hochpass hat vor dem Speichern die langsamen Wellen genommen.</translation>
    </message>
    <message>
        <source>{name} has {height_uv:.1f} µV of exactly {frequency_hz:.1f} Hz all night, which no brain makes: a device or the mains, seen at another frequency.</source>
        <translation>{name} enthält die ganze Nacht {height_uv:.1f} µV von genau {frequency_hz:.1f} Hz, was kein Gehirn macht: ein Gerät, oder das Netz, gesehen bei einer anderen Frequenz.</translation>
    </message>
    <message>
        <source>{name} has {height_uv:.1f} µV of {mains_hz:g} Hz{mirrored}: {ratio:.0f} times the power beside it.</source>
        <translation>{name} enthält {height_uv:.1f} µV von {mains_hz:g} Hz{mirrored}: {ratio:.0f}-mal die Leistung daneben.</translation>
    </message>
    <message>
        <source>{name} has {share:.1g} of the power density of 8-12 Hz left at {low_hz:g}-{high_hz:g} Hz: it was filtered or sampled slowly before it was stored.</source>
        <translation>Bei {name} ist bei {low_hz:g}–{high_hz:g} Hz nur das {share:.1g}-Fache der Leistungsdichte von 8–12 Hz übrig: Das Signal wurde vor dem Speichern gefiltert oder langsam abgetastet.</translation>
    </message>
    <message>
        <source>{name} is flat in {share:.0%} of the seconds.</source>
        <translation>{name} ist in {share:.0%} der Sekunden flach.</translation>
    </message>
    <message>
        <source>{name} is not signed off, so nobody answers for its stages: look through the night and sign it off, then add it.</source>
        <translation>{name} ist nicht abgezeichnet, also steht niemand für die Stadien ein: Sehen Sie die Nacht durch und zeichnen Sie sie ab, dann nehmen Sie sie auf.</translation>
    </message>
    <message>
        <source>{name} is sampled at {sfreq:g} Hz and holds nothing above {highest_hz:g} Hz; the network looks at up to 35 Hz to tell W and R.</source>
        <translation>{name} ist mit {sfreq:g} Hz abgetastet und enthält nichts über {highest_hz:g} Hz; das Netz sieht bis 35 Hz hin, um W und R zu erkennen.</translation>
    </message>
    <message>
        <source>{name} is sampled at {sfreq:g} Hz; spindles reach up to 16 Hz and staging needs {least_sfreq:g} Hz.</source>
        <translation>{name} ist mit {sfreq:g} Hz abgetastet; Spindeln reichen bis 16 Hz, und für die Stadien braucht es {least_sfreq:g} Hz.</translation>
    </message>
    <message>
        <source>{name} looks like {kind}: {why}.</source>
        <translation>{name} sieht nach {kind} aus: {why}.</translation>
    </message>
    <message>
        <source>{name} made the first scoring; write another name.</source>
        <translation>{name} hat die erste Auswertung gemacht; schreiben Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>{name} runs against {label} (correlation {correlation:.2f}); two derivations against a mastoid go together.</source>
        <translation>{name} läuft {label} entgegen (Korrelation {correlation:.2f}); zwei Ableitungen gegen ein Mastoid laufen gleich.</translation>
    </message>
    <message numerus="yes">
        <source>{name} stands beside yours; %n epoch(s) differ.</source>
        <translation>
            <numerusform>{name} steht neben Ihrer; %n Epoche ist verschieden.</numerusform>
            <numerusform>{name} steht neben Ihrer; %n Epochen sind verschieden.</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} stays at its limit ({lowest:.0f} or {highest:.0f}) for {n} samples or more in {share:.1%} of the seconds.</source>
        <translation>{name} bleibt in {share:.1%} der Sekunden für {n} Messwerte oder mehr an seiner Grenze ({lowest:.0f} oder {highest:.0f}).</translation>
    </message>
    <message>
        <source>{name} {version} does not stage sleep. Choose another version.</source>
        <translation>{name} {version} bestimmt keine Schlafstadien. Wählen Sie eine andere Version.</translation>
    </message>
    <message>
        <source>{name}, {at:%d %B %Y, %H:%M}</source>
        <translation>{name}, {at:%d.%m.%Y, %H:%M}</translation>
    </message>
    <message>
        <source>{name}: {n} {n:row|rows}</source>
        <translation>{name}: {n} {n:Zeile|Zeilen}</translation>
    </message>
    <message>
        <source>{name}: {n} {n:stage|stages}</source>
        <translation>{name}: {n} {n:Stadium|Stadien}</translation>
    </message>
    <message>
        <source>{nights} {nights:night|nights} of {patients} {patients:patient|patients}, {held_out} of them to compare on.</source>
        <translation>{nights} {nights:Nacht|Nächte} von {patients} {patients:Patient|Patienten}, {held_out} davon zum Vergleichen.</translation>
    </message>
    <message>
        <source>{number} is the number of no stage</source>
        <translation>{number} ist die Zahl keines Stadiums</translation>
    </message>
    <message>
        <source>{number} pixels in a millimetre</source>
        <translation>{number} Bildpunkte je Millimeter</translation>
    </message>
    <message>
        <source>{n} columns hold stages: two scorers, or something else beside the stages.</source>
        <translation>{n} Spalten enthalten Stadien: zwei Auswerter, oder etwas anderes neben den Stadien.</translation>
    </message>
    <message>
        <source>{n} empty {n:line stands|lines stand} before the first stage.</source>
        <translation>Vor dem ersten Stadium {n:steht|stehen} {n} leere {n:Zeile|Zeilen}.</translation>
    </message>
    <message>
        <source>{n} held-out {n:night|nights} of {n_patients} {n_patients:patient|patients}, {n_epochs} {n_epochs:epoch|epochs}</source>
        <translation>{n} {n:zurückgehaltene Nacht|zurückgehaltene Nächte} von {n_patients} {n_patients:Patient|Patienten}, {n_epochs} {n_epochs:Epoche|Epochen}</translation>
    </message>
    <message>
        <source>{n} limb {n:movement|movements} in sleep {n:goes with a respiratory event and counts|go with a respiratory event and count} in no index of limb movements.</source>
        <translation>{n} {n:Beinbewegung im Schlaf gehört zu einem respiratorischen Ereignis und zählt|Beinbewegungen im Schlaf gehören zu einem respiratorischen Ereignis und zählen} in keinem Index der Beinbewegungen.</translation>
    </message>
    <message>
        <source>{n} of its numbers {n:is|are} missing, as an earlier version of SleepScorer staged it that did not measure {n:it|them}: --overwrite stages it anew.</source>
        <translation>{n} ihrer Zahlen {n:fehlt|fehlen}, da eine frühere Version von SleepScorer sie klassifizierte, die diese nicht maß: --overwrite klassifiziert sie neu.</translation>
    </message>
    <message>
        <source>{n} of {total} epochs of the recording ({share:.1%}) {n:was|were} not stageable: {told}{by_hand}.</source>
        <translation>{n} von {total} Epochen der Aufzeichnung ({share:.1%}) {n:war|waren} nicht auswertbar: {told}{by_hand}.</translation>
    </message>
    <message>
        <source>{n} of {total} epochs {n:has|have} no stage: nothing was looked for in {n:it|them}.</source>
        <translation>{n} von {total} Epochen {n:hat|haben} kein Stadium: In {n:ihr|ihnen} wurde nichts gesucht.</translation>
    </message>
    <message>
        <source>{n} of {total} epochs {n:holds|hold} the stage that {name} gave{on} and that no person has changed.</source>
        <translation>{n} von {total} Epochen {n:hat|haben} das Stadium, das {name}{on} vergeben hat und das kein Mensch geändert hat.</translation>
    </message>
    <message>
        <source>{n} of {total} epochs {n:is unscored; it counts|are unscored; they count} as neither wake nor sleep.</source>
        <translation>{n} von {total} Epochen {n:ist offen; sie zählt|sind offen; sie zählen} weder als Wach noch als Schlaf.</translation>
    </message>
    <message>
        <source>{n} of {total} stages {n:begins|begin} between the recording&apos;s epochs; {rule}.</source>
        <translation>{n} von {total} Stadien {n:beginnt|beginnen} zwischen den Epochen der Aufzeichnung; {rule}.</translation>
    </message>
    <message>
        <source>{n} respiratory {n:event lies|events lie} over another one: both count in the indices.</source>
        <translation>{n} {n:respiratorisches Ereignis liegt|respiratorische Ereignisse liegen} über einem anderen: Beide zählen in den Indizes.</translation>
    </message>
    <message>
        <source>{n} suggested {n:event waits for a decision; it counts|events wait for a decision; they count} nowhere.</source>
        <translation>{n} {n:vorgeschlagenes Ereignis wartet auf eine Entscheidung; es zählt|vorgeschlagene Ereignisse warten auf eine Entscheidung; sie zählen} nirgends.</translation>
    </message>
    <message>
        <source>{n} suggested {n:event|events} that nobody decided on yet {n:counts|count} in no index.</source>
        <translation>{n} {n:vorgeschlagenes Ereignis, über das noch niemand entschieden hat, zählt|vorgeschlagene Ereignisse, über die noch niemand entschieden hat, zählen} in keinem Index.</translation>
    </message>
    <message>
        <source>{n} {n:annotation has a name that is|annotations have names that are} not known here and {n:becomes a note|become notes}: {names}.</source>
        <translation>{n} {n:Annotation hat einen Namen, der hier nicht bekannt ist, und wird zur Notiz|Annotationen haben Namen, die hier nicht bekannt sind, und werden zu Notizen}: {names}.</translation>
    </message>
    <message>
        <source>{n} {n:annotation|annotations} of free text; stages, events and lights off and on were kept.</source>
        <translation>{n} {n:Annotation|Annotationen} mit freiem Text; Stadien, Ereignisse sowie „Licht aus“ und „Licht an“ wurden behalten.</translation>
    </message>
    <message>
        <source>{n} {n:apnea has|apneas have} no type.</source>
        <translation>{n} {n:Apnoe hat|Apnoen haben} keinen Typ.</translation>
    </message>
    <message>
        <source>{n} {n:epoch has|epochs have} no stage.</source>
        <translation>{n} {n:Epoche hat|Epochen haben} kein Stadium.</translation>
    </message>
    <message>
        <source>{n} {n:epoch has|epochs have} the number {number}, which was taken for no stage; {n:it is|they are} unscored.</source>
        <translation>{n} {n:Epoche hat|Epochen haben} die Zahl {number}, die für kein Stadium gehalten wurde; sie {n:bleibt|bleiben} offen.</translation>
    </message>
    <message>
        <source>{n} {n:epoch holds|epochs hold} a stage that no person confirmed.</source>
        <translation>{n} {n:Epoche hat|Epochen haben} ein Stadium, das kein Mensch bestätigt hat.</translation>
    </message>
    <message>
        <source>{n} {n:epoch holds|epochs hold} what is no stage ({named}); {n:it is|they are} unscored.</source>
        <translation>{n} {n:Epoche enthält|Epochen enthalten}, was kein Stadium ist ({named}); sie {n:bleibt|bleiben} offen.</translation>
    </message>
    <message>
        <source>{n} {n:epoch was|epochs were} {what}.</source>
        <translation>{n} {n:Epoche wurde|Epochen wurden} {what}.</translation>
    </message>
    <message>
        <source>{n} {n:epoch|epochs}</source>
        <translation>{n} {n:Epoche|Epochen}</translation>
    </message>
    <message>
        <source>{n} {n:epoch|epochs} ({seconds:g} s)</source>
        <translation>{n} {n:Epoche|Epochen} ({seconds:g} s)</translation>
    </message>
    <message>
        <source>{n} {n:epoch|epochs} ({share:.1%}) can&apos;t be staged: {named}.</source>
        <translation>{n} {n:Epoche kann|Epochen können} nicht gescort werden ({share:.1%}): {named}.</translation>
    </message>
    <message>
        <source>{n} {n:epoch|epochs} decided on</source>
        <translation>{n} {n:entschiedene Epoche|entschiedene Epochen}</translation>
    </message>
    <message>
        <source>{n} {n:epoch|epochs} of the exercise {n:has no stage and counts|have no stage and count} nowhere.</source>
        <translation>{n} {n:Epoche der Übung hat kein Stadium und zählt|Epochen der Übung haben kein Stadium und zählen} nirgends.</translation>
    </message>
    <message>
        <source>{n} {n:event lies|events lie} outside the recording; {n:it was|they were} left out.</source>
        <translation>{n} {n:Ereignis liegt|Ereignisse liegen} außerhalb der Aufzeichnung und {n:wurde|wurden} weggelassen.</translation>
    </message>
    <message>
        <source>{n} {n:event|events} in {column} {n:has no time of its own; it was|have no times of their own; they were} left out.</source>
        <translation>{n} {n:Ereignis|Ereignisse} in {column} {n:hat keine eigene Zeit; es wurde|haben keine eigenen Zeiten; sie wurden} weggelassen.</translation>
    </message>
    <message>
        <source>{n} {n:event|events} suggested by {engine}, rule {rule}; {rejected} {rejected:candidate|candidates} missed something.</source>
        <translation>{n} {n:Ereignis|Ereignisse} vorgeschlagen durch {engine}, Regel {rule}; {rejected} {rejected:Kandidat verfehlte|Kandidaten verfehlten} etwas.</translation>
    </message>
    <message>
        <source>{n} {n:file|files}</source>
        <translation>{n} {n:Datei|Dateien}</translation>
    </message>
    <message>
        <source>{n} {n:nap|naps} did not end as the protocol asks.</source>
        <translation>{n} {n:Versuch endete|Versuche endeten} nicht, wie das Protokoll es verlangt.</translation>
    </message>
    <message>
        <source>{n} {n:night|nights} of {n_patients} {n_patients:patient|patients}.</source>
        <translation>{n} {n:Nacht|Nächte} von {n_patients} {n_patients:Patient|Patienten}.</translation>
    </message>
    <message>
        <source>{n} {n:place|places}</source>
        <translation>{n} {n:Stelle|Stellen}</translation>
    </message>
    <message>
        <source>{n} {n:remark is on an epoch|remarks are on epochs} outside the recording; {n:it was|they were} left out.</source>
        <translation>{n} {n:Bemerkung gehört zu einer Epoche außerhalb der Aufzeichnung; sie wurde|Bemerkungen gehören zu Epochen außerhalb der Aufzeichnung; sie wurden} weggelassen.</translation>
    </message>
    <message>
        <source>{n} {n:scoring is|scorings are} not signed off.</source>
        <translation>{n} {n:Auswertung ist|Auswertungen sind} nicht abgezeichnet.</translation>
    </message>
    <message>
        <source>{n} {n:stage begins before the one before it|stages begin before the one before them} ends; each was ended where the next begins.</source>
        <translation>{n} {n:Stadium beginnt|Stadien beginnen}, bevor das vorige endet; jedes endet jetzt, wo das nächste beginnt.</translation>
    </message>
    <message>
        <source>{n} {n:stage is|stages are} by somebody who saw those of a program: not blind.</source>
        <translation>{n} {n:Stadium ist|Stadien sind} von jemandem, der die eines Programms sah: nicht blind.</translation>
    </message>
    <message>
        <source>{n} {n:stage is|stages are} not a person&apos;s.</source>
        <translation>{n} {n:Stadium ist|Stadien sind} von keinem Menschen.</translation>
    </message>
    <message>
        <source>{n} {n:time|times}</source>
        <translation>{n}-mal</translation>
    </message>
    <message>
        <source>{out} has the name of a recording or session; choose one that ends with .csv or .json.</source>
        <translation>{out} ist der Name einer Aufzeichnung oder Sitzung; wählen Sie einen, der auf .csv oder .json endet.</translation>
    </message>
    <message>
        <source>{out} is a folder; name a file with {option}.</source>
        <translation>{out} ist ein Ordner; geben Sie mit {option} eine Datei an.</translation>
    </message>
    <message>
        <source>{out} is one of the files that are read or made; choose another with {option}.</source>
        <translation>{out} ist eine der Dateien, die gelesen oder geschrieben werden; wählen Sie mit {option} eine andere.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be looked at any more ({reason}); check that the disk or network share is still there.</source>
        <translation>{path} ist nicht mehr zugänglich ({reason}); prüfen Sie, ob Datenträger oder Netzlaufwerk noch da sind.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be made: {reason}.</source>
        <translation>{path} kann nicht angelegt werden: {reason}.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be made: {reason}. Check the folder&apos;s permissions.</source>
        <translation>{path} kann nicht angelegt werden: {reason}. Prüfen Sie die Rechte des Ordners.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be opened: this computer has no program for it, or it is gone.</source>
        <translation>{path} lässt sich nicht öffnen: Auf diesem Rechner gibt es kein Programm dafür, oder die Datei ist nicht mehr da.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be opened: {error}.</source>
        <translation>{path} kann nicht geöffnet werden: {error}.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be opened: {reason}.</source>
        <translation>{path} kann nicht geöffnet werden: {reason}.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be read and can&apos;t be put aside ({reason}), so your montages were not written; move it away and change them again.</source>
        <translation>{path} kann weder gelesen noch beiseitegelegt werden ({reason}), also wurden Ihre Montagen nicht geschrieben; verschieben Sie die Datei und ändern Sie die Montagen noch einmal.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be read as features of nights ({error}). Make it anew.</source>
        <translation>{path} kann nicht als Merkmale von Nächten gelesen werden ({error}). Erzeugen Sie die Datei neu.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be read: {reason}.</source>
        <translation>{path} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be read: {reason}. Check the folder&apos;s permissions.</source>
        <translation>{path} kann nicht gelesen werden: {reason}. Prüfen Sie die Rechte des Ordners.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be read: {reason}. Without it no patient is recognised; check its permissions.</source>
        <translation>{path} kann nicht gelesen werden: {reason}. Ohne diese Datei wird kein Patient erkannt; prüfen Sie ihre Rechte.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be removed: {reason}. Check the folder&apos;s permissions.</source>
        <translation>{path} kann nicht entfernt werden: {reason}. Prüfen Sie die Rechte des Ordners.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be used: {error}. Calibrate {title} again, or remove the file.</source>
        <translation>{path} kann nicht verwendet werden: {error}. Kalibrieren Sie {title} noch einmal, oder entfernen Sie die Datei.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be written: {error}. Nothing was changed.</source>
        <translation>{path} kann nicht geschrieben werden: {error}. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be written: {reason}. Make room on the disk, or choose another folder, and begin again: what was staged stays.</source>
        <translation>{path} kann nicht geschrieben werden: {reason}. Schaffen Sie Platz auf dem Datenträger oder wählen Sie einen anderen Ordner, und beginnen Sie noch einmal: Was ausgewertet wurde, bleibt.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be written: {reason}. Nothing was changed; check the folder&apos;s permissions and the space on the disk.</source>
        <translation>{path} kann nicht geschrieben werden: {reason}. Nichts wurde geändert; prüfen Sie die Rechte des Ordners und den Platz auf dem Datenträger.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be written: {reason}. Nothing was changed; {advice}.</source>
        <translation>{path} kann nicht geschrieben werden: {reason}. Nichts wurde geändert; {advice}.</translation>
    </message>
    <message>
        <source>{path} has two montages named “{name}”; rename one of them.</source>
        <translation>{path} hat zwei Montagen mit dem Namen „{name}“; benennen Sie eine davon um.</translation>
    </message>
    <message>
        <source>{path} holds no list of montages.</source>
        <translation>{path} enthält keine Liste von Montagen.</translation>
    </message>
    <message>
        <source>{path} holds no montages: it does not begin with “{format}”.</source>
        <translation>{path} enthält keine Montagen: Die Datei beginnt nicht mit „{format}“.</translation>
    </message>
    <message>
        <source>{path} holds no montages: it is not JSON ({error}).</source>
        <translation>{path} enthält keine Montagen: Es ist kein JSON ({error}).</translation>
    </message>
    <message>
        <source>{path} is a folder; choose a recording in it.</source>
        <translation>{path} ist ein Ordner; wählen Sie eine Aufzeichnung darin.</translation>
    </message>
    <message>
        <source>{path} is a pipe or device, no file; choose a recording.</source>
        <translation>{path} ist eine Pipe oder ein Gerät, keine Datei; wählen Sie eine Aufzeichnung.</translation>
    </message>
    <message>
        <source>{path} is no ordinary file; choose another.</source>
        <translation>{path} ist keine gewöhnliche Datei; wählen Sie eine andere.</translation>
    </message>
    <message>
        <source>{path} is not the recording that was scored any more: {difference}. Put the recording back to use this night with another network.</source>
        <translation>{path} ist nicht mehr die Aufzeichnung, die ausgewertet wurde: {difference}. Legen Sie die Aufzeichnung zurück, um diese Nacht mit einem anderen Netz zu verwenden.</translation>
    </message>
    <message>
        <source>{path} is not the recording that was scored: {difference}. Put the right one there and try again.</source>
        <translation>{path} ist nicht die Aufzeichnung, die ausgewertet wurde: {difference}. Legen Sie die richtige dorthin und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>{path} is not the recording that {session} was scored on: {difference}.</source>
        <translation>{path} ist nicht die Aufzeichnung, zu der {session} gehört: {difference}.</translation>
    </message>
    <message>
        <source>{path} is read-only and was left alone; choose another name, or allow writing to it.</source>
        <translation>{path} ist schreibgeschützt und blieb unverändert; wählen Sie einen anderen Namen, oder erlauben Sie das Schreiben.</translation>
    </message>
    <message>
        <source>{path} is there already and was left alone; choose another name.</source>
        <translation>{path} gibt es schon und blieb unverändert; wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>{path} is too large for a letterhead, which is a TOML file of at most {most_kib} KiB; choose another.</source>
        <translation>{path} ist zu groß für einen Briefkopf, eine TOML-Datei von höchstens {most_kib} KiB; wählen Sie eine andere.</translation>
    </message>
    <message>
        <source>{path} is too large to hold montages.</source>
        <translation>{path} ist zu groß, um Montagen zu enthalten.</translation>
    </message>
    <message>
        <source>{path}, a night to learn from, can&apos;t be used: {error}. Remove the file and add the night again.</source>
        <translation>{path}, eine Nacht zum Lernen, kann nicht verwendet werden: {error}. Entfernen Sie die Datei und nehmen Sie die Nacht noch einmal auf.</translation>
    </message>
    <message>
        <source>{path}, montage {number}</source>
        <translation>{path}, Montage {number}</translation>
    </message>
    <message>
        <source>{path}, the plan of a training, can&apos;t be used: {reason}. Discard this training.</source>
        <translation>{path}, der Plan eines Trainings, ist nicht verwendbar: {reason}. Verwerfen Sie dieses Training.</translation>
    </message>
    <message>
        <source>{pressure} cmH₂O</source>
        <translation>{pressure} cmH₂O</translation>
    </message>
    <message numerus="yes">
        <source>{programs} together: %n epoch(s) changed.</source>
        <translation>
            <numerusform>{programs} zusammen: %n Epoche geändert.</numerusform>
            <numerusform>{programs} zusammen: %n Epochen geändert.</numerusform>
        </translation>
    </message>
    <message>
        <source>{program} is joined already.</source>
        <translation>{program} ist schon dabei.</translation>
    </message>
    <message>
        <source>{program} stages {derivation}</source>
        <translation>{program} bewertet {derivation}</translation>
    </message>
    <message>
        <source>{question} Say which: {words}.</source>
        <translation>{question} Sagen Sie, was gilt: {words}.</translation>
    </message>
    <message>
        <source>{record_s:g} s, below zero</source>
        <translation>{record_s:g} s, weniger als null</translation>
    </message>
    <message>
        <source>{recording} is not the recording that {session} was scored on: {difference}. Put the right recording beside the session file and open that again.</source>
        <translation>{recording} ist nicht die Aufzeichnung, zu der {session} gehört: {difference}. Legen Sie die richtige Aufzeichnung neben die Sitzungsdatei und öffnen Sie diese erneut.</translation>
    </message>
    <message>
        <source>{seconds:g} s</source>
        <translation>{seconds:g} s</translation>
    </message>
    <message>
        <source>{seen} The values look like {unit} taken for µV.</source>
        <translation>{seen} Die Werte sehen aus wie {unit}, als µV gelesen.</translation>
    </message>
    <message>
        <source>{share:.0%} of {name} stands still or at one value in between, as where samples were lost and filled.</source>
        <translation>{share:.0%} von {name} stehen still oder zwischendurch auf einem Wert, wie wo Abtastwerte verloren gingen und aufgefüllt wurden.</translation>
    </message>
    <message>
        <source>{share:.0%} of {n} epochs were staged {stage}.</source>
        <translation>{share:.0%} von {n} Epochen bekamen das Stadium {stage}.</translation>
    </message>
    <message>
        <source>{slow:.0%} of its power lies below 2 Hz</source>
        <translation>{slow:.0%} seiner Leistung liegen unter 2 Hz</translation>
    </message>
    <message>
        <source>{slow:.0%} of its power lies below 2 Hz at {typical_uv:.0f} µV</source>
        <translation>{slow:.0%} seiner Leistung liegen unter 2 Hz bei {typical_uv:.0f} µV</translation>
    </message>
    <message>
        <source>{sources} would both be written to {file}; {source} was left out: write them into different folders.</source>
        <translation>{sources} würden beide nach {file} geschrieben; {source} wurde ausgelassen: Schreiben Sie sie in verschiedene Ordner.</translation>
    </message>
    <message>
        <source>{source} → {target}: {n} {n:suggestion|suggestions}.</source>
        <translation>{source} → {target}: {n} {n:Vorschlag|Vorschläge}.</translation>
    </message>
    <message>
        <source>{stage} for epoch {first}</source>
        <translation>{stage} für Epoche {first}</translation>
    </message>
    <message>
        <source>{stage} for {count} {count:epoch|epochs}</source>
        <translation>{stage} für {count} {count:Epoche|Epochen}</translation>
    </message>
    <message>
        <source>{stage} goes on: rapid eye movements ({n}), no chin EMG to tell W from R.</source>
        <translation>{stage} geht weiter: schnelle Augenbewegungen ({n}), kein Kinn-EMG, das W von R unterschiede.</translation>
    </message>
    <message>
        <source>{table} is there already, is no table of a batch and was left alone; choose another name with --summary, or --overwrite to replace it.</source>
        <translation>{table} ist schon da, ist keine Tabelle eines Stapels und blieb unverändert; wählen Sie mit --summary einen anderen Namen, oder ersetzen Sie sie mit --overwrite.</translation>
    </message>
    <message>
        <source>{text}: too early</source>
        <translation>{text}: zu früh</translation>
    </message>
    <message>
        <source>{text}: too late</source>
        <translation>{text}: zu spät</translation>
    </message>
    <message>
        <source>{time}, epoch {number}: {stage}</source>
        <translation>{time}, Epoche {number}: {stage}</translation>
    </message>
    <message>
        <source>{title} can&apos;t learn from corrections here: it has no features of epochs that could be kept. Choose another version of the network.</source>
        <translation>{title} kann hier nicht aus Korrekturen lernen: Es hat keine Merkmale von Epochen, die aufbewahrt werden könnten. Wählen Sie eine andere Version des Netzes.</translation>
    </message>
    <message>
        <source>{title} comes with SleepScorer and stays.</source>
        <translation>{title} kommt mit SleepScorer und bleibt.</translation>
    </message>
    <message>
        <source>{title} does not come with this version of SleepScorer.</source>
        <translation>{title} kommt nicht mit dieser Version von SleepScorer.</translation>
    </message>
    <message>
        <source>{title} ended without writing a scoring of {file} to the file that {{out}} stands for.</source>
        <translation>{title} endete, ohne eine Auswertung von {file} in die Datei zu schreiben, für die {{out}} steht.</translation>
    </message>
    <message>
        <source>{title} failed with status {status}{said}.</source>
        <translation>{title} scheiterte mit Status {status}{said}.</translation>
    </message>
    <message>
        <source>{title} is in use.</source>
        <translation>{title} wird verwendet.</translation>
    </message>
    <message>
        <source>{title} is in use: choose another version first.</source>
        <translation>{title} wird verwendet: Wählen Sie zuerst eine andere Version.</translation>
    </message>
    <message>
        <source>{title} is not calibrated.</source>
        <translation>{title} ist nicht kalibriert.</translation>
    </message>
    <message>
        <source>{title} is there now; the version in use is the same as before.</source>
        <translation>{title} ist jetzt da; in Gebrauch ist dieselbe Version wie vorher.</translation>
    </message>
    <message>
        <source>{title} was ended after {longest_s:g} s without a scoring.</source>
        <translation>{title} wurde nach {longest_s:g} s ohne Auswertung beendet.</translation>
    </message>
    <message>
        <source>{trace} is hidden: Traces &gt; Show hidden traces brings it back.</source>
        <translation>{trace} ist ausgeblendet: Kurven &gt; Ausgeblendete Kurven zeigen bringt sie zurück.</translation>
    </message>
    <message>
        <source>{value} (incomplete)</source>
        <translation>{value} (unvollständig)</translation>
    </message>
    <message>
        <source>{value} peak to peak</source>
        <translation>{value} Spitze-Spitze</translation>
    </message>
    <message>
        <source>{version} is paused; “Go on” continues where it was.</source>
        <translation>{version} ist angehalten; „Fortsetzen“ macht dort weiter, wo es war.</translation>
    </message>
    <message>
        <source>{where} (“{name}”): {error}.</source>
        <translation>{where} („{name}“): {error}.</translation>
    </message>
    <message>
        <source>{where}: it has no list of traces.</source>
        <translation>{where}: Es fehlt die Liste der Kurven.</translation>
    </message>
    <message>
        <source>{where}: it has no name.</source>
        <translation>{where}: Es fehlt der Name.</translation>
    </message>
    <message>
        <source>{work}, about {minutes} min left</source>
        <translation>{work}, noch etwa {minutes} min</translation>
    </message>
    <message>
        <source>{work}, about {seconds} s left</source>
        <translation>{work}, noch etwa {seconds} s</translation>
    </message>
    <message>
        <source>{work}: the folder has not answered for {seconds} s</source>
        <translation>{work}: Der Ordner antwortet seit {seconds} s nicht</translation>
    </message>
    <message>
        <source>±37.5 µV &amp;guides</source>
        <translation>&amp;Hilfslinien bei ±37,5 µV</translation>
    </message>
    <message>
        <source>κ of the seconds</source>
        <translation>κ der Sekunden</translation>
    </message>
    <message>
        <source>κ, agreement of each stage and the confusion matrix</source>
        <translation>κ, Übereinstimmung jedes Stadiums und Konfusionsmatrix</translation>
    </message>
    <message>
        <source>“yasa”, or a command that writes a scoring to {out}. {recording} stands for the recording, {channel} for the derivation.</source>
        <translation>„yasa“ oder ein Befehl, der eine Bewertung nach {out} schreibt. {recording} steht für die Aufzeichnung, {channel} für die Ableitung.</translation>
    </message>
    <message>
        <source>“{action}” has this key already.</source>
        <translation>„{action}“ hat diese Taste bereits.</translation>
    </message>
    <message>
        <source>“{format}” can&apos;t hold everything of this scoring:</source>
        <translation>„{format}“ kann nicht alles aus dieser Auswertung aufnehmen:</translation>
    </message>
    <message>
        <source>“{label}” goes up to {most:.0f} cmH₂O, which no device gives: it is not read.</source>
        <translation>„{label}“ geht bis {most:.0f} cmH₂O, die kein Gerät gibt: Er wird nicht gelesen.</translation>
    </message>
    <message>
        <source>“{label}” has {sfreq:g} Hz; as {role} it needs at least {least:g} Hz.</source>
        <translation>„{label}“ hat {sfreq:g} Hz; als {role} braucht er mindestens {least:g} Hz.</translation>
    </message>
    <message>
        <source>“{label}” is no heart rate in beats per minute.</source>
        <translation>„{label}“ ist keine Herzfrequenz in Schlägen je Minute.</translation>
    </message>
    <message>
        <source>“{label}” is no oxygen saturation in %: only {share:.0%} of it lies from 50 to 100. Give the role to another channel.</source>
        <translation>„{label}“ ist keine Sauerstoffsättigung in %: Nur {share:.0%} davon liegen von 50 bis 100. Geben Sie die Rolle einem anderen Kanal.</translation>
    </message>
    <message>
        <source>“{label}” is stored as a fraction of one and was read in %.</source>
        <translation>„{label}“ ist als Bruchteil von eins gespeichert und wurde in % gelesen.</translation>
    </message>
    <message>
        <source>“{label}” is stored in “{unit}”, no pressure that is known: the pressures of the device are not told by it.</source>
        <translation>„{label}“ ist in „{unit}“ gespeichert, keinem bekannten Druck: Die Drücke des Geräts lassen sich daran nicht ablesen.</translation>
    </message>
    <message>
        <source>“{label}” is stored in “{unit}”, no voltage: 8 µV can&apos;t be told in it.</source>
        <translation>„{label}“ ist in „{unit}“ gespeichert, keiner Spannung: 8 µV sind darin nicht zu erkennen.</translation>
    </message>
    <message>
        <source>“{name}”</source>
        <translation>„{name}“</translation>
    </message>
    <message>
        <source>“{name}” ({n})</source>
        <translation>„{name}“ ({n})</translation>
    </message>
    <message>
        <source>“{name}” has no trace yet.</source>
        <translation>„{name}“ hat noch keine Kurve.</translation>
    </message>
    <message>
        <source>“{name}” is shown; its key is {key}.</source>
        <translation>„{name}“ wird gezeigt; die Taste ist {key}.</translation>
    </message>
    <message>
        <source>“{name}” names {number} versions; there are: {known}. A version of another network is trained with python -m training train and added with sleepscorer train import FILE.</source>
        <translation>„{name}“ bezeichnet {number} Versionen; es gibt: {known}. Eine Version eines anderen Netzes wird mit python -m training train trainiert und mit sleepscorer train import DATEI hinzugefügt.</translation>
    </message>
    <message>
        <source>“{operator}” works with numbers alone</source>
        <translation>„{operator}“ rechnet nur mit Zahlen</translation>
    </message>
    <message>
        <source>“{text}” has no name yet.</source>
        <translation>„{text}“ hat noch keinen Namen.</translation>
    </message>
    <message>
        <source>“{text}” is neither “{yasa}” nor a command with {{recording}} and {{out}} for the files that it reads and writes.</source>
        <translation>„{text}“ ist weder „{yasa}“ noch ein Befehl mit {{recording}} und {{out}} für die Dateien, die er liest und schreibt.</translation>
    </message>
    <message>
        <source>“{text}” is no command: {error}.</source>
        <translation>„{text}“ ist kein Befehl: {error}.</translation>
    </message>
    <message>
        <source>“{text}” is no filter; write two frequencies in Hz</source>
        <translation>„{text}“ ist kein Filter; schreiben Sie zwei Frequenzen in Hz</translation>
    </message>
    <message>
        <source>“{text}” is no filter; write two frequencies like 0.3–35</source>
        <translation>„{text}“ ist kein Filter; geben Sie zwei Frequenzen wie 0,3–35 ein</translation>
    </message>
    <message>
        <source>“{text}” is no number of seconds.</source>
        <translation>„{text}“ ist keine Anzahl von Sekunden.</translation>
    </message>
    <message>
        <source>“{text}” is no text</source>
        <translation>„{text}“ ist kein Text</translation>
    </message>
    <message>
        <source>“{text}” is no time of day; hours go from 0 to 23.</source>
        <translation>„{text}“ ist keine Uhrzeit; Stunden gehen von 0 bis 23.</translation>
    </message>
    <message>
        <source>“{text}” is no time; write it like 22:58 or 22:58:30.</source>
        <translation>„{text}“ ist keine Zeit; schreiben Sie sie wie 22:58 oder 22:58:30.</translation>
    </message>
    <message>
        <source>“{text}” {n} times</source>
        <translation>„{text}“ {n}-mal</translation>
    </message>
</context>
</TS>
