"""The sentence for a map file that cannot be shown: which file, what is wrong, where, what to do."""

from console.geo.faults import MapFileFault
from console.ui.words import t


def fault_text(fault: MapFileFault) -> str:
    """File and fault in one or two sentences."""
    return t("layers.fault", file=fault.file.name, why=t(f"layers.fault.{fault.why}", **fault.where))
