<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>  from </source>
        <translation>  aus </translation>
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
        <source>%n peak(s) = {frequency}</source>
        <translation>
            <numerusform>%n Spitze = {frequency}</numerusform>
            <numerusform>%n Spitzen = {frequency}</numerusform>
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
        <source>&amp;Hypopnea</source>
        <translation>&amp;Hypopnoe</translation>
    </message>
    <message>
        <source>&amp;Import scoring…</source>
        <translation>Auswertung &amp;importieren…</translation>
    </message>
    <message>
        <source>&amp;K-complex</source>
        <translation>&amp;K-Komplex</translation>
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
        <source>&amp;Spindle</source>
        <translation>Schlaf&amp;spindel</translation>
    </message>
    <message>
        <source>&amp;Stay</source>
        <translation>Hier &amp;bleiben</translation>
    </message>
    <message>
        <source>&amp;Take the second scoring away</source>
        <translation>Zweite Auswertung ent&amp;fernen</translation>
    </message>
    <message>
        <source>&amp;Times of the lights…</source>
        <translation>Li&amp;chtzeiten…</translation>
    </message>
    <message>
        <source>&amp;Traces</source>
        <translation>&amp;Kurven</translation>
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
        <source>1 / duration = {frequency}</source>
        <translation>1 / Dauer = {frequency}</translation>
    </message>
    <message>
        <source>&lt;h3&gt;SleepScorer {version}&lt;/h3&gt;&lt;p&gt;Shows sleep recordings, stages them with MC²SleepNet and lets you correct, save and export the hypnogram.&lt;/p&gt;&lt;p&gt;&lt;b&gt;{disclaimer}&lt;/b&gt;&lt;/p&gt;&lt;p&gt;Nothing leaves this computer: the program uses no network.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;SleepScorer {version}&lt;/h3&gt;&lt;p&gt;Zeigt Schlafaufzeichnungen, bestimmt die Schlafstadien mit MC²SleepNet und lässt Sie das Hypnogramm korrigieren, speichern und exportieren.&lt;/p&gt;&lt;p&gt;&lt;b&gt;{disclaimer}&lt;/b&gt;&lt;/p&gt;&lt;p&gt;Nichts verlässt diesen Computer: Das Programm verwendet kein Netzwerk.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>A digit of the number pad goes to the next epoch, one of the top row stays</source>
        <translation>Eine Ziffer des Ziffernblocks führt zur nächsten Epoche, eine der oberen Reihe bleibt bei dieser</translation>
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
        <source>AASM f&amp;ilters</source>
        <translation>AASM-&amp;Filter</translation>
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
        <source>Action</source>
        <translation>Aktion</translation>
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
        <source>Agreement of two scorers</source>
        <translation>Übereinstimmung zweier Auswerter</translation>
    </message>
    <message>
        <source>Agreement with a careful scorer that the probabilities of the network announce, when the next epochs of this queue are decided</source>
        <translation>Übereinstimmung mit einem sorgfältigen Auswerter, die die Wahrscheinlichkeiten des Netzes ankündigen, wenn die nächsten Epochen dieser Liste entschieden sind</translation>
    </message>
    <message>
        <source>All channels</source>
        <translation>Alle Kanäle</translation>
    </message>
    <message>
        <source>All doubtful</source>
        <translation>Alle zweifelhaften</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Alpha</source>
        <translation>Alpha</translation>
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
        <source>Answer for the whole scoring with your name; any change after that ends it</source>
        <translation>Mit Ihrem Namen für die ganze Auswertung einstehen; jede Änderung danach beendet das</translation>
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
        <source>Arousal</source>
        <translation>Arousal</translation>
    </message>
    <message>
        <source>Arousals</source>
        <translation>Arousals</translation>
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
        <source>Artefacts</source>
        <translation>Artefakte</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Wie das &amp;System</translation>
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
        <source>Begin</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>Begin a second scoring that sees nothing of this one or the model</source>
        <translation>Eine zweite Auswertung beginnen, die von dieser und dem Modell nichts sieht</translation>
    </message>
    <message>
        <source>Begin a third scoring with all that both agree on, and go through the rest</source>
        <translation>Eine dritte Auswertung mit allem beginnen, worin beide übereinstimmen, und den Rest durchgehen</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>Geboren</translation>
    </message>
    <message>
        <source>Bruxism</source>
        <translation>Bruxismus</translation>
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
        <source>CSV, one row an epoch</source>
        <translation>CSV, eine Zeile je Epoche</translation>
    </message>
    <message>
        <source>Calibrate the screen</source>
        <translation>Bildschirm kalibrieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Central apnea</source>
        <translation>Zentrale Apnoe</translation>
    </message>
    <message>
        <source>Central hypopnea</source>
        <translation>Zentrale Hypopnoe</translation>
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
        <source>Chin EMG</source>
        <translation>Kinn-EMG</translation>
    </message>
    <message>
        <source>Choose a derivation to stage first.</source>
        <translation>Wählen Sie zuerst eine Ableitung.</translation>
    </message>
    <message>
        <source>Choose an action, then press a key in the field below to give it to it.</source>
        <translation>Wählen Sie eine Aktion und drücken Sie dann im Feld darunter die Taste, die sie bekommen soll.</translation>
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
        <source>Comment (C)</source>
        <translation>Kommentar (C)</translation>
    </message>
    <message>
        <source>Confirm th&amp;e stage</source>
        <translation>Stadi&amp;um bestätigen</translation>
    </message>
    <message>
        <source>Copy recording and scoring without what names anybody</source>
        <translation>Aufzeichnung und Auswertung ohne alles kopieren, was jemanden nennt</translation>
    </message>
    <message>
        <source>Copying {file}</source>
        <translation>{file} wird kopiert</translation>
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
        <source>Discard</source>
        <translation>Verwerfen</translation>
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
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>E&amp;xport scoring</source>
        <translation>Auswertung e&amp;xportieren</translation>
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
        <source>EEG and EOG 0.3–35 Hz, EMG 10–100 Hz, ECG 0.3–70 Hz, respiration 0.1–15 Hz, unless the montage says otherwise; off: everything as it is stored</source>
        <translation>EEG und EOG 0,3–35 Hz, EMG 10–100 Hz, EKG 0,3–70 Hz, Atmung 0,1–15 Hz, sofern die Montage nichts anderes festlegt; aus: alles wie gespeichert</translation>
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
        <source>Epoch, its stage | what it may be instead, and the chance that the stage is wrong</source>
        <translation>Epoche, ihr Stadium | was sie stattdessen sein kann, und wie wahrscheinlich das Stadium falsch ist</translation>
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
        <source>Eve&amp;nts</source>
        <translation>&amp;Ereignisse</translation>
    </message>
    <message>
        <source>Every change of a stage as CSV, as far back as the journals go: 30 days</source>
        <translation>Jede Änderung eines Stadiums als CSV, so weit die Journale zurückreichen: 30 Tage</translation>
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
        <source>F&amp;irst epoch</source>
        <translation>&amp;Erste Epoche</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Filter, Hz</source>
        <translation>Filter, Hz</translation>
    </message>
    <message>
        <source>Find the epochs most like this one to the network and stage them together</source>
        <translation>Die Epochen finden, die dieser für das Netz am ähnlichsten sind, und ihnen zusammen ein Stadium geben</translation>
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
        <source>For a time in the night during which the light was on</source>
        <translation>Für eine Zeit in der Nacht, in der das Licht an war</translation>
    </message>
    <message>
        <source>From the 5th to the 99th percentile of the power</source>
        <translation>Vom 5. bis zum 99. Perzentil der Leistung</translation>
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
        <source>Go to…</source>
        <translation>Gehe zu…</translation>
    </message>
    <message>
        <source>Hide both: the recording begins at midnight</source>
        <translation>Beides verbergen: Die Aufzeichnung beginnt um Mitternacht</translation>
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
        <source>How each figure of the sleep statistics is computed, and on whose word</source>
        <translation>Wie jede Zahl der Schlafstatistik berechnet wird und auf wen sie sich beruft</translation>
    </message>
    <message>
        <source>How is this scoring meant?</source>
        <translation>Wie ist diese Auswertung gemeint?</translation>
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
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Import a scoring</source>
        <translation>Auswertung importieren</translation>
    </message>
    <message numerus="yes">
        <source>Imported {file}: {staged} epochs, %n event(s).</source>
        <translation>
            <numerusform>{file} importiert: {staged} Epochen, %n Ereignis.</numerusform>
            <numerusform>{file} importiert: {staged} Epochen, %n Ereignisse.</numerusform>
        </translation>
    </message>
    <message>
        <source>Interruptions lie between lights off and lights on, one after the other.</source>
        <translation>Unterbrechungen liegen zwischen „Licht aus“ und „Licht an“, eine nach der anderen.</translation>
    </message>
    <message numerus="yes">
        <source>It was so %n more time(s); see the strip.</source>
        <translation>
            <numerusform>Das war noch %n-mal so; siehe den Streifen.</numerusform>
            <numerusform>Das war noch %n-mal so; siehe den Streifen.</numerusform>
        </translation>
    </message>
    <message>
        <source>JSON, everything</source>
        <translation>JSON, alles</translation>
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
        <source>Keep the time of day, hide the date (1 January 1985)</source>
        <translation>Uhrzeit behalten, Datum verbergen (1. Januar 1985)</translation>
    </message>
    <message>
        <source>Keep these traces with their sensitivities under a name</source>
        <translation>Diese Kurven mit ihren Empfindlichkeiten unter einem Namen behalten</translation>
    </message>
    <message>
        <source>Keep what &amp;is scored in a selection</source>
        <translation>Ausgewertetes in einer Auswahl be&amp;halten</translation>
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
        <source>L&amp;onger page</source>
        <translation>Seite &amp;länger</translation>
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
        <source>Lights off at</source>
        <translation>Licht aus um</translation>
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
        <source>Lines 75 µV apart, the criterion of slow waves</source>
        <translation>Linien im Abstand von 75 µV, dem Kriterium für langsame Wellen</translation>
    </message>
    <message>
        <source>Load a second scoring</source>
        <translation>Eine zweite Auswertung laden</translation>
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
        <source>Mains notc&amp;h</source>
        <translation>Netzf&amp;ilter</translation>
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
        <source>Mark what was fo&amp;und</source>
        <translation>Gefundenes mar&amp;kieren</translation>
    </message>
    <message>
        <source>Mark “lights off” where the light goes off again.</source>
        <translation>Markieren Sie „Licht aus“, wo das Licht wieder ausgeht.</translation>
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
        <source>Mixed apnea</source>
        <translation>Gemischte Apnoe</translation>
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
        <source>N&amp;ext event</source>
        <translation>Nä&amp;chstes Ereignis</translation>
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
        <source>N3: slow waves fill {seconds} s, at least 6 s of the epoch.</source>
        <translation>N3: Langsame Wellen füllen {seconds} s, mindestens 6 s der Epoche.</translation>
    </message>
    <message>
        <source>NSRR XML</source>
        <translation>NSRR-XML</translation>
    </message>
    <message>
        <source>Name of the copy</source>
        <translation>Name der Kopie</translation>
    </message>
    <message>
        <source>Name, code and dates of the patient and the name of the file are not shown</source>
        <translation>Name, Kennung und Daten des Patienten und der Name der Datei werden nicht gezeigt</translation>
    </message>
    <message>
        <source>Near events</source>
        <translation>Nahe Ereignissen</translation>
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
        <source>Next &amp;filter of the queue</source>
        <translation>Nächster Filte&amp;r der Liste</translation>
    </message>
    <message>
        <source>Next mains no&amp;tch</source>
        <translation>Nächster Ne&amp;tzfilter</translation>
    </message>
    <message>
        <source>No EEG was analysed here.</source>
        <translation>Hier wurde kein EEG untersucht.</translation>
    </message>
    <message>
        <source>No automatic scoring yet (F9).</source>
        <translation>Noch keine automatische Auswertung (F9).</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>Keine Taste</translation>
    </message>
    <message>
        <source>No longer beside yours: {names}.</source>
        <translation>Nicht mehr neben Ihrer: {names}.</translation>
    </message>
    <message>
        <source>No signal: the recording has a gap here.</source>
        <translation>Kein Signal: Die Aufzeichnung hat hier eine Lücke.</translation>
    </message>
    <message>
        <source>No unsaved changes</source>
        <translation>Keine ungespeicherten Änderungen</translation>
    </message>
    <message>
        <source>Not a medical device: a qualified person reviews every result.</source>
        <translation>Kein Medizinprodukt: Eine qualifizierte Person prüft jedes Ergebnis.</translation>
    </message>
    <message>
        <source>Not in this recording: {names}</source>
        <translation>Nicht in dieser Aufzeichnung: {names}</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Nothing of your scoring changes, so there is nothing to undo; Review &gt; Take the second scoring away removes it.</source>
        <translation>An Ihrer Auswertung ändert sich nichts, also ist nichts rückgängig zu machen; Durchsicht &gt; Zweite Auswertung entfernen nimmt sie wieder weg.</translation>
    </message>
    <message>
        <source>Nothing was changed: whoever scores needs a name.</source>
        <translation>Nichts wurde geändert: Wer auswertet, braucht einen Namen.</translation>
    </message>
    <message>
        <source>Number &amp;pad goes on, top row stays</source>
        <translation>&amp;Ziffernblock geht weiter, obere Reihe bleibt</translation>
    </message>
    <message>
        <source>Obstructive apnea</source>
        <translation>Obstruktive Apnoe</translation>
    </message>
    <message>
        <source>Obstructive hypopnea</source>
        <translation>Obstruktive Hypopnoe</translation>
    </message>
    <message>
        <source>Of the selected trace, or of all</source>
        <translation>Der ausgewählten Kurve oder aller</translation>
    </message>
    <message>
        <source>Off, 50 Hz, 60 Hz in turn; it is part of the filters</source>
        <translation>Der Reihe nach aus, 50 Hz, 60 Hz; er gehört zu den Filtern</translation>
    </message>
    <message>
        <source>One page to sign</source>
        <translation>Eine Seite zum Unterschreiben</translation>
    </message>
    <message>
        <source>Only what is known to name nobody goes into the copy: samples, stages, events, usual labels, units and filters. All names, free texts and unusual labels are removed or replaced. The list of what was removed is shown afterwards.</source>
        <translation>In die Kopie kommt nur, was bekanntermaßen niemanden nennt: Messwerte, Stadien, Ereignisse, übliche Kanalnamen, Einheiten und Filter. Alle Namen, freien Texte und unüblichen Kanalnamen werden entfernt oder ersetzt. Danach wird gezeigt, was entfernt wurde.</translation>
    </message>
    <message>
        <source>Ope&amp;n recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
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
        <source>Opening the demo</source>
        <translation>Demo wird geöffnet</translation>
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
        <source>Other events</source>
        <translation>Andere Ereignisse</translation>
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
        <source>Page fo&amp;rward</source>
        <translation>Seite vo&amp;r</translation>
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
        <source>Patient, dates, channels with rates, filters and transducers, annotations</source>
        <translation>Patient, Daten, Kanäle mit Raten, Filtern und Aufnehmern, Anmerkungen</translation>
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
        <source>Profusion XML (Compumedics)</source>
        <translation>Profusion-XML (Compumedics)</translation>
    </message>
    <message>
        <source>Put it beside</source>
        <translation>Daneben stellen</translation>
    </message>
    <message>
        <source>Put the scoring of another scorer beside this one</source>
        <translation>Die Auswertung eines anderen Auswerters neben diese stellen</translation>
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
        <source>Rate</source>
        <translation>Rate</translation>
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
        <source>Recording</source>
        <translation>Aufzeichnung</translation>
    </message>
    <message>
        <source>Recording field</source>
        <translation>Aufzeichnungsfeld</translation>
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
        <source>Remark</source>
        <translation>Bemerkung</translation>
    </message>
    <message>
        <source>Remo&amp;ve</source>
        <translation>En&amp;tfernen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
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
        <source>Restore it</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Durchsicht</translation>
    </message>
    <message>
        <source>S&amp;horter page</source>
        <translation>Seite &amp;kürzer</translation>
    </message>
    <message>
        <source>SIMULATED RECORDING – made by SleepScorer, no real person</source>
        <translation>SIMULIERTE AUFZEICHNUNG – von SleepScorer erzeugt, keine wirkliche Person</translation>
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
        <source>Search: a key or what it does</source>
        <translation>Suchen: eine Taste oder was sie tut</translation>
    </message>
    <message>
        <source>Second scoring</source>
        <translation>Zweite Auswertung</translation>
    </message>
    <message>
        <source>Select &amp;all traces</source>
        <translation>&amp;Alle Kurven auswählen</translation>
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
        <source>Select with the ne&amp;xt</source>
        <translation>&amp;Bis zur nächsten auswählen</translation>
    </message>
    <message>
        <source>Select with the pre&amp;vious</source>
        <translation>Bis zur vorigen auswä&amp;hlen</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>Geschlecht</translation>
    </message>
    <message>
        <source>Show half as much of the night around this epoch</source>
        <translation>Von der Nacht halb so viel um diese Epoche zeigen</translation>
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
        <source>Single EEG</source>
        <translation>Ein EEG</translation>
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
        <source>SleepScorer session</source>
        <translation>SleepScorer-Sitzung</translation>
    </message>
    <message>
        <source>SleepScorer session (HDF5), everything</source>
        <translation>SleepScorer-Sitzung (HDF5), alles</translation>
    </message>
    <message>
        <source>Slow eye mov.</source>
        <translation>Langsame Augenb.</translation>
    </message>
    <message>
        <source>Slow waves</source>
        <translation>Langsame Wellen</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>So that sensitivities can be given in µV/mm</source>
        <translation>Damit Empfindlichkeiten in µV/mm angegeben werden können</translation>
    </message>
    <message>
        <source>Something went wrong in SleepScorer ({error}). Your scoring is still here: save it (Ctrl+S), then start the program again.</source>
        <translation>In SleepScorer ist ein Fehler aufgetreten ({error}). Ihre Auswertung ist noch da: Speichern Sie sie (Strg+S) und starten Sie das Programm dann neu.</translation>
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
        <source>Stage transitions</source>
        <translation>Stadienwechsel</translation>
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
    <message>
        <source>Still under way</source>
        <translation>Noch nicht fertig</translation>
    </message>
    <message>
        <source>Stop it and go on</source>
        <translation>Abbrechen und fortfahren</translation>
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
        <source>Take over…</source>
        <translation>Übernehmen…</translation>
    </message>
    <message>
        <source>Take the chosen event away</source>
        <translation>Das ausgewählte Ereignis entfernen</translation>
    </message>
    <message>
        <source>Take the stage away</source>
        <translation>Das Stadium entfernen</translation>
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
        <source>The &amp;chosen one alone</source>
        <translation>Nur die &amp;gewählte</translation>
    </message>
    <message>
        <source>The EEG derivation that is staged and whose spectrum is shown</source>
        <translation>Die EEG-Ableitung, aus der die Stadien bestimmt werden und deren Spektrogramm gezeigt wird</translation>
    </message>
    <message>
        <source>The file has none.</source>
        <translation>Die Datei hat keine.</translation>
    </message>
    <message numerus="yes">
        <source>The file holds %n annotation(s)</source>
        <translation>
            <numerusform>Die Datei enthält %n Anmerkung</numerusform>
            <numerusform>Die Datei enthält %n Anmerkungen</numerusform>
        </translation>
    </message>
    <message>
        <source>The file makes no sense so.</source>
        <translation>So ergibt die Datei keinen Sinn.</translation>
    </message>
    <message>
        <source>The file that is open now, {file}, is as long, begins at the same time and has the same channels: restore the work only if it is that night, renamed.</source>
        <translation>Die jetzt geöffnete Datei, {file}, ist gleich lang, beginnt zur selben Zeit und hat dieselben Kanäle: Stellen Sie die Arbeit nur wieder her, wenn es diese Nacht unter anderem Namen ist.</translation>
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
        <source>The language changes when the program is started again.</source>
        <translation>Die Sprache wechselt beim nächsten Start des Programms.</translation>
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
        <source>The network and the device it computes on</source>
        <translation>Das Netz und das Gerät, auf dem es rechnet</translation>
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
        <source>The night is not signed off any more.</source>
        <translation>Die Nacht ist nicht mehr abgezeichnet.</translation>
    </message>
    <message>
        <source>The night is signed off by {name}.</source>
        <translation>Die Nacht ist von {name} abgezeichnet.</translation>
    </message>
    <message>
        <source>The recording goes from {first} to {last}.</source>
        <translation>Die Aufzeichnung geht von {first} bis {last}.</translation>
    </message>
    <message>
        <source>The recording has a gap here; the model leaves it unscored.</source>
        <translation>Die Aufzeichnung hat hier eine Lücke; das Modell vergibt kein Stadium.</translation>
    </message>
    <message>
        <source>The report could not be drawn; write it as HTML instead.</source>
        <translation>Der Bericht konnte nicht gezeichnet werden; schreiben Sie ihn stattdessen als HTML.</translation>
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
        <source>The&amp;me</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>There are no stages of another version: import them, or use it and press F9.</source>
        <translation>Es gibt keine Stadien einer anderen Version: Importieren Sie welche, oder verwenden Sie sie und drücken Sie F9.</translation>
    </message>
    <message>
        <source>There is no epoch {number}: they go from 1 to {count}.</source>
        <translation>Es gibt keine Epoche {number}: Sie gehen von 1 bis {count}.</translation>
    </message>
    <message>
        <source>There is no second scoring: load one, or score again blind.</source>
        <translation>Es gibt keine zweite Auswertung: Laden Sie eine, oder werten Sie noch einmal blind aus.</translation>
    </message>
    <message>
        <source>There is no unsaved work.</source>
        <translation>Es gibt keine ungespeicherte Arbeit.</translation>
    </message>
    <message>
        <source>There is not enough memory for this. Your scoring is still here: close other programs and try again.</source>
        <translation>Dafür reicht der Arbeitsspeicher nicht. Ihre Bewertung ist noch da: schließen Sie andere Programme und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>These settings could not be read and are as usual again: {names}. What was there is kept in {file}, under “damaged”.</source>
        <translation>Diese Einstellungen waren nicht lesbar und sind wieder wie üblich: {names}. Was dort stand, bleibt in {file} unter „damaged“ erhalten.</translation>
    </message>
    <message>
        <source>Theta</source>
        <translation>Theta</translation>
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
        <source>This epoch</source>
        <translation>Diese Epoche</translation>
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
        <source>This screen</source>
        <translation>Dieser Bildschirm</translation>
    </message>
    <message>
        <source>This work was neither saved nor given up. It stays until you say so.</source>
        <translation>Diese Arbeit wurde weder gespeichert noch verworfen. Sie bleibt, bis Sie etwas anderes sagen.</translation>
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
        <source>Transducer</source>
        <translation>Aufnehmer</translation>
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
        <source>Use this key</source>
        <translation>Taste verwenden</translation>
    </message>
    <message>
        <source>Vertex waves</source>
        <translation>Vertexwellen</translation>
    </message>
    <message>
        <source>W: alpha rules {seconds} s, more than half of the epoch.</source>
        <translation>W: Alpha herrscht {seconds} s, mehr als die halbe Epoche.</translation>
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
        <source>What the model gave is hidden while you score blind; it stays here.</source>
        <translation>Was das Modell vergeben hat, ist verborgen, solange Sie blind scoren; es bleibt hier.</translation>
    </message>
    <message>
        <source>Which stages are to be shown?</source>
        <translation>Welche Stadien sollen gezeigt werden?</translation>
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
        <source>With a name it counts as that person&apos;s: it is learnt from, and drawn as scored by hand. The import is one step: Undo takes it back.</source>
        <translation>Mit einem Namen gilt sie als die dieser Person: Aus ihr wird gelernt, und sie wird wie von Hand ausgewertet gezeichnet. Der Import ist ein Schritt: Rückgängig nimmt ihn zurück.</translation>
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
        <source>Writing {file}</source>
        <translation>{file} wird geschrieben</translation>
    </message>
    <message>
        <source>Wrote the report {path}.</source>
        <translation>Bericht {path} geschrieben.</translation>
    </message>
    <message>
        <source>Wrote {path}.</source>
        <translation>{path} geschrieben.</translation>
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
        <source>a spindle in the first half</source>
        <translation>eine Spindel in der ersten Hälfte</translation>
    </message>
    <message>
        <source>a spindle in the last half of the epoch before</source>
        <translation>eine Spindel in der letzten Hälfte der Epoche davor</translation>
    </message>
    <message>
        <source>amplitude that no EEG has</source>
        <translation>Amplitude, die kein EEG hat</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>arousal</source>
        <translation>Arousal</translation>
    </message>
    <message>
        <source>artefact</source>
        <translation>Artefakt</translation>
    </message>
    <message>
        <source>as stored</source>
        <translation>wie gespeichert</translation>
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
        <source>born {date}</source>
        <translation>geboren {date}</translation>
    </message>
    <message>
        <source>broadband noise</source>
        <translation>breitbandiges Rauschen</translation>
    </message>
    <message>
        <source>change of {event}</source>
        <translation>{event} geändert</translation>
    </message>
    <message>
        <source>clipped signal</source>
        <translation>abgeschnittenes Signal</translation>
    </message>
    <message>
        <source>comment on epoch {epoch}</source>
        <translation>Kommentar zu Epoche {epoch}</translation>
    </message>
    <message>
        <source>confirmation of {count} epochs</source>
        <translation>Bestätigung von {count} Epochen</translation>
    </message>
    <message>
        <source>consensus of two scorers</source>
        <translation>Konsens zweier Auswerter</translation>
    </message>
    <message>
        <source>date and time not known</source>
        <translation>Datum und Uhrzeit nicht bekannt</translation>
    </message>
    <message>
        <source>female</source>
        <translation>weiblich</translation>
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
        <source>hand, doubt</source>
        <translation>Hand, unsicher</translation>
    </message>
    <message>
        <source>import of {file}</source>
        <translation>Import von {file}</translation>
    </message>
    <message>
        <source>imported from {file}</source>
        <translation>importiert aus {file}</translation>
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
        <source>mains interference</source>
        <translation>Netzbrummen</translation>
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
        <source>minus</source>
        <translation>minus</translation>
    </message>
    <message>
        <source>next</source>
        <translation>danach</translation>
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
        <source>no stage for epoch {first}</source>
        <translation>kein Stadium für Epoche {first}</translation>
    </message>
    <message>
        <source>no stage for {count} epochs</source>
        <translation>kein Stadium für {count} Epochen</translation>
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
        <source>not marked</source>
        <translation>nicht markiert</translation>
    </message>
    <message>
        <source>not scored yet</source>
        <translation>noch nicht ausgewertet</translation>
    </message>
    <message>
        <source>nothing (as it is stored)</source>
        <translation>nichts (wie gespeichert)</translation>
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
        <source>patient not named</source>
        <translation>Patient nicht genannt</translation>
    </message>
    <message>
        <source>proposed by the model</source>
        <translation>Vorschlag des Modells</translation>
    </message>
    <message>
        <source>remark</source>
        <translation>Bemerkung</translation>
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
        <source>restored work</source>
        <translation>wiederhergestellte Arbeit</translation>
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
        <source>second scoring</source>
        <translation>zweite Auswertung</translation>
    </message>
    <message>
        <source>sign-off by {name}</source>
        <translation>Abzeichnung durch {name}</translation>
    </message>
    <message>
        <source>signed off by {name}</source>
        <translation>abgezeichnet von {name}</translation>
    </message>
    <message>
        <source>spindle, K</source>
        <translation>Spindel, K</translation>
    </message>
    <message>
        <source>the first scorer</source>
        <translation>der erste Auswerter</translation>
    </message>
    <message>
        <source>theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>this</source>
        <translation>diese</translation>
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
        <source>unscored</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>usual</source>
        <translation>üblich</translation>
    </message>
    <message>
        <source>your name</source>
        <translation>Ihr Name</translation>
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
        <source>{event}: drag over a trace, or hold the mouse over the place in it, first.</source>
        <translation>{event}: Ziehen Sie zuerst über eine Kurve, oder halten Sie die Maus über die Stelle darin.</translation>
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
        <source>{file} does not fit completely:</source>
        <translation>{file} passt nicht vollständig:</translation>
    </message>
    <message numerus="yes">
        <source>{file} gives {staged} of {total} epochs a stage and holds %n event(s).</source>
        <translation>
            <numerusform>{file} gibt {staged} von {total} Epochen ein Stadium und enthält %n Ereignis.</numerusform>
            <numerusform>{file} gibt {staged} von {total} Epochen ein Stadium und enthält %n Ereignisse.</numerusform>
        </translation>
    </message>
    <message>
        <source>{file} has no channel that looks like EEG; its channels are: {labels}. If one of them is EEG, choose it in Scoring &gt; Derivation to stage.</source>
        <translation>{file} hat keinen Kanal, der nach EEG aussieht; die Kanäle sind: {labels}. Wenn einer davon EEG ist, wählen Sie ihn unter Auswertung &gt; Ableitung für die Stadien.</translation>
    </message>
    <message>
        <source>{file} is the recording itself; choose another name for the export.</source>
        <translation>{file} ist die Aufzeichnung selbst; wählen Sie für den Export einen anderen Namen.</translation>
    </message>
    <message>
        <source>{file} is there already. Replace it?</source>
        <translation>{file} gibt es schon. Ersetzen?</translation>
    </message>
    <message>
        <source>{file} lasts {duration} s, less than one {epoch}-s epoch; there is nothing to score in it.</source>
        <translation>{file} dauert {duration} s, weniger als eine Epoche von {epoch} s; darin gibt es nichts auszuwerten.</translation>
    </message>
    <message>
        <source>{file} was saved by somebody else since you opened or saved it; it was left as it is. Save your work under another name (File &gt; Save session as) and compare the two.</source>
        <translation>{file} wurde von jemand anderem gespeichert, seit Sie die Datei geöffnet oder gespeichert haben; sie blieb, wie sie ist. Speichern Sie Ihre Arbeit unter einem anderen Namen (Datei &gt; Sitzung speichern unter) und vergleichen Sie beide.</translation>
    </message>
    <message>
        <source>{former} is {event} now.</source>
        <translation>{former} ist jetzt {event}.</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} bis {high}</translation>
    </message>
    <message>
        <source>{minutes} min from the start</source>
        <translation>{minutes} min nach dem Beginn</translation>
    </message>
    <message>
        <source>{model} on {derivation}</source>
        <translation>{model} aus {derivation}</translation>
    </message>
    <message numerus="yes">
        <source>{name} (%n epoch(s) as the model proposed)</source>
        <translation>
            <numerusform>{name} (%n Epoche wie vom Modell vorgeschlagen)</numerusform>
            <numerusform>{name} (%n Epochen wie vom Modell vorgeschlagen)</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} made the first scoring; write another name.</source>
        <translation>{name} hat die erste Auswertung gemacht; schreiben Sie einen anderen Namen.</translation>
    </message>
    <message numerus="yes">
        <source>{name} stands beside yours; %n epoch(s) differ.</source>
        <translation>
            <numerusform>{name} steht neben Ihrer; %n Epoche ist verschieden.</numerusform>
            <numerusform>{name} steht neben Ihrer; %n Epochen sind verschieden.</numerusform>
        </translation>
    </message>
    <message>
        <source>{number} pixels in a millimetre</source>
        <translation>{number} Bildpunkte je Millimeter</translation>
    </message>
    <message>
        <source>{program} stages {derivation}</source>
        <translation>{program} bewertet {derivation}</translation>
    </message>
    <message>
        <source>{recording} is not the recording that {session} was scored on: {difference}. Put the right recording beside the session file and open that again.</source>
        <translation>{recording} ist nicht die Aufzeichnung, zu der {session} gehört: {difference}. Legen Sie die richtige Aufzeichnung neben die Sitzungsdatei und öffnen Sie diese erneut.</translation>
    </message>
    <message>
        <source>{stage} for epoch {first}</source>
        <translation>{stage} für Epoche {first}</translation>
    </message>
    <message>
        <source>{stage} for {count} epochs</source>
        <translation>{stage} für {count} Epochen</translation>
    </message>
    <message>
        <source>{stage} goes on: rapid eye movements ({n}), no chin EMG to tell W from R.</source>
        <translation>{stage} geht weiter: schnelle Augenbewegungen ({n}), kein Kinn-EMG, das W von R unterschiede.</translation>
    </message>
    <message>
        <source>{value} peak to peak</source>
        <translation>{value} Spitze-Spitze</translation>
    </message>
    <message>
        <source>{work}, about {seconds} s left</source>
        <translation>{work}, noch etwa {seconds} s</translation>
    </message>
    <message>
        <source>±37.5 µV &amp;guides</source>
        <translation>&amp;Hilfslinien bei ±37,5 µV</translation>
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
        <source>“{name}” has no trace yet.</source>
        <translation>„{name}“ hat noch keine Kurve.</translation>
    </message>
    <message>
        <source>“{text}” is no filter; write two frequencies like 0.3–35</source>
        <translation>„{text}“ ist kein Filter; geben Sie zwei Frequenzen wie 0,3–35 ein</translation>
    </message>
</context>
</TS>
