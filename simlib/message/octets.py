"""Text as bytes: what lies in a file or goes over the wire."""


def as_bytes(text: str) -> bytes:
    """Text as it lies in a file. A lone surrogate is the byte that it stands for, if it stands for one."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
