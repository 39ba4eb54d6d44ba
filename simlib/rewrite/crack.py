"""What stands around an address: names of people and comments, with ``$g`` in place of the address itself.

It goes by the letters and not by a grammar, as sendmail does it [headers.c, crackaddr]: an address that is found in
angle brackets takes back what was thought before.
"""

from simlib.cf import marks

SENDER = marks.MACRO + "g"
PUNT = f"<{SENDER}>"  # where the whole would be too long
LONGEST = 256
MUST_BE_QUOTED = "@,;:\\()[]"  # in a name before <address>; beside what option MustQuoteChars says


def cracked(text: str, must_be_quoted: str = ".'", groups: bool = True) -> str:
    """The surroundings of an address, as marked text.

    ``groups``: a colon begins a group (option ColonOkInAddr is off).

    >>> marks.written(cracked("Taro Y. <taro@here.example> (home)"))
    '"Taro Y." <$g> (home)'
    """
    start = len(text) - len(text.lstrip())
    crack = _Crack(text[start:], MUST_BE_QUOTED + must_be_quoted, groups)
    crack.read()
    result = text[:start] + crack.result()
    return result if len(result) < LONGEST else PUNT


class _Crack:
    def __init__(self, text: str, quotable: str, groups: bool) -> None:
        self.text, self.quotable, self.groups = text, quotable, groups
        self.out: list[str] = []
        self.head = 0  # of what is written, where the present address begins
        self.address = 0  # of what is read, where it begins
        self.here = 0
        self.comments = self.open_comments = self.angles = self.copying = self.brackets = 0
        self.has_angle = self.needs_angle = self.has_colon = False
        self.in_quotes = self.out_in_quotes = self.put = self.to_quote = False

    def read(self) -> None:
        """Go through the text once."""
        while self.here < len(self.text):
            char = self.text[self.here]
            self.here += 1
            if self.copying > 0:
                self.out.append(char)
            if self._is_address(char):
                self._put()

    def result(self) -> str:
        """What was written, with all that is open closed."""
        closing = ('"' if self.out_in_quotes else "") + ")" * self.open_comments + (">" if self.needs_angle else "")
        return "".join(self.out) + closing

    def _is_address(self, char: str) -> bool:
        """Heed one character; whether it is part of the address."""
        if char == "\\":
            self.to_quote = self.to_quote or not (self.comments or self.in_quotes)
            if self.here < len(self.text):
                if self.copying > 0:
                    self.out.append(self.text[self.here])
                self.here += 1
            return True
        if char == '"' and not self.comments:
            self.in_quotes = not self.in_quotes
            if self.copying > 0:
                self.out_in_quotes = not self.out_in_quotes
            return False
        if self.in_quotes:
            return True
        if char == "(" or self.comments:
            self._comment(char)
            return False
        if char == ")" and self.copying > 0 and len(self.out) > self.head:
            self.out.pop()
        self.brackets += (char == "[") - (char == "]")
        if char == ":" and self.groups and not (self.angles or self.brackets > 0 or self.has_colon):
            return self._colon()
        if char == ";" and self.copying <= 0 and self.groups:
            self.out.append(char)
        if char in self.quotable:
            self.to_quote = True
        if char == "<":
            self._open()
            return False
        if char == ">":
            self._close()
            return False
        return True

    def _put(self) -> None:
        if self.copying > 0 or self.put:
            return
        if self.out and self.out[-1] == ")":
            self.out.append(" ")
        self.out += SENDER
        self.put = True

    def _comment(self, char: str) -> None:
        if char == "(":
            self.comments += 1
            self.open_comments += 1
            self.copying += 1
            if self.copying == 1:
                self.out += [" ", char] if len(self.out) != self.head else [char]
        elif char == ")":
            self.comments -= 1
            self.copying -= 1
            self.open_comments -= 1

    def _colon(self) -> bool:
        """A group begins; in node::user and user@DEC:.tay it does not."""
        following = self.text[self.here : self.here + 1]
        if following in (":", ".") and following:
            self.to_quote = True
            if self.copying > 0:
                self.out += [":", following]
            self.here += 1
            return True
        self.has_colon = True
        self._keep(":")
        while self.text[self.here : self.here + 1].isspace():
            self.out.append(self.text[self.here])
            self.here += 1
        self.head, self.address = len(self.out), self.here
        return False

    def _open(self) -> None:
        self.to_quote = self.to_quote or self.has_angle  # the first of two brackets was none
        self.has_angle = self.needs_angle = True
        self.angles = 1
        self._keep("<")

    def _keep(self, end: str) -> None:
        """Take back what was made of the text so far: it is the name before the address, in quotes if it needs them."""
        del self.out[self.head :]
        name, stop = self.text[self.address : self.here], self.here
        if self.to_quote:
            stop = self.here - 1
            while stop > 1 and self.text[stop - 1].isspace():
                stop -= 1
            name = self.text[self.address : stop].replace('"', '\\"')
            between = self.text[stop : self.text.index(end, stop) + 1]
            name = (f'"{name}"' if name else "") + between
            self.here = stop + len(between)
        self.out += name
        self.copying, self.put, self.to_quote = 0, False, False

    def _close(self) -> None:
        if self.angles:
            self.angles -= 1
            self.needs_angle = False
        else:
            if self.copying > 0 and len(self.out) > self.head:
                self.out.pop()
            self.to_quote = True
            return
        self.copying += 1
        if self.copying == 1:
            self.out.append(">")
