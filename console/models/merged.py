"""What SQL says of cases that were merged: which case each is part of stands in the case itself."""

from console.models.queue import ROW_COLUMNS, Ask

_INTO = "json_extract(body, '$.merged_into')"


def parents(keys: tuple[int, ...]) -> Ask:
    """Of these cases the key and the id of the one that each is part of, where it is."""
    marks = ", ".join("?" * len(keys))
    return Ask(f"SELECT pk, {_INTO} FROM case_body WHERE pk IN ({marks}) AND {_INTO} IS NOT NULL", keys)


def parts(keys: tuple[int, ...], parent: str) -> Ask:
    """Rows of those among the cases that are part of this one, the newest first."""
    marks, columns = ", ".join("?" * len(keys)), ", ".join(ROW_COLUMNS)
    sql = f"SELECT {columns} FROM case_row JOIN case_body USING (pk) WHERE pk IN ({marks}) AND {_INTO} = ?"
    return Ask(f"{sql} ORDER BY entered_ms DESC, pk DESC", (*keys, parent))
