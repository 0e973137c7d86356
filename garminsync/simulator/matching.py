"""How faults and patches name the requests they mean."""

import re


class Match:
    """Part of "METHOD /path?query", or a regular expression found in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        try:
            self._pattern = re.compile(text)
        except re.error:
            # "files/activity/(" is no expression, but a fine piece of a path.
            self._pattern = re.compile(re.escape(text))

    def fits(self, line: str) -> bool:
        return self._text in line or self._pattern.search(line) is not None
