"""A map file that cannot be shown: which, what is wrong with it, and where."""

from pathlib import Path

from console.desk.errors import DeskError


class MapFileFault(DeskError):
    """`why`: a stable word with a sentence (`layers.fault.WHY`); `where`: the fields of that sentence.

    `file` and `where` are for the screen: the exception's own text names neither file nor contents.
    """

    code = "map_file"

    def __init__(self, file: Path, why: str, **where: object) -> None:
        super().__init__(why)
        self.file, self.why, self.where = file, why, where
