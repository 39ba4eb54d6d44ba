"""Signatures of OpenPGP: what another implementation says of them, we say too, and what is odd is told in words."""

import base64
import hashlib
import time
import warnings
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simlib.openpgp import DIGESTS, OpenPGPError, PublicKey, Signature

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of algorithms that are old
    from pgpy import PGPUID, PGPKey, PGPSignature
    from pgpy.constants import EllipticCurveOID, HashAlgorithm, KeyFlags, PubKeyAlgorithm

FILES = Path(__file__).parents[1] / "notebooks" / "files"
PACKAGE = (FILES / "agent-1.0.tar").read_bytes()
DETACHED = (FILES / "agent-1.0.tar.asc").read_bytes()
KEY = (FILES / "signing-key.asc").read_bytes()

pytestmark = pytest.mark.filterwarnings("ignore")  # pgpy tells of what it does not look at


def bare(armored: bytes) -> bytes:
    """What stands in armor, its last line being the checksum."""
    return base64.b64decode(b"".join(armored.partition(b"\n\n")[2].partition(b"-----END")[0].split()[:-1]))


def packet(kind: int, body: bytes) -> bytes:
    """A packet with a head of the new form, five bytes long."""
    return bytes([0xC0 | kind, 255]) + len(body).to_bytes(4, "big") + body


BODY = bare(DETACHED)[3:]  # of the one packet, behind a head of three bytes
KEY_BODY = bare(KEY)[3 : 3 + 269]


def mpi(value: int) -> bytes:
    return value.bit_length().to_bytes(2, "big") + value.to_bytes((value.bit_length() + 7) // 8, "big")


@cache
def maker(algorithm=PubKeyAlgorithm.RSAEncryptOrSign, size=2048):
    key = PGPKey.new(algorithm, size)
    key.add_uid(PGPUID.new("Somebody", email="x@y.example"), usage={KeyFlags.Sign}, hashes=[HashAlgorithm.SHA256])
    return key


def theirs(key: PGPKey, data: bytes, signature: PGPSignature) -> bool:
    try:
        return bool(key.verify(data, signature))
    except Exception:  # by another key
        return False


def ours(key: PGPKey, data: bytes, signature: PGPSignature) -> bool:
    try:
        return PublicKey.read(str(key.pubkey).encode()).verify(data, Signature.read(str(signature).encode()))
    except OpenPGPError:
        return False


# what is said of a signature


def test_the_lessons_package_is_good_and_a_changed_one_is_not():
    key, signature = PublicKey.from_file(FILES / "signing-key.asc"), Signature.from_file(FILES / "agent-1.0.tar.asc")
    assert key.verify(PACKAGE, signature) is True
    assert key.verify(PACKAGE.replace(b"exit 0", b"exec s"), signature) is False
    assert key.verify(b"", signature) is False


@pytest.mark.parametrize("name", ["signing-key.asc", "other-key.asc"])
def test_fingerprint_and_name_are_those_that_the_other_implementation_finds(name):
    key, (other, _) = PublicKey.from_file(FILES / name), PGPKey.from_file(str(FILES / name))
    assert key.fingerprint == str(other.fingerprint)
    assert key.name == other.userids[0].name == "Workbook Signing Key"
    assert key.user_ids == ("Workbook Signing Key (no real key) <signing@workbook.example>",)


def test_a_signature_by_another_key_says_so():
    other = PublicKey.from_file(FILES / "other-key.asc")
    with pytest.raises(OpenPGPError, match=f"by the key ED4C.*, and this is {other.fingerprint}"):
        other.verify(PACKAGE, Signature.read(DETACHED))


@pytest.mark.parametrize("size", [2048, 3072])
@pytest.mark.parametrize("digest", [HashAlgorithm.SHA256, HashAlgorithm.SHA384, HashAlgorithm.SHA512])
@settings(max_examples=20, deadline=None)
@given(data=st.binary(max_size=300), place=st.integers(0, 299), added=st.binary(max_size=2))
def test_both_say_the_same(size, digest, data, place, added):
    key, other = maker(size=size), maker()
    changed = data[:place] + added + data[place + 1 :]
    signature = key.sign(data, hash=digest)
    for whose, what in ((key, data), (key, changed), (other, data)):
        assert ours(whose, what, signature) == theirs(whose, what, signature) == (whose is key and what == data)


def test_a_signature_that_is_none_of_ours_is_not_good_whoever_is_named():
    assert ours(maker(), b"x", maker(size=3072).sign(b"x")) is False
    forged = Signature.read(str(maker(size=3072).sign(b"x")).encode())
    forged = Signature((), forged.digest, forged.hashed, forged.value % 2**2000)
    assert PublicKey.read(str(maker().pubkey).encode()).verify(b"x", forged) is False


def cube_root(value: int) -> int:
    """The least number whose cube is not below a value."""
    low, high = 0, 1 << (value.bit_length() // 3 + 2)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if middle**3 >= value else (middle + 1, high)
    return low


def test_the_padding_is_compared_to_its_end():
    """With exponent 3 a number can be found whose cube begins as it should: RFC 4880, 13.1.3, and CVE-2006-4339."""
    size, hashed, (name, prefix) = 384, b"\x04\x00\x01\x08\x00\x00", DIGESTS[8]
    key = PublicKey("", (), (1 << 8 * size) - 1, 3)
    digest = prefix + hashlib.new(name, b"evil" + hashed + b"\x04\xff\x00\x00\x00\x06").digest()
    front = b"\x00\x01" + 8 * b"\xff" + b"\x00" + digest
    value = cube_root(int.from_bytes(front.ljust(size, b"\x00"), "big"))
    assert (value**3).to_bytes(size, "big").startswith(front)
    assert key.verify(b"evil", Signature((), 8, hashed, value)) is False


def test_a_number_beyond_the_modulus_is_not_good():
    key, signature = PublicKey.read(KEY), Signature.read(DETACHED)
    again = Signature(signature.issuers, signature.digest, signature.hashed, signature.value + key.modulus)
    assert key.verify(PACKAGE, again) is False


# in which forms it may come


@pytest.mark.parametrize(
    "form",
    [
        lambda armored: armored.replace(b"\n", b"\r\n"),
        lambda armored: b"From: taro\n\nSee below:\n" + armored + b"-- \ntaro\n",
        lambda armored: armored.replace(b"\n\n", b"\nVersion: 1\nComment: -----x-----\n \n"),
        lambda armored: b"".join(line for line in armored.splitlines(True) if not line.startswith(b"=")),
        lambda armored: armored.replace(b"\n=", b"\n\n=").replace(b"\n-----END", b"\n\n-----END"),
        bare,
    ],
    ids=["CRLF", "within a letter", "headers", "no checksum", "empty lines", "no armor"],
)
def test_armor_comes_in_several_forms(form):
    assert PublicKey.read(form(KEY)) == PublicKey.read(KEY)
    assert Signature.read(form(DETACHED)) == Signature.read(DETACHED)


@pytest.mark.parametrize(
    "head",
    [
        bytes([0x80 | 2 << 2 | 1]) + (307).to_bytes(2, "big"),
        bytes([0x80 | 2 << 2 | 2]) + (307).to_bytes(4, "big"),
        bytes([0xC2, 192, 115]),
        bytes([0xC2, 255]) + (307).to_bytes(4, "big"),
    ],
    ids=["old, two", "old, four", "new, two", "new, five"],
)
def test_packets_say_their_length_in_several_forms(head):
    assert Signature.read(head + BODY) == Signature.read(DETACHED)


def test_subpackets_may_be_long_and_keys_may_have_odd_names():
    note = b"\xc0\x00" + bytes([20]) + bytes(191)  # 192 bytes, in two bytes of length; a notation
    far = b"\xe0\x00" + bytes([20]) + bytes(8383)  # where a packet would have a part of it
    hashed = BODY[6 : 6 + 29] + note + far
    body = BODY[:4] + len(hashed).to_bytes(2, "big") + hashed + BODY[35:]
    assert Signature.read(packet(2, body)).issuers == Signature.read(DETACHED).issuers
    assert PublicKey.read(packet(6, KEY_BODY)).name == ""
    assert PublicKey.read(packet(6, KEY_BODY) + packet(13, b"\xff <x>") + packet(13, b"y")).name == "\ufffd"


# what is refused, and how it is said


def with_byte(place: int, value: int) -> bytes:
    return packet(2, BODY[:place] + bytes([value]) + BODY[place + 1 :])


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (b"", "-----BEGIN PGP SIGNATURE-----, an empty line"),
        (KEY, "-----BEGIN PGP SIGNATURE-----"),
        (DETACHED.replace(b"\n\n", b"\n"), "an empty line"),
        (DETACHED.replace(b"-----END", b"----END"), "-----END PGP SIGNATURE----- are to come"),
        (DETACHED.replace(b"wsBz", b"ws*z"), "not base64"),
        (DETACHED.replace(b"wsBz", b"wsB"), "not base64"),
        (DETACHED.replace(b"3gf9", b"3gf8"), "its checksum is =vloK, and what it holds has =...."),
        (DETACHED.replace(b"=vloK", b"=\xff\xff\xff\xff"), r"damaged: its checksum is =\\xff"),
        (packet(2, BODY) + b"\x00", "byte 314 is 0x00: no packet begins so"),
        (packet(2, BODY)[:-1], "cut short: 307 bytes are to come, and 306 do"),
        (b"\xc2\xe1" + BODY, "does not say how long"),
        (b"\x8b" + BODY, "does not say how long"),
        (bare(KEY), "one packet of kind 2, and here are 6, 13, 2"),
        (packet(2, BODY) * 2, "here are 2, 2"),
        (packet(2, BODY + b"x"), "1 bytes longer"),
        (packet(2, BODY[:-1]), "cut short"),
        (packet(2, BODY[:20]), "cut short"),
        (packet(2, b""), "cut short: 1 bytes are to come"),
        (with_byte(0, 3), "version 3 .* 4 are"),
        (with_byte(0, 6), "version 6 .* 4 are"),
        (with_byte(1, 1), "type 0x01: that of a file's bytes has type 0x00"),
        (with_byte(1, 0x13), "type 0x13"),
        (with_byte(2, 17), "algorithm 17 .* RSA is"),
        (with_byte(3, 1), "with MD5 is not believed"),
        (with_byte(3, 2), "with SHA-1 is not believed.*ask for one with SHA-256"),
        (with_byte(3, 11), "digest 11 is unknown here: SHA-256 is 8"),
        (with_byte(6, 0), "cut short"),  # a subpacket of no length
        (with_byte(6, 200), "cut short"),
        (with_byte(7, 0x80 | 3), "a condition, subpacket 3,"),  # critical: the signature ends
        (with_byte(len(BODY) - 257, 0xFF), "a number has 2045 bits, and is to have 2047"),
    ],
)
def test_a_signature_that_is_none_for_us_is_told_of(file, told):
    with pytest.raises(OpenPGPError, match=told):
        Signature.read(file)


def test_critical_marks_count_where_they_are_signed():
    assert Signature.read(with_byte(7, 0x80 | 2)).issuers  # the day on which it was made
    beside = BODY.index(b"\x09\x10") + 1
    assert Signature.read(with_byte(beside, 0x80 | 99)).issuers == Signature.read(DETACHED).issuers[:1]


def key_with(modulus: int, exponent: int, algorithm: int = 1, version: int = 4) -> bytes:
    return packet(6, bytes([version, 0, 0, 0, 0, algorithm]) + mpi(modulus) + mpi(exponent))


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (DETACHED, "-----BEGIN PGP PUBLIC KEY BLOCK-----"),
        (bare(DETACHED), "one packet of kind 6, and here are 2"),
        (bare(KEY) * 2, "here are 6, 13, 2, 6, 13, 2"),
        (packet(13, b"x") + packet(6, KEY_BODY), "here are 13, 6"),
        (key_with(1 << 2047, 65537, version=3), "version 3"),
        (key_with(1 << 2047, 65537, algorithm=22), "algorithm 22 .* RSA is"),
        (key_with(1 << 2047, 65537, algorithm=2), "algorithm 2 "),  # RSA, but not for signatures
        (key_with(1 << 1023, 65537), "RSA key of 1024 bits.* it has 2048 to 16384"),
        (key_with(1 << 16384, 65537), "16385 bits"),
        (key_with(1 << 2047, 1), "exponent 0x1, is not believed"),
        (key_with(1 << 2047, 1 << 64), "exponent 0x10000000000000000,"),
        (key_with(0, 0), "RSA key of 0 bits"),
        (packet(6, KEY_BODY[:6] + b"\x07\xff" + KEY_BODY[8:]), "has 2048 bits, and is to have 2047"),
        (packet(6, KEY_BODY + b"x"), "1 bytes longer"),
    ],
)
def test_a_key_that_is_none_for_us_is_told_of(file, told):
    with pytest.raises(OpenPGPError, match=told):
        PublicKey.read(file)


def test_keys_and_digests_of_other_kinds_are_made_by_the_other_implementation_and_refused_here():
    other = maker(PubKeyAlgorithm.EdDSA, EllipticCurveOID.Ed25519)
    with pytest.raises(OpenPGPError, match="algorithm 22"):
        PublicKey.read(str(other.pubkey).encode())
    with pytest.raises(OpenPGPError, match="algorithm 22"):
        Signature.read(str(other.sign(b"x")).encode())
    with pytest.raises(OpenPGPError, match="SHA-1"):
        Signature.read(str(maker().sign(b"x", hash=HashAlgorithm.SHA1)).encode())


def test_the_largest_key_and_the_longest_numbers_take_no_time():
    begun = time.perf_counter()
    key = PublicKey.read(key_with((1 << 16384) - 1, (1 << 64) - 1))
    assert key.verify(b"x", Signature((), 10, b"", (1 << 16383) + 1)) is False
    assert time.perf_counter() - begun < 2


# any bytes


def tried(key: bytes, signature: bytes) -> bool:
    """What comes of it; nothing but our own errors may."""
    try:
        return PublicKey.read(key).verify(PACKAGE, Signature.read(signature))
    except OpenPGPError as problem:
        assert str(problem)
        return False


@settings(deadline=None)
@given(st.binary(max_size=400), st.binary(max_size=3))
def test_any_bytes_are_read_or_complained_of(data, cut):
    for head in (b"", b"\xc2", b"\xc6", b"\x99", packet(2, cut), packet(6, cut)):
        for body in (head + data, packet(2, b"\x04\x00\x01\x08" + data), packet(6, b"\x04\x00\x00\x00\x00\x01" + data)):
            assert not tried(KEY, body)
            assert not tried(body, bare(DETACHED))
    for armored in (KEY, DETACHED):
        lines = armored.splitlines(True)
        assert not tried(*(b"".join([*lines[: len(cut)], data, *lines[len(cut) :]]) for _ in range(2)))


@settings(deadline=None)
@given(st.integers(0, len(BODY) + 2), st.integers(1, 255), st.booleans())
def test_a_changed_byte_of_a_signature_leaves_it_good_only_where_nothing_is_signed(place, change, cut):
    whole = bare(DETACHED)
    changed = whole[:place] + (b"" if cut else bytes([whole[place] ^ change])) + whole[place + 1 :]
    if tried(KEY, changed):
        mine, before = Signature.read(changed), Signature.read(DETACHED)
        assert (mine.digest, mine.hashed, mine.value) == (before.digest, before.hashed, before.value)


@settings(deadline=None)
@given(st.integers(0, len(KEY_BODY) + 2), st.integers(1, 255), st.booleans())
def test_with_a_changed_byte_of_its_key_a_signature_is_not_good(place, change, cut):
    whole = bare(KEY)
    assert not tried(whole[:place] + (b"" if cut else bytes([whole[place] ^ change])) + whole[place + 1 :], DETACHED)
