"""The versions of networks that there are: those that come with the application and a laboratory's.

A laboratory's are in a folder::

    versions/SHA256.safetensors        one file a version
    versions/SHA256.calibration.json   its calibration, where there is one
    ledger.jsonl                       what was done, by whom, and why

Which version is used follows from the ledger. Until somebody decides, it is the newest that comes
with the application.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

from model import files
from model.files import VersionFile, WeightsError
from resources import WEIGHTS_FOLDER
from sleepscorer.codec import CodecError
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.versions import Comparison, Decision, InputRange, ModelVersion
from sleepscorer.file_questions import content_of, data_folder, files_in, is_file
from sleepscorer.io.atomic import remove, write_file, write_text
from sleepscorer.models.calibration import CALIBRATIONS, Calibration
from sleepscorer.models.ledger import (
    Activated,
    Calibrated,
    Deleted,
    Entry,
    Imported,
    Ledger,
    ModelStoreError,
    Postponed,
    Rejected,
    RolledBack,
    Trained,
    Uncalibrated,
)

_VERSIONS_NAME = "versions"
_LEDGER_NAME = "ledger.jsonl"
_LEAST_OF_HASH = 6
_LAB = "-lab"
"""Between the version that came with the application and the number of one made from it."""
_CALIBRATION_SUFFIX = ".calibration.json"


def default_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Folder of the person's own versions, as the system wants it."""
    return data_folder(environment) / "models"


class ModelStore:
    """All versions, and which of them is used.

    Parameters
    ----------
    folder
        Of the laboratory's own versions; made when the first one comes.
    bundled
        Folder of those that come with the application.
    """

    def __init__(self, folder: Path | None = None, bundled: Path = WEIGHTS_FOLDER) -> None:
        self._folder = folder or default_folder()
        self._bundled = bundled
        self._ledger = Ledger(self._folder / _LEDGER_NAME)

    # What there is

    def versions(self) -> tuple[ModelVersion, ...]:
        """All versions, those that come with the application first, in the order of their names.

        Raises
        ------
        ModelStoreError
            One is damaged.
        """
        found = [
            *(_version(path, is_bundled=True) for path in self._files(self._bundled)),
            *(_version(path, is_bundled=False) for path in self._files(self._own)),
        ]
        return tuple(sorted(found, key=_order))

    def active(self) -> ModelVersion:
        """Version that is used.

        Raises
        ------
        ModelStoreError
            The ledger or the version is damaged, or it is not there any more.
        """
        chosen = self._chosen()
        if not chosen:
            return self._newest_bundled()
        return self.version(chosen[-1])

    def version(self, sha256: str) -> ModelVersion:
        """Version of a hash.

        Raises
        ------
        ModelStoreError
            There is none, or it is damaged.
        """
        own = self._own_path(sha256)
        if is_file(own):
            return _version(own, is_bundled=False)
        for path in self._files(self._bundled):
            version = _version(path, is_bundled=True)
            if version.sha256 == sha256:
                return version
        raise ModelStoreError(
            "The version of the network with the hash {start} is not there any "
            "more. Import it again, or choose another version.",
            start=sha256[:12],
        )

    def named(self, name: str) -> ModelVersion:
        """Version of a name.

        Parameters
        ----------
        name
            E.g. ``"4-lab1"``, ``"MC²SleepNet 4"``, or the beginning of its hash.

        Raises
        ------
        ModelStoreError
            There is none, or there are several.
        """
        everything = self.versions()
        found = [one for one in everything if name in (one.version, one.title)] or [
            one for one in everything if len(name) >= _LEAST_OF_HASH and one.sha256.startswith(name)
        ]
        if len(found) == 1:
            return found[0]
        raise ModelStoreError(
            "“{name}” names {number} versions; there are: {known}. A version of another network is "
            "trained with python -m training train and added with sleepscorer train import FILE.",
            name=name,
            number=len(found),
            known=", ".join(f"{one.title} ({one.sha256[:12]})" for one in everything),
        )

    def path_of(self, version: ModelVersion) -> Path:
        """File of a version.

        Raises
        ------
        ModelStoreError
            There is none.
        """
        if not version.is_bundled:
            return self._own_path(version.sha256)
        for path in self._files(self._bundled):
            if _version(path, is_bundled=True).sha256 == version.sha256:
                return path
        raise ModelStoreError(
            "{title} does not come with this version of SleepScorer.", title=version.title
        )

    def subjects_of(self, version: ModelVersion) -> tuple[str, ...]:
        """Whose nights a version has seen, over all its starts, those known here included."""
        seen = set(version.subjects)
        known = {other.sha256: other for other in self.versions()}
        for ancestor in version.ancestors:
            if ancestor in known:
                seen.update(known[ancestor].subjects)
        return tuple(sorted(seen))

    def entries(self) -> tuple[Entry, ...]:
        """What was done, in order.

        Raises
        ------
        ModelStoreError
            The ledger is damaged.
        """
        return self._ledger.read()

    # What can be done

    def import_file(self, path: Path, *, by: str, at: datetime | None = None) -> ModelVersion:
        """Add a version from a file; it is not used before somebody decides so.

        Parameters
        ----------
        path
            File of one version, or the first of an older pair.
        by
            Who adds it.
        at
            When; now by default.

        Raises
        ------
        ModelStoreError
            The file is damaged, or the version is there already.
        ScoringError
            It can't be written.
        """
        stored = _read(path)
        if any(version.sha256 == stored.sha256 for version in self.versions()):
            raise ModelStoreError(
                "{file} holds {title}, which is there already; nothing was changed.",
                file=path.name,
                title=_title(stored),
            )
        version = self._keep(stored)
        self._ledger.append(Imported(version.sha256, version.title, path.name, by, at or _now()))
        return version

    def add_trained(
        self, path: Path, *, card: str, start: str, nights: tuple[str, ...], by: str
    ) -> ModelVersion:
        """Add a version that was made here; it is not used before somebody decides so.

        Adding it again changes nothing: whoever adds may have been interrupted.

        Parameters
        ----------
        path
            File that training wrote.
        card
            Model card in Markdown.
        start
            Hash of the version that its training began with.
        nights
            What it was trained on, by their ids.
        by
            Who asked for it.

        Raises
        ------
        ModelStoreError
            The file is damaged, or is the start itself.
        ScoringError
            It can't be written.
        """
        stored = _read(path)
        if stored.sha256 == start:
            raise ModelStoreError(
                "{file} is what its training began with, so nothing was learnt; no version was "
                "stored.",
                file=path.name,
            )
        known = {version.sha256: version for version in self.versions()}
        version = known.get(stored.sha256)
        if version is None:
            version = self._keep(
                replace(stored, description=replace(stored.description, card=card))
            )
        if not any(
            isinstance(one, Trained) and one.sha256 == version.sha256 for one in self.entries()
        ):
            self._ledger.append(Trained(version.sha256, version.title, start, nights, by, _now()))
        return version

    def next_version(self, start: ModelVersion) -> str:
        """Name of the next version made from one, e.g. ``"4-lab2"``."""
        root = start.version.partition(_LAB)[0]
        taken = {version.version for version in self.versions()}
        taken |= {
            one.title.rpartition(" ")[2] for one in self.entries() if isinstance(one, Deleted)
        }
        number = 1
        while f"{root}{_LAB}{number}" in taken:
            number += 1
        return f"{root}{_LAB}{number}"

    def _keep(self, stored: VersionFile) -> ModelVersion:
        self._make_folder()
        content = files.packed(stored.description, stored.tensors)
        write_file(self._own_path(stored.sha256), content)
        return self.version(stored.sha256)

    def export(self, version: ModelVersion, path: Path) -> None:
        """Write a version as one file.

        Raises
        ------
        ModelStoreError
            The version is damaged.
        ScoringError
            The file can't be written.
        """
        stored = _read(self.path_of(version))
        write_file(path, files.packed(stored.description, stored.tensors))

    def activate(self, decision: Decision) -> ModelVersion:
        """Use a version from now on.

        Raises
        ------
        ModelStoreError
            There is no such version, or it is damaged.
        """
        version = self.version(decision.sha256)
        self._make_folder()
        self._ledger.append(Activated(decision))
        return version

    def reject(self, decision: Decision) -> None:
        """Write down that a version is not to be used.

        Raises
        ------
        ModelStoreError
            It can't be written.
        """
        self._make_folder()
        self._ledger.append(Rejected(decision))

    def postpone(self, decision: Decision) -> None:
        """Write down that whether a version is to be used is decided later.

        Raises
        ------
        ModelStoreError
            It can't be written.
        """
        self._make_folder()
        self._ledger.append(Postponed(decision))

    def roll_back(self, *, by: str, why: str = "", at: datetime | None = None) -> ModelVersion:
        """Use the version again that was used before the last decision.

        Raises
        ------
        ModelStoreError
            Nothing was decided yet, or that version is not there any more.
        """
        chosen = self._chosen()
        if not chosen:
            raise ModelStoreError(
                "No other version was used before, so there is none to go back to."
            )
        before = self.version(chosen[-2]) if len(chosen) > 1 else self._newest_bundled()
        self._ledger.append(RolledBack(chosen[-1], before.sha256, by, at or _now(), why))
        return before

    def delete(self, version: ModelVersion, *, by: str, at: datetime | None = None) -> None:
        """Remove a laboratory's version, with its calibration.

        Raises
        ------
        ModelStoreError
            It comes with the application or is used, or can't be removed.
        """
        if version.is_bundled:
            raise ModelStoreError("{title} comes with SleepScorer and stays.", title=version.title)
        if version.sha256 in self._chosen()[-1:]:
            raise ModelStoreError(
                "{title} is in use: choose another version first.", title=version.title
            )
        self._ledger.append(Deleted(version.sha256, version.title, by, at or _now()))
        for path in (self._own_path(version.sha256), self._calibration_path(version.sha256)):
            remove(path, ModelStoreError)

    def calibrate(
        self, calibration: Calibration, comparison: Comparison | None = None, why: str = ""
    ) -> None:
        """Keep a calibration of a version; it takes the place of the one before.

        Parameters
        ----------
        calibration
            To keep.
        comparison
            What it rests on.
        why
            In the words of who decided so.

        Raises
        ------
        ModelStoreError
            There is no such version.
        ScoringError
            The file can't be written.
        """
        self.version(calibration.sha256)
        self._make_folder()
        text = CALIBRATIONS.encode(calibration) + "\n"
        write_text(self._calibration_path(calibration.sha256), text)
        self._ledger.append(
            Calibrated(calibration.sha256, calibration.by, calibration.at, comparison, why)
        )

    def uncalibrate(self, version: ModelVersion, *, by: str, at: datetime | None = None) -> None:
        """Take the calibration of a version away.

        Raises
        ------
        ModelStoreError
            There is none, or it can't be removed.
        """
        path = self._calibration_path(version.sha256)
        if not is_file(path):
            raise ModelStoreError("{title} is not calibrated.", title=version.title)
        self._ledger.append(Uncalibrated(version.sha256, by, at or _now()))
        remove(path, ModelStoreError)

    def calibration(self, version: ModelVersion) -> Calibration | None:
        """Calibration of a version; None where there is none.

        Raises
        ------
        ModelStoreError
            It is damaged, or of another version.
        """
        path = self._calibration_path(version.sha256)
        if not is_file(path):
            return None
        try:
            calibration = CALIBRATIONS.decode(content_of(path))
            if calibration.sha256 != version.sha256:
                raise CodecError(Phrase("it is of another version"))
        except (CodecError, OSError) as error:
            raise ModelStoreError(
                "{path} can't be used: {error}. Calibrate {title} again, or remove the file.",
                path=path,
                error=error,
                title=version.title,
            ) from error
        return calibration

    def calibration_of(self, hypnodensity: Hypnodensity | None) -> Calibration | None:
        """Calibration of the version that said how likely stages are.

        None as well where the version is not there any more.
        """
        if hypnodensity is None or not hypnodensity.weights_sha256:
            return None
        try:
            return self.calibration(self.version(hypnodensity.weights_sha256))
        except ModelStoreError:
            return None

    # Where it is

    @property
    def _own(self) -> Path:
        return self._folder / _VERSIONS_NAME

    def _own_path(self, sha256: str) -> Path:
        return self._own / f"{sha256}{files.SUFFIX}"

    def _calibration_path(self, sha256: str) -> Path:
        return self._own / f"{sha256}{_CALIBRATION_SUFFIX}"

    def _files(self, folder: Path) -> list[Path]:
        return [path for path in files_in(folder, files.SUFFIX) if not path.name.startswith(".")]

    def _newest_bundled(self) -> ModelVersion:
        try:
            path = files.newest(self._bundled)
        except WeightsError as error:
            raise ModelStoreError(str(error)) from error
        return _version(path, is_bundled=True)

    def _chosen(self) -> list[str]:
        """Hashes of the versions that were decided for and not left again, the last one used."""
        chosen: list[str] = []
        for entry in self._ledger.read():
            match entry:
                case Activated(decision=decision):
                    chosen.append(decision.sha256)
                case RolledBack() if chosen:
                    chosen.pop()
                case _:
                    pass
        return chosen

    def _make_folder(self) -> None:
        try:
            self._own.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ModelStoreError(
                "{path} can't be made: {reason}. Check the folder's permissions.",
                path=self._own,
                reason=error,
            ) from error


def known_range(described: files.InputRange | None) -> InputRange | None:
    """Input range of a description, in the domain's terms."""
    return None if described is None else InputRange(**asdict(described))


def _read(path: Path) -> VersionFile:
    try:
        return files.read(path)
    except WeightsError as error:
        raise ModelStoreError(str(error)) from error


def _version(path: Path, *, is_bundled: bool) -> ModelVersion:
    stored = _read(path)
    description = stored.description
    return ModelVersion(
        architecture=description.architecture,
        name=description.name,
        version=description.version,
        sha256=stored.sha256,
        input_range=known_range(description.input_range),
        subjects=description.subjects,
        ancestors=tuple(ancestor.sha256 for ancestor in description.ancestors),
        card=description.card,
        is_bundled=is_bundled,
    )


def _title(stored: VersionFile) -> str:
    return f"{stored.description.name} {stored.description.version}"


def _order(version: ModelVersion) -> tuple[bool, str, list[tuple[int, str]]]:
    """Bundled ones first, then by name and version, 10 after 9."""
    return not version.is_bundled, version.name, files.numbered(version.version)


def _now() -> datetime:
    return datetime.now(UTC)
