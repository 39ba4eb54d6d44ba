"""Whether a file is what the holder of a key has signed: detached signatures of OpenPGP.

Read are keys and signatures of version 4, with RSA, over a file's bytes as they are: what ``gpg --detach-sign`` makes
with such a key. Digests are SHA-256, SHA-384 and SHA-512. SHA-1 and MD5 are refused, however well the numbers fit: two
files with one digest can be made, the one be given to the signer, and the other to everybody else (RFC 9580, 9.5). So
are RSA keys below 2048 bits, which can be broken (RFC 9580, 12.4).

Not looked at are revocations, days on which a key or a signature ends, subkeys, and who says that a name is a key's:
"good" means that whoever held this key signed these bytes at some time. Numbers of sections below are RFC 4880's.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from simlib.errors import WorkbookError

SIGNATURE, PUBLIC_KEY, USER_ID = 2, 6, 13  # kinds of packets (4.3)
RSA = (1, 3)  # algorithms of keys: RSA, and RSA for signatures only (9.1)
BINARY = 0x00  # of signatures: over bytes as they are, not over lines or another key (5.2.1)
CREATED, ISSUER, ISSUER_FINGERPRINT = 2, 16, 33  # what a signature says of itself (5.2.3.1; RFC 9580, 5.2.3.35)
MODULUS, EXPONENT = range(2048, 16384 + 1), range(3, 2**64)  # bits, and value; larger ones would keep a machine busy
DIGESTS = {  # by number (9.4): the name, and what stands before the digest, in DER (5.2.2)
    8: ("sha256", bytes.fromhex("3031300d060960864801650304020105000420")),
    9: ("sha384", bytes.fromhex("3041300d060960864801650304020205000430")),
    10: ("sha512", bytes.fromhex("3051300d060960864801650304020305000440")),
}
BROKEN = {1: "MD5", 2: "SHA-1", 3: "RIPEMD-160"}  # digests that are not believed any more


class OpenPGPError(WorkbookError):
    """A key or a signature that cannot be read, is not believed, or does not belong to the other."""


@dataclass(frozen=True)
class Signature:
    """A signature that lies beside its file (5.2.3). Whose it is, it says itself; the key proves it, or does not."""

    issuers: tuple[str, ...]  # fingerprints, or their last 16 digits
    digest: int  # the number of its algorithm
    hashed: bytes  # its own first part, which is signed with the file
    value: int  # what RSA made

    @classmethod
    def from_file(cls, path: str | Path) -> "Signature":
        """The signature in a file, with armor or without. Raises OSError, or OpenPGPError if it is none for us."""
        return cls.read(Path(path).read_bytes())

    @classmethod
    def read(cls, data: bytes) -> "Signature":
        """The signature that a file holds. Raises OpenPGPError if it is none for us."""
        packets = _packets_of(data, "SIGNATURE")
        if [kind for kind, _ in packets] != [SIGNATURE]:
            raise OpenPGPError("a signature is one packet of kind 2, and here are {kinds}", kinds=_kinds(packets))
        packet = _Reader(packets[0][1])
        packet.version()
        if (kind := packet.number(1)) != BINARY:
            raise OpenPGPError("a signature of type {kind:#04x}: that of a file's bytes has type 0x00", kind=kind)
        packet.algorithm()
        if (digest := packet.number(1)) in BROKEN:
            raise OpenPGPError(
                "a signature with {name} is not believed, for two files with one such digest can be made: "
                "ask for one with SHA-256",
                name=BROKEN[digest],
            )
        if digest not in DIGESTS:
            raise OpenPGPError("digest {number} is unknown here: SHA-256 is 8, SHA-512 is 10", number=digest)
        signed = _issuers(packet.take(packet.number(2)), signed=True)
        hashed = packet.getvalue()[: packet.tell()]
        beside = _issuers(packet.take(packet.number(2)), signed=False)
        packet.take(2)  # the digest's first bytes, for a quick no; they prove nothing
        value = packet.integer()
        packet.end()
        return cls((*signed, *beside), digest, hashed, value)


@dataclass(frozen=True)
class PublicKey:
    """A public key (5.5.2). Its fingerprint is its own; what it is called, whoever made it has chosen."""

    fingerprint: str
    user_ids: tuple[str, ...]
    modulus: int
    exponent: int

    @classmethod
    def from_file(cls, path: str | Path) -> "PublicKey":
        """The key in a file, with armor or without. Raises OSError, or OpenPGPError if it is none for us."""
        return cls.read(Path(path).read_bytes())

    @classmethod
    def read(cls, data: bytes) -> "PublicKey":
        """The key that a file holds. Raises OpenPGPError if it is none for us, or there are several."""
        packets = _packets_of(data, "PUBLIC KEY BLOCK")
        if [place for place, (kind, _) in enumerate(packets) if kind == PUBLIC_KEY] != [0]:
            raise OpenPGPError(
                "a key begins with its one packet of kind 6, and here are {kinds}", kinds=_kinds(packets)
            )
        packet = _Reader(packets[0][1])
        packet.version()
        packet.take(4)  # when it was made
        packet.algorithm()
        modulus, exponent = packet.integer(), packet.integer()
        packet.end()
        if modulus.bit_length() not in MODULUS or exponent not in EXPONENT:
            raise OpenPGPError(
                "an RSA key of {bits} bits, exponent {exponent:#x}, is not believed: it has 2048 to 16384 bits, "
                "and an exponent from 0x3 to 0xffffffffffffffff",
                bits=modulus.bit_length(),
                exponent=exponent,
            )
        whole = b"\x99" + len(packet.getvalue()).to_bytes(2, "big") + packet.getvalue()
        # 12.2. SHA-1 will do: two keys with one fingerprint can be made, but none to a fingerprint that is given
        fingerprint = hashlib.sha1(whole, usedforsecurity=False).hexdigest().upper()
        user_ids = tuple(held.decode("utf-8", "replace") for kind, held in packets if kind == USER_ID)
        return cls(fingerprint, user_ids, modulus, exponent)

    @property
    def name(self) -> str:
        """The name in its first user ID, without comment and address: anybody can give it to a key of his own."""
        return re.split(r"\s*[(<]", self.user_ids[0])[0] if self.user_ids else ""

    def verify(self, data: bytes, signature: Signature) -> bool:
        """Whether the holder of this key signed exactly these bytes (5.2.4).

        Raises OpenPGPError if the signature says that it is another key's: then this key tells nothing.
        """
        for issuer in signature.issuers:
            if not self.fingerprint.endswith(issuer):
                raise OpenPGPError(
                    "the signature is by the key {other}, and this is {mine}: it is checked with the key that made it "
                    "(subkeys are not looked at here)",
                    other=issuer,
                    mine=self.fingerprint,
                )
        name, prefix = DIGESTS[signature.digest]
        trailer = b"\x04\xff" + len(signature.hashed).to_bytes(4, "big")
        digest = prefix + hashlib.new(name, data + signature.hashed + trailer).digest()
        size = (self.modulus.bit_length() + 7) // 8
        # 13.1.3, made anew and compared as a whole: who reads from the front, and stops, believes forgeries
        wanted = b"\x00\x01" + b"\xff" * (size - 3 - len(digest)) + b"\x00" + digest
        if signature.value >= self.modulus:
            return False
        return pow(signature.value, self.exponent, self.modulus).to_bytes(size, "big") == wanted


class _Reader(BytesIO):
    """Bytes that are read from the front. Raises OpenPGPError wherever they are not what has to come."""

    def take(self, many: int) -> bytes:
        taken = self.read(many)
        if len(taken) < many:
            raise OpenPGPError("cut short: {many} bytes are to come, and {found} do", many=many, found=len(taken))
        return taken

    def number(self, many: int) -> int:
        return int.from_bytes(self.take(many), "big")

    def integer(self) -> int:
        """A large number, behind its length in bits (3.2)."""
        bits = self.number(2)
        value = self.number((bits + 7) // 8)
        if value.bit_length() != bits:
            raise OpenPGPError("a number has {found} bits, and is to have {bits}", found=value.bit_length(), bits=bits)
        return value

    def length(self, two: range) -> int:
        """A length (4.2.2, 5.2.3.1): in one byte, in two if the first is in a range, or in five."""
        first = self.number(1)
        if first in two:
            return (first - 192 << 8) + self.number(1) + 192
        if 192 <= first < 255:
            raise _endless()
        return first if first < 192 else self.number(4)

    def version(self) -> None:
        if (version := self.number(1)) != 4:
            raise OpenPGPError("version {version} is not read here: keys and signatures of 4 are", version=version)

    def algorithm(self) -> None:
        if (algorithm := self.number(1)) not in RSA:
            raise OpenPGPError("algorithm {number} is not read here: RSA is, which is 1 or 3", number=algorithm)

    def end(self) -> None:
        if left := len(self.read()):
            raise OpenPGPError("a packet is {left} bytes longer than what it holds", left=left)


def _packets_of(data: bytes, what: str) -> list[tuple[int, bytes]]:
    """The packets in a file (4.2), each with its kind; their heads may have the old form or the new one."""
    found = []
    reader = _Reader(data if data[:1] >= b"\x80" else _without_armor(data, what))
    while head := reader.read(1):
        if not head[0] & 0x80:
            place = reader.tell()
            raise OpenPGPError("byte {place} is {byte:#04x}: no packet begins so", place=place, byte=head[0])
        if head[0] & 0x40:
            found.append((head[0] & 0x3F, reader.take(reader.length(two=range(192, 224)))))
        elif head[0] & 3 == 3:
            raise _endless()
        else:
            found.append((head[0] >> 2 & 0xF, reader.take(reader.number(1 << (head[0] & 3)))))
    return found


def _endless() -> OpenPGPError:
    return OpenPGPError("a packet does not say how long it is, and a key or a signature has to")


def _kinds(packets: list[tuple[int, bytes]]) -> str:
    return ", ".join(str(kind) for kind, _ in packets) or "-"


def _issuers(area: bytes, signed: bool) -> Iterator[str]:
    """Who made a signature, by what it says of itself (5.2.3.1).

    What is signed and marked as critical has to be understood, or the signature is not good.
    """
    reader = _Reader(area)
    while reader.tell() < len(area):
        one = _Reader(reader.take(reader.length(two=range(192, 255))))
        critical, kind = divmod(one.number(1), 0x80)
        if kind in (ISSUER, ISSUER_FINGERPRINT):
            one.take(kind == ISSUER_FINGERPRINT)  # the key's version
            yield one.read().hex().upper()
        elif signed and critical and kind != CREATED:
            raise OpenPGPError(
                "the signature has a condition, subpacket {kind}, which is not looked at here", kind=kind
            )


def _without_armor(data: bytes, what: str) -> bytes:
    """What stands in the armor of letters in which OpenPGP is mailed (6.2). Its checksum may be missing.

    A wrong one is told of, although RFC 9580 (6.1) would pass over it: a file that was damaged on its way is then
    called so. It protects from nobody.
    """
    lines = [line.strip() for line in data.splitlines()]
    begin, end = f"-----BEGIN PGP {what}-----", f"-----END PGP {what}-----"
    try:
        first = lines.index(begin.encode())
        block = lines[first : lines.index(end.encode(), first)]
        letters = [line for line in block[block.index(b"") :] if line]
    except ValueError:
        raise OpenPGPError("{begin}, an empty line, letters, and {end} are to come", begin=begin, end=end) from None
    checksum = letters.pop() if letters and re.fullmatch(rb"=.{4}", letters[-1]) else b""
    try:
        content = base64.b64decode(b"".join(letters), validate=True)
    except binascii.Error:
        raise OpenPGPError("the armor is not base64: A-Z a-z 0-9 + / in groups of four, and = at its end") from None
    right = b"=" + base64.b64encode(_crc24(content).to_bytes(3, "big"))
    if checksum not in (b"", right):
        found = checksum.decode("ascii", "backslashreplace")
        raise OpenPGPError(
            "the file was damaged: its checksum is {found}, and what it holds has {right}",
            found=found,
            right=right.decode(),
        )
    return content


def _crc24(data: bytes) -> int:
    """The checksum of armor (6.1)."""
    crc = 0xB704CE
    for byte in data:
        crc ^= byte << 16
        for _ in range(8):
            crc = crc << 1 ^ (0x1864CFB if crc & 0x800000 else 0)
    return crc
