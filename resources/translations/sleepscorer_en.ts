<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name></name>
    <message numerus="yes">
        <source>%n epoch(s) are as the model proposed.</source>
        <translation>
            <numerusform>%n epoch is as the model proposed.</numerusform>
            <numerusform>%n epochs are as the model proposed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s) are as they were imported.</source>
        <translation>
            <numerusform>%n epoch is as it was imported.</numerusform>
            <numerusform>%n epochs are as they were imported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s) can&apos;t be staged: {reasons}.</source>
        <translation>
            <numerusform>%n epoch can&apos;t be staged: {reasons}.</numerusform>
            <numerusform>%n epochs can&apos;t be staged: {reasons}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s) have no stage.</source>
        <translation>
            <numerusform>%n epoch has no stage.</numerusform>
            <numerusform>%n epochs have no stage.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s) to decide: Q goes to the next, a stage key decides.</source>
        <translation>
            <numerusform>%n epoch to decide: Q goes to the next, a stage key decides.</numerusform>
            <numerusform>%n epochs to decide: Q goes to the next, a stage key decides.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) that only one of the two marked so count as they are: look through the list.</source>
        <translation>
            <numerusform>%n event that only one of the two marked so counts as it is: look through the list.</numerusform>
            <numerusform>%n events that only one of the two marked so count as they are: look through the list.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more patient(s) to compare on would tell.</source>
        <translation>
            <numerusform>%n more patient to compare on would tell.</numerusform>
            <numerusform>%n more patients to compare on would tell.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n night(s)</source>
        <translation>
            <numerusform>%n night</numerusform>
            <numerusform>%n nights</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not looked at yet</source>
        <translation>
            <numerusform>%n not looked at yet</numerusform>
            <numerusform>%n not looked at yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n peak(s) = {frequency}</source>
        <translation>
            <numerusform>%n peak = {frequency}</numerusform>
            <numerusform>%n peaks = {frequency}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rejected event(s) can be suggested again.</source>
        <translation>
            <numerusform>%n rejected event can be suggested again.</numerusform>
            <numerusform>%n rejected events can be suggested again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n shown</source>
        <translation>
            <numerusform>%n shown</numerusform>
            <numerusform>%n shown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggested event(s) are yours now.</source>
        <translation>
            <numerusform>%n suggested event is yours now.</numerusform>
            <numerusform>%n suggested events are yours now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggested event(s) confirmed.</source>
        <translation>
            <numerusform>%n suggested event confirmed.</numerusform>
            <numerusform>%n suggested events confirmed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggested event(s) rejected.</source>
        <translation>
            <numerusform>%n suggested event rejected.</numerusform>
            <numerusform>%n suggested events rejected.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggested event(s) wait for a decision; they count nowhere.</source>
        <translation>
            <numerusform>%n suggested event waits for a decision; it counts nowhere.</numerusform>
            <numerusform>%n suggested events wait for a decision; they count nowhere.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n worth a look. Agreement expected: {now} % now, {done} % after</source>
        <translation>
            <numerusform>%n worth a look. Agreement expected: {now} % now, {done} % after</numerusform>
            <numerusform>%n worth a look. Agreement expected: {now} % now, {done} % after</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A verdict takes %n more patient(s) to compare on; every third or so is one.</source>
        <translation>
            <numerusform>A verdict takes %n more patient to compare on; every third or so is one.</numerusform>
            <numerusform>A verdict takes %n more patients to compare on; every third or so is one.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n epoch(s) worth a look were looked at.</source>
        <translation>
            <numerusform>%n epoch worth a look was looked at.</numerusform>
            <numerusform>All %n epochs worth a look were looked at.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Compared with the %n epoch(s) that a person decided on. They may be those that the version that staged the night had wrong: sign the night off to count all.</source>
        <translation>
            <numerusform>Compared with the %n epoch that a person decided on. It may be one that the version that staged the night had wrong: sign the night off to count all.</numerusform>
            <numerusform>Compared with the %n epochs that a person decided on. They may be those that the version that staged the night had wrong: sign the night off to count all.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Done. Agreement expected: {now} % now; %n more can wait</source>
        <translation>
            <numerusform>Done. Agreement expected: {now} % now; %n more can wait</numerusform>
            <numerusform>Done. Agreement expected: {now} % now; %n more can wait</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Exported {path}; %n epoch(s) of it unscored.</source>
        <translation>
            <numerusform>Exported {path}; %n epoch of it is unscored.</numerusform>
            <numerusform>Exported {path}; %n epochs of it are unscored.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Exported; %n epoch(s) of it unscored.</source>
        <translation>
            <numerusform>Exported; %n epoch of it unscored.</numerusform>
            <numerusform>Exported; %n epochs of it unscored.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Imported {file}: {staged} epochs, %n event(s).</source>
        <translation>
            <numerusform>Imported {file}: {staged} epochs, %n event.</numerusform>
            <numerusform>Imported {file}: {staged} epochs, %n events.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Imported {staged} epochs, %n event(s).</source>
        <translation>
            <numerusform>Imported {staged} epochs, %n event.</numerusform>
            <numerusform>Imported {staged} epochs, %n events.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It was so %n more time(s); see the strip.</source>
        <translation>
            <numerusform>It was so %n more time; see the strip.</numerusform>
            <numerusform>It was so %n more times; see the strip.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Kept to learn from: %n epoch(s) decided on.</source>
        <translation>
            <numerusform>Kept to learn from: %n epoch decided on.</numerusform>
            <numerusform>Kept to learn from: %n epochs decided on.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No other night is to be done, but %n can&apos;t be read.</source>
        <translation>
            <numerusform>No other night is to be done, but %n can&apos;t be read.</numerusform>
            <numerusform>No other night is to be done, but %n can&apos;t be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Scored %n epoch(s).</source>
        <translation>
            <numerusform>Scored %n epoch.</numerusform>
            <numerusform>Scored %n epochs.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Scored {total} epochs; %n epoch(s) scored by hand kept.</source>
        <translation>
            <numerusform>Scored {total} epochs; %n epoch scored by hand was kept.</numerusform>
            <numerusform>Scored {total} epochs; %n epochs scored by hand were kept.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Scored {total} epochs; %n epoch(s) scored by hand or imported kept.</source>
        <translation>
            <numerusform>Scored {total} epochs; %n epoch scored by hand or imported was kept.</numerusform>
            <numerusform>Scored {total} epochs; %n epochs scored by hand or imported were kept.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Staging %n night(s)</source>
        <translation>
            <numerusform>Staging %n night</numerusform>
            <numerusform>Staging %n nights</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The file holds %n annotation(s)</source>
        <translation>
            <numerusform>The file holds %n annotation</numerusform>
            <numerusform>The file holds %n annotations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The journal is damaged: at least %n more change(s) can&apos;t be restored; look through the night before you save it.</source>
        <translation>
            <numerusform>The journal is damaged: at least %n more change can&apos;t be restored; look through the night before you save it.</numerusform>
            <numerusform>The journal is damaged: at least %n more changes can&apos;t be restored; look through the night before you save it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>They replace %n epoch(s) scored by hand.</source>
        <translation>
            <numerusform>They replace %n epoch scored by hand.</numerusform>
            <numerusform>They replace %n epochs scored by hand.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>They replace %n event(s) that you have.</source>
        <translation>
            <numerusform>They replace %n event that you have.</numerusform>
            <numerusform>They replace %n events that you have.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Training takes %n more patient(s) to learn from.</source>
        <translation>
            <numerusform>Training takes %n more patient to learn from.</numerusform>
            <numerusform>Training takes %n more patients to learn from.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Work on {file} was not saved when the program ended (%n change(s), the last one {when}).</source>
        <translation>
            <numerusform>Work on {file} was not saved when the program ended (%n change, the last one {when}).</numerusform>
            <numerusform>Work on {file} was not saved when the program ended (%n changes, the last one {when}).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{file} gives {staged} of {total} epochs a stage and holds %n event(s).</source>
        <translation>
            <numerusform>{file} gives {staged} of {total} epochs a stage and holds %n event.</numerusform>
            <numerusform>{file} gives {staged} of {total} epochs a stage and holds %n events.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{name} (%n epoch(s) as the model proposed)</source>
        <translation>
            <numerusform>{name} (%n epoch as the model proposed)</numerusform>
            <numerusform>{name} (%n epochs as the model proposed)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{name} stands beside yours; %n epoch(s) differ.</source>
        <translation>
            <numerusform>{name} stands beside yours; %n epoch differs.</numerusform>
            <numerusform>{name} stands beside yours; %n epochs differ.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{programs} together: %n epoch(s) changed.</source>
        <translation>
            <numerusform>{programs} together: %n epoch changed.</numerusform>
            <numerusform>{programs} together: %n epochs changed.</numerusform>
        </translation>
    </message>
</context>
</TS>
