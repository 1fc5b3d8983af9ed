<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>  from </source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n peak(s) = {frequency}</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;About SleepScorer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;After a stage key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Calibrate the screen…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Comment on this epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dark theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Derivation to stage…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Import scoring…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Last epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Letterhead of reports…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Measure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Previous epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Report as PDF…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Scoring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Unscored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 / duration = {frequency}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>4 is N3 (R&amp;&amp;K)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>4 is R (YASA)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;h3&gt;SleepScorer {version}&lt;/h3&gt;&lt;p&gt;Shows sleep recordings, stages them with MC²SleepNet and lets you correct, save and export the hypnogram.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Not a medical device.&lt;/b&gt; A qualified person reviews every result.&lt;/p&gt;&lt;p&gt;Nothing leaves this computer: the program uses no network.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A drag over a trace shows duration, amplitude and frequency; so does a drag with Shift</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A saved session of this recording lies beside it: {file}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A scorer can&apos;t be named “{name}”; write your name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AASM f&amp;ilters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About SleepScorer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apnea</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apneas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arousal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arousals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arte&amp;fact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Artefact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>BIDS events table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bruxism</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV, one row an epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibrate the screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Central apnea</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Central hypopnea</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comment (C)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy recording and scoring without what names anybody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copying {file}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>De-identified &amp;copy…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>De-identified copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Derivation to stage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Desaturation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Desaturations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Down to five seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E&amp;xport scoring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>EDF+ annotations (AASM)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>EDF+ annotations (R&amp;K, as Sleep-EDF)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>EDF+ or BDF+ copy of the recording with annotations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>EDF, EDF+, BDF, BrainVision, FIF, EEGLAB or a saved session.
Or drop the file on this window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>EDFbrowser CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>EDFbrowser XML</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>EEG and EOG 0.3–35 Hz, EMG 10–100 Hz, ECG 0.3–70 Hz, respiration 0.1–15 Hz, unless the montage says otherwise; off: everything as it is stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epoch {number} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epoch {number} of {total}, {selected} selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs by the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs unscored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exported {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Exported {path}; %n epoch(s) of it unscored.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>F&amp;irst epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of the copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the &amp;next epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the next &amp;unscored epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the next epoch when scored for the &amp;first time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide both: the recording begins at midnight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Higher sensitivity of the selected trace, or of all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold a ruler against the line and drag its right end to the length below, or write the length that the ruler shows. Sensitivities are then given in µV/mm.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hypopnea</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hypopneas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import a scoring</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Imported {file}: {staged} epochs, %n event(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>JSON, everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>K-complex</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep date and time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the time of day, hide the date (1 January 1985)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>L&amp;onger page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length of the line on the ruler</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the network stage every epoch that nobody has scored by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the sensitivity keys act on all traces; a click on a trace selects that one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Letterhead of reports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Letterheads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Li&amp;ghts on here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lights &amp;off here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lights on can&apos;t be before lights off; move the other marker first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limb movement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limb movement, left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limb movement, right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limb movements</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lines 75 µV apart, the criterion of slow waves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lower sensitivity of the selected trace, or of all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Luna .annot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mains &amp;notch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making the report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark as disturbed, or not</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mixed apnea</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NSRR XML</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next mains no&amp;tch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No automatic scoring yet (F5).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No unsaved changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not a medical device: a qualified person reviews every result.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Obstructive apnea</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Obstructive hypopnea</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off, 50 Hz, 60 Hz in turn; it is part of the filters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One page to sign</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a recording or a session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a recording to begin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the &amp;demo (simulated)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the demo (simulated)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the demo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening {file}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PLM</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pa&amp;ge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Page bac&amp;kward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Page fo&amp;rward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patient and recording fields, transducer texts, free-text annotations, notes, comments and scorers&apos; names are removed from the copy; samples, stages and events stay. The list of what was removed is shown afterwards.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Periodic limb movement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Periodic limb movements</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press F5 to score automatically</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Profusion XML (Compumedics)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>REM sleep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RERA</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RERAs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading {file}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recordings and sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removed from {recording} and {session}:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removed from {recording}:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report as &amp;HTML…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;horter page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SIMULATED RECORDING – made by SleepScorer, no real person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save all work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save session &amp;as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save {kind}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale &amp;bar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score &amp;automatically</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score {stage} (key: {keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Scored %n epoch(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Scored {total} epochs; %n epoch(s) scored by hand kept.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Scorer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scoring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scoring {derivation}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scorings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search: a key or what it does</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select &amp;all traces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select with the ne&amp;xt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select with the pre&amp;vious</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the sleep statistics with their definitions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sleep report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sleep s&amp;tatistics…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sleep statistics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SleepScorer session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SleepScorer session (HDF5), everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>So that sensitivities can be given in µV/mm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong in SleepScorer ({error}). Your scoring is still here: save it (Ctrl+S), then start the program again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spindle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spindles and K-complexes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stage &amp;keys of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stage another channel, or the difference of two</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stages of this page; click one to go to its epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take over the scoring of another program or person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the lights &amp;markers away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the stage away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ten epochs &amp;back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ten epochs &amp;forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The EEG derivation that is staged and whose spectrum is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The import is one step: Undo takes it back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The language changes when the program is started again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network and the device it computes on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recording has a gap here; the model leaves it unscored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scoring of {file} has changes that are not saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The session keeps all of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>They replace %n epoch(s) scored by hand.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>This epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Traces &amp;larger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Traces &amp;smaller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Up to the whole night</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wake</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What does 4 mean?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole night</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Work on this recording was not saved when the program ended (%n change(s), the last one {when}).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Work on {file} was not saved when the program ended (%n change(s), the last one {when}).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Write a comment on this epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing {file}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wrote the report {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wrote {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>YASA text, labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>YASA text, numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>apnea</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>arousal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>artefact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>automatic scoring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>comment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>comment on epoch {epoch}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>desaturation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hypopnea</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>import of {file}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lights off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lights on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>limb</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>minus</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no artefact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no stage for epoch {first}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no stage for {count} epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not scored yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing (as it is stored)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>proposed by the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>restored work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scored by {scorer}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>spindle, K</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{file} gives {staged} of {total} epochs a stage and holds %n event(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{file} has no channel that looks like EEG; its channels are: {labels}. If one of them is EEG, choose it in Scoring &gt; Derivation to stage.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} is the recording itself; choose another name for the export.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} lasts {duration} s, less than one {epoch}-s epoch; there is nothing to score in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{minutes} min from the start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} on {derivation}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} pixels in a millimetre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} can&apos;t be written; choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{recording} is not the recording that {session} was scored on: {difference}. Put the right recording beside the session file and open that again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{stage} for epoch {first}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{stage} for {count} epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} peak to peak</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{work}, about {seconds} s left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>±37.5 µV &amp;guides</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{format}” can&apos;t hold everything of this scoring:</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
