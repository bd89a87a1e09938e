"""Backups: the database and what stands beside it in one ZIP, and back again once it is checked.

The search index, exports and bundles are not in it: they can be made again, or are files that
never change. Nor is the signer's folder, on purpose: a signer that went back with the log would
sign another history.
"""

import hashlib
import json
import shutil
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, BinaryIO

from register import clock
from register.config import Settings
from register.errors import Invalid
from register.ledger.entries import read_moment, write_moment
from register.storage import dumping, migrating

FORMAT = "register-backup-1"
MANIFEST = "backup.json"
DATABASES = {"sqlite": "database.sqlite", "postgresql": "database.pgdump"}
NO_BACKUP = "This is no backup of a register: %s"
CHANGED = "The backup was changed or is damaged: %s is not what was written. Nothing was restored."
OTHER_KIND = "The backup is of %s, and this instance has %s. Restore it to an instance of its kind."
TOO_NEW = "The backup was made by newer code (migration %s). Update the register first."


@dataclass(frozen=True, kw_only=True)
class Backup:
    """What a backup says of itself: when it was made, of what, and what its files are."""

    at: datetime
    kind: str
    migration: str
    files: Mapping[str, str]  # SHA-256 in hex by name


def write(out: BinaryIO, settings: Settings, room: Path) -> Backup:
    """Write a backup of this instance, while others go on; ``room`` is an empty folder to use."""
    copy = room / DATABASES[dumping.kind()]
    migration = migrating.present_revision() or ""
    at = clock.now()
    dumping.dump(copy)
    paths = {copy.name: copy} | {
        path.relative_to(settings.instance).as_posix(): path for path in settings.own_files
    }
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
        digests = {name: _add(file, name, path) for name, path in sorted(paths.items())}
        backup = Backup(at=at, kind=dumping.kind(), migration=migration, files=digests)
        file.writestr(MANIFEST, json.dumps(_told(backup), indent=1))
    return backup


def unpack(path: Path, room: Path) -> Backup:
    """Lay a backup's files out in an empty folder, each checked.

    Raise :exc:`Invalid` if it is no backup, or was changed.
    """
    try:
        with zipfile.ZipFile(path) as file:
            backup = _read(file.read(MANIFEST))
            _check_names(backup, set(file.namelist()) - {MANIFEST})
            for name, digest in backup.files.items():
                target = room / name
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                if _lay_out(file, name, target) != digest:
                    raise Invalid(CHANGED % name)
    except (zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise Invalid(NO_BACKUP % f"{error}.") from error
    except KeyError as error:
        raise Invalid(NO_BACKUP % "it has no list of its files.") from error
    return backup


def check_fits(backup: Backup, room: Path) -> None:
    """Raise :exc:`Invalid` if what was laid out cannot be restored to this instance."""
    if backup.kind != dumping.kind():
        raise Invalid(OTHER_KIND % (backup.kind, dumping.kind()))
    if not migrating.knows(backup.migration):
        raise Invalid(TOO_NEW % backup.migration)
    dumping.check_sound(database_in(room, backup))


@contextmanager
def put_beside(room: Path, backup: Backup, instance: Path) -> Iterator[list[str]]:
    """Put back keys and settings that the instance has not, and name those that it has.

    They are taken away again if what is done with them fails.
    """
    names = sorted(set(backup.files) - set(DATABASES.values()))
    kept = [name for name in names if (instance / name).exists()]
    new = [name for name in names if name not in kept]
    try:
        for name in new:
            (instance / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            (room / name).chmod(0o600)
            shutil.copy(room / name, instance / name)
        yield kept
    except BaseException:
        for name in new:
            (instance / name).unlink(missing_ok=True)
        raise


def database_in(room: Path, backup: Backup) -> Path:
    """Give the copy of the database among files that were laid out."""
    return room / DATABASES[backup.kind]


def _told(backup: Backup) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "at": write_moment(backup.at),
        "database": backup.kind,
        "migration": backup.migration,
        "files": dict(backup.files),
    }


def _read(manifest: bytes) -> Backup:
    with suppress(AttributeError, KeyError, TypeError, ValueError):
        told = json.loads(manifest)
        files = {str(name): str(digest) for name, digest in told["files"].items()}
        if told["format"] == FORMAT and told["database"] in DATABASES:
            at, kind, migration = read_moment(told["at"]), told["database"], str(told["migration"])
            return Backup(at=at, kind=kind, migration=migration, files=files)
    raise Invalid(NO_BACKUP % "its list of files cannot be read.")


def _check_names(backup: Backup, names: Collection[str]) -> None:
    if strays := set(names) ^ set(backup.files):
        raise Invalid(CHANGED % min(strays))
    # Where files go is said by the backup, and must not lead out of the folder.
    if any(Path(name).is_absolute() or ".." in Path(name).parts for name in names):
        raise Invalid(NO_BACKUP % "a file of it would be put outside of the instance.")
    if DATABASES[backup.kind] not in backup.files:
        raise Invalid(NO_BACKUP % "it has no database.")


def _add(file: zipfile.ZipFile, name: str, path: Path) -> str:
    with path.open("rb") as source, file.open(name, "w", force_zip64=True) as target:
        return _copied(source, target)


def _lay_out(file: zipfile.ZipFile, name: str, path: Path) -> str:
    with file.open(name) as source, path.open("xb") as target:
        return _copied(source, target)


def _copied(source: IO[bytes], target: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := source.read(1 << 20):
        digest.update(piece)
        target.write(piece)
    return digest.hexdigest()
