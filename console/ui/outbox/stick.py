"""Where the stick is: the folder that an export is proposed for. Asks the operating system: not for the
interface's thread."""

from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths, QStorageInfo

_STICKS = ("/media/", "/run/media/", "/mnt/", "/Volumes/")


def stick_folder() -> Path:
    """The first stick that can be written; without one, the person's documents."""
    for volume in QStorageInfo.mountedVolumes():
        root = volume.rootPath()
        if volume.isValid() and volume.isReady() and not volume.isReadOnly() and _is_stick(root):
            return Path(root)
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place) or QDir.homePath())


def _is_stick(root: str) -> bool:
    drive = len(root) >= 2 and root[1] == ":" and root[0].upper() not in "ABC"
    return root.startswith(_STICKS) or drive
