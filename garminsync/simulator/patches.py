"""Changes to true answers: a field gone, a field renamed, a word never seen before."""

from dataclasses import dataclass, field
from typing import Any

from .matching import Match


@dataclass
class Patch:
    """`set`, `remove` and `rename` name fields by dotted paths; a list on the way means each element.

    `where` keeps to those objects (at the place that is changed) which have all these values.
    """

    match: str
    where: dict[str, Any] = field(default_factory=dict)
    set: dict[str, Any] = field(default_factory=dict)
    remove: list[str] = field(default_factory=list)
    rename: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._match = Match(self.match)

    def fits(self, line: str) -> bool:
        return self._match.fits(line)

    def apply(self, value: Any) -> Any:
        for path, new in self.set.items():
            for holder, name in self._places(value, path):
                holder[name] = new
        for path in self.remove:
            for holder, name in self._places(value, path):
                holder.pop(name, None)
        for path, new_name in self.rename.items():
            for holder, name in self._places(value, path):
                if name in holder:
                    holder[new_name] = holder.pop(name)
        return value

    def _places(self, value: Any, path: str) -> list[tuple[dict[str, Any], str]]:
        *way, name = path.split(".")
        holders = _each(value)
        for step in way:
            holders = [found for holder in holders for found in _each(holder.get(step))]
        return [(holder, name) for holder in holders if self._wanted(holder)]

    def _wanted(self, holder: dict[str, Any]) -> bool:
        return all(holder.get(key) == value for key, value in self.where.items())


def _each(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for element in value for found in _each(element)]
    return [value] if isinstance(value, dict) else []
