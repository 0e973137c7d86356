"""What became of one file."""

from dataclasses import dataclass, field


@dataclass
class Finding:
    """`kept` counts values that rest in a column; `lost` tells those that have one and do not, or are another.
    `no_column` names paths that no table of `paths/` knows: new ones, which nobody has found a column for."""

    rows: int = 0
    kept: int = 0
    lost: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    no_column: list[str] = field(default_factory=list)
