"""Tokens as single characters: a workspace is a string, and a left-hand side a regular expression over it."""

FIRST, LAST = 0x1000, 0x10EFFF  # what tokens may be; marks stand above
_SURROGATES = range(0xD800, 0xE000)
FULL = 400_000  # tokens; then it is time for a new table


class Tokens:
    """One table of tokens: text to character and back. The characters of one table mean nothing to another.

    ``lower`` translates a workspace to the tokens in lower case; ``mixed`` are the tokens that this changes.
    """

    def __init__(self) -> None:
        self._chars: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._next = FIRST
        self.lower: dict[int, str] = {}
        self.mixed: set[str] = set()

    def __len__(self) -> int:
        return len(self._chars)

    def char(self, text: str) -> str:
        """The character of a token."""
        known = self._chars.get(text)
        return known if known is not None else self._enter(text)

    def workspace(self, tokens: tuple[str, ...] | list[str]) -> str:
        """A row of tokens as a workspace."""
        chars = self._chars
        try:
            return "".join([chars[text] for text in tokens])
        except KeyError:
            return "".join([self.char(text) for text in tokens])

    def texts(self, workspace: str) -> list[str]:
        """The tokens of a workspace."""
        return [self._texts[char] for char in workspace]

    def lowered(self, workspace: str) -> str:
        """The workspace in lower case; as long as it was, whatever it holds."""
        return workspace if self.mixed.isdisjoint(workspace) else workspace.translate(self.lower)

    def _enter(self, text: str) -> str:
        if len(text) == 1 and ord(text) > LAST:
            char = text  # a mark is its own character
        else:
            if self._next in _SURROGATES:
                self._next = _SURROGATES.stop
            char = chr(self._next)
            self._next += 1
        self._chars[text], self._texts[char] = char, text
        small = _lower(text)
        if small != text:
            self.lower[ord(char)] = self.char(small)
            self.mixed.add(char)
        return char


def _lower(text: str) -> str:
    """ASCII letters only, as sendmail compares."""
    if ord(text[0]) > LAST:
        return text  # names of macros and classes have their case
    return text.lower() if text.isascii() else "".join(char.lower() if char.isascii() else char for char in text)
