"""Fields of apps as their descriptions tell them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from garmin_fit_sdk import Profile
from garmin_fit_sdk.fit import BASE_TYPE, BASE_TYPE_DEFINITIONS, BASE_TYPE_MASK

from garminsync.fit.columns import text_of
from garminsync.fit.definitions import Unusual

STRING = BASE_TYPE["STRING"]
DEVELOPER_DATA_ID, FIELD_DESCRIPTION = (
    Profile["mesg_num"][kind] for kind in ("DEVELOPER_DATA_ID", "FIELD_DESCRIPTION")
)

type Message = dict[Any, Any]
type Apps = dict[tuple[int, int], Message]


@dataclass(frozen=True)
class App:
    """`key` is that of the description; `width` is how many items struct makes of one value."""

    key: Any
    code: str
    width: int
    is_text: bool

    def values(self, items: Sequence[Sequence[Any]]) -> list[Any]:
        if self.is_text:
            return [text_of(item) for item in items[0]]
        return list(items[0]) if self.width == 1 else [list(item) for item in zip(*items, strict=True)]


class Described:
    """Follows the messages of a file in their order. What is described twice, or before its app, is Unusual."""

    def __init__(self) -> None:
        self.apps: set[Any] = set()
        self.fields: Apps = {}

    def listen(self, number: int, message: Message) -> None:
        index = message.get("developer_data_index")
        if number == DEVELOPER_DATA_ID:
            if index in self.apps:
                raise Unusual
            self.apps.add(index)
        elif number == FIELD_DESCRIPTION:
            key = index, message.get("field_definition_number")
            if index is None or index not in self.apps or key in self.fields:
                raise Unusual
            self.fields[key] = message  # type: ignore[index]


def app_of(apps: Apps, told: tuple[int, int, int]) -> App | None:
    """None for a field that nobody has described; it is passed over."""
    number, size, index = told
    description = apps.get((index, number))
    if description is None:
        return None
    base = description["fit_base_type_id"] & BASE_TYPE_MASK
    known = BASE_TYPE_DEFINITIONS[base]
    if not size or size % known["size"]:
        raise Unusual
    count = size // known["size"]
    return App(description["key"], f"{count}{known['type_code']}", 1 if base == STRING else count, base == STRING)
