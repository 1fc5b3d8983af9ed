; Inno Setup 6: an installer of dist\SleepScorer, which packaging/freeze.sh made.
; Usage: iscc /DVersion=1.2.3 packaging\windows\sleepscorer.iss
; No other program's .set files are offered: most have nothing to do with sleep.

#ifndef Version
  #error Say /DVersion=
#endif

[Setup]
AppId={{7B0B5C0E-2C64-4F5B-9B57-0E7A5B6B6C1D}
AppName=SleepScorer
AppVersion={#Version}
AppPublisher=SleepScorer
DefaultDirName={autopf}\SleepScorer
DefaultGroupName=SleepScorer
; For one user without an administrator, or for all with one.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\resources\icon\sleepscorer.ico
UninstallDisplayIcon={app}\sleepscorer.exe
OutputDir=..\..\dist
OutputBaseFilename=SleepScorer-{#Version}-windows-x86_64
Compression=lzma2
SolidCompression=yes
WizardStyle=modern

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[Tasks]
Name: "associate"; Description: "Offer SleepScorer for recordings and sessions"
Name: "desktop"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[Files]
Source: "..\..\dist\SleepScorer\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[InstallDelete]
; What an earlier version had and this one has not.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\SleepScorer"; Filename: "{app}\sleepscorer.exe"
Name: "{autodesktop}\SleepScorer"; Filename: "{app}\sleepscorer.exe"; Tasks: desktop

[Registry]
; Offered beside other programs, never in their place.
Root: HKA; Subkey: "Software\Classes\SleepScorer.Recording"; ValueType: string; ValueData: "Sleep recording"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\SleepScorer.Recording\DefaultIcon"; ValueType: string; ValueData: "{app}\sleepscorer.exe,0"
Root: HKA; Subkey: "Software\Classes\SleepScorer.Recording\shell\open\command"; ValueType: string; ValueData: """{app}\sleepscorer.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\.edf\OpenWithProgids"; ValueType: string; ValueName: "SleepScorer.Recording"; ValueData: ""; Flags: uninsdeletevalue; Tasks: associate
Root: HKA; Subkey: "Software\Classes\.bdf\OpenWithProgids"; ValueType: string; ValueName: "SleepScorer.Recording"; ValueData: ""; Flags: uninsdeletevalue; Tasks: associate
Root: HKA; Subkey: "Software\Classes\.rec\OpenWithProgids"; ValueType: string; ValueName: "SleepScorer.Recording"; ValueData: ""; Flags: uninsdeletevalue; Tasks: associate
Root: HKA; Subkey: "Software\Classes\.vhdr\OpenWithProgids"; ValueType: string; ValueName: "SleepScorer.Recording"; ValueData: ""; Flags: uninsdeletevalue; Tasks: associate
Root: HKA; Subkey: "Software\Classes\.fif\OpenWithProgids"; ValueType: string; ValueName: "SleepScorer.Recording"; ValueData: ""; Flags: uninsdeletevalue; Tasks: associate
Root: HKA; Subkey: "Software\Classes\.h5\OpenWithProgids"; ValueType: string; ValueName: "SleepScorer.Recording"; ValueData: ""; Flags: uninsdeletevalue; Tasks: associate

[Run]
Filename: "{app}\sleepscorer.exe"; Description: "{cm:LaunchProgram,SleepScorer}"; Flags: nowait postinstall skipifsilent
