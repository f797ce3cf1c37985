"""What a picture says of its own taking: when, which way up, and where. Its EXIF, read and written. Pure.

EXIF is a small TIFF file inside the picture: a list of fields (tag, type, count, value), and in it the places of
further lists, for the taking and for the GPS.
"""

import re
import struct
from datetime import datetime
from typing import Literal, NamedTuple

Fields = dict[int, tuple[int, int, bytes]]  # tag -> type, count, value as it stands in the picture

_BEGINS = re.compile(rb"(?:Exif\0\0|eXIf|EXIF.{4}(?:Exif\0\0)?)(?=II\*\0|MM\0\*)", re.DOTALL)
_LONGEST = 64 * 1024  # of an EXIF in a JPEG; what the others hold behind that are previews
_MOST = 1024  # bytes of a value: no day and no place is longer
_SIZES = {
    1: 1,
    2: 1,
    3: 2,
    4: 4,
    5: 8,
    6: 1,
    7: 1,
    8: 2,
    9: 4,
    10: 8,
    11: 4,
    12: 8,
}  # of a value, by its type
_LONG = 4
_TAKING, _GPS, _TURNED = 0x8769, 0x8825, 0x0112
_TIMES = (0x9003, 0x9004)  # taken, digitized
_ZONES = (0x9011, 0x9012)  # of these times
_TIME = re.compile(rb"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d)")


class Exif(NamedTuple):
    """What is read of it. `turned` is 1 to 8, as the camera was held; `gps` is empty if no place is told."""

    taken: datetime | None = None
    turned: int = 1
    taking: Fields = {}  # the fields that say when
    gps: Fields = {}
    order: Literal["little", "big"] = "little"


def read_exif(data: bytes) -> Exif:
    """The EXIF of a picture of any kind that has one (JPEG, PNG, WebP, HEIC); what is damaged counts as not said."""
    begins = _BEGINS.search(data)
    if not begins:
        return Exif()
    tiff = data[begins.end() : begins.end() + _LONGEST]
    order: Literal["little", "big"] = "little" if tiff[:1] == b"I" else "big"
    main = _fields(tiff, int.from_bytes(tiff[4:8], order), order)
    taking, gps = (_fields(tiff, _number(main, tag, order), order) for tag in (_TAKING, _GPS))
    turned = _number(main, _TURNED, order)
    return Exif(
        next((day for tag in _TIMES if tag in taking and (day := _time(taking[tag][2]))), None),
        turned if 1 <= turned <= 8 else 1,
        {tag: taking[tag] for tag in (*_TIMES, *_ZONES) if tag in taking},
        gps,
        order,
    )


def write_exif(of: Exif, gps: bool) -> bytes:
    """An EXIF that says when, if wanted where, and nothing else; empty if there is nothing to say."""
    inner = [(tag, fields) for tag, fields in ((_TAKING, of.taking), (_GPS, of.gps if gps else {})) if fields]
    if not inner:
        return b""
    at = 8 + _length(dict.fromkeys(tag for tag, _fields in inner))
    main, behind = {}, b""
    for tag, fields in inner:
        main[tag] = (_LONG, 1, (at + len(behind)).to_bytes(4, of.order))
        behind += _written(fields, at + len(behind), of.order)
    mark = b"II*\0" if of.order == "little" else b"MM\0*"
    return b"Exif\0\0" + mark + (8).to_bytes(4, of.order) + _written(main, 8, of.order) + behind


def _fields(tiff: bytes, at: int, order: Literal["little", "big"]) -> Fields:
    """The list of fields that begins at `at`; empty when there is none."""
    found: Fields = {}
    if not 8 <= at <= len(tiff):
        return found
    for n in range(int.from_bytes(tiff[at : at + 2], order)):
        field = tiff[at + 2 + 12 * n : at + 14 + 12 * n]
        if len(field) < 12:
            break
        tag, kind, count = struct.unpack("<HHI" if order == "little" else ">HHI", field[:8])
        size = _SIZES.get(kind, 0) * count
        start = int.from_bytes(field[8:], order)
        value = field[8 : 8 + size] if size <= 4 else tiff[start : start + size] if size <= _MOST else b""
        if 0 < size == len(value):
            found[tag] = (kind, count, value)
    return found


def _written(fields: Fields, at: int, order: Literal["little", "big"]) -> bytes:
    """A list of fields that will stand at `at`, its longer values behind it."""
    way = "<HHI" if order == "little" else ">HHI"
    head, behind = len(fields).to_bytes(2, order), b""
    for tag, (kind, count, value) in sorted(fields.items()):
        head += struct.pack(way, tag, kind, count)
        if len(value) <= 4:
            head += value.ljust(4, b"\0")
        else:
            head += (at + _length(fields) + len(behind)).to_bytes(4, order)
            behind += value + b"\0" * (len(value) % 2)
    return head + b"\0\0\0\0" + behind


def _length(fields: dict[int, object] | Fields) -> int:
    """Bytes of a list of fields without what stands behind it."""
    return 2 + 12 * len(fields) + 4


def _number(fields: Fields, tag: int, order: Literal["little", "big"]) -> int:
    return int.from_bytes(fields[tag][2], order) if tag in fields else 0


def _time(value: bytes) -> datetime | None:
    """The hour that a camera wrote; one that was never set writes zeros."""
    match = _TIME.match(value)
    if not match:
        return None
    try:
        return datetime(*(int(part) for part in match.groups()))  # type: ignore[arg-type]
    except ValueError:
        return None
