"""A picture made small, and rid of what it tells beside what it shows. The only room that knows Pillow. Pure."""

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from minqing.errors import Flaw
from minqing.exif import read_exif, write_exif

if TYPE_CHECKING:
    from PIL.Image import Image

QUALITY = 85
SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}  # what can be drawn anew
# Pictures by how their names end; text under such a name is a mistake.
ENDINGS = (".jpg", ".jpeg", ".jpe", ".png", ".webp", ".heic", ".heif", ".hif", ".avif")
_BRANDS = {
    b"avif": "AVIF",
    b"avis": "AVIF",
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), "HEIC"),
}


class Unfit(Exception):
    """A file that cannot be attached, with the flaw that says why and what to do."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.message)
        self.flaw = flaw


def kind_of(data: bytes) -> str | None:
    """What a picture is by its bytes: JPEG, PNG, WEBP, or HEIC, AVIF and TIFF, which are not drawn anew; else None."""
    if data[:3] == b"\xff\xd8\xff":
        return "JPEG"
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in _BRANDS:
        return _BRANDS[data[8:12]]
    if data[:4] in (b"II*\0", b"MM\0*"):
        return "TIFF"
    return None


def redraw(data: bytes, max_side: int, keep_gps: bool) -> bytes:
    """The same picture upright, no side longer than `max_side`; of what it tells only the time it was taken stays.

    With `keep_gps` also where. A small picture that stands upright keeps its quality. Raises Unfit.
    """
    try:
        from PIL import Image  # an extra, and 60 ms of start-up
    except ImportError:
        raise Unfit(
            Flaw(
                "photo",
                "pictures need the photo extra",
                "pip install 'minqing[photo]'; or --as-is copies it untouched, with the place it may tell",
            )
        ) from None
    jpeg = kind_of(data) == "JPEG"  # one is made small while it is read: Pillow lets it have twice the dots
    try:
        with warnings.catch_warnings(action="ignore"):  # of damage beside the picture Pillow tells on stderr
            if not jpeg:
                warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=tuple(SUFFIXES)) as picture:
                return _drawn(picture, data, max_side, keep_gps)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Unfit(
            Flaw(
                "photo",
                "the picture has more than {n} million dots",
                "make it smaller in another program first",
                {"n": str((Image.MAX_IMAGE_PIXELS or 0) * (2 if jpeg else 1) // 1_000_000)},
            )
        ) from None
    except (OSError, SyntaxError, ValueError, EOFError):  # what Pillow raises for damage
        raise Unfit(
            Flaw(
                "photo",
                "the picture is damaged or cut off",
                "copy it from the phone once more",
            )
        ) from None


def unlike(kind: str) -> Flaw:
    """Why a picture that is not drawn anew, by its kind or what it holds, is attached only as it is."""
    cause, remedy = _REFUSALS.get(kind, _REFUSALS["other"])
    return Flaw("photo", cause, remedy, {"kind": kind})


_REFUSALS = {
    "HEIC": (
        "{kind} pictures cannot be made smaller here, nor rid of the place they tell",
        "save it as JPEG (iPhone: Settings, Camera, Formats, Most Compatible), or copy it untouched with --as-is",
    ),
    "moving": (
        "the picture moves, and would stand still once made smaller",
        "save one view of it as JPEG, or copy it untouched with --as-is",
    ),
    "deep": (
        "the picture has 16 bits a colour, and would turn white once made smaller",
        "save it as JPEG, or copy it untouched with --as-is",
    ),
    "other": (
        "{kind} pictures cannot be made smaller here, nor rid of the place they tell",
        "save it as JPEG, or copy it untouched with --as-is",
    ),
}


def _drawn(picture: "Image", data: bytes, max_side: int, keep_gps: bool) -> bytes:
    from PIL import Image

    said = read_exif(data)
    kind = "JPEG" if picture.format == "MPO" else picture.format or ""  # a JPEG with a second view behind it
    if kind != "JPEG" and getattr(picture, "is_animated", False):
        raise Unfit(unlike("moving"))
    if picture.mode[:1] in "IF":
        raise Unfit(unlike("deep"))
    turns = Image.Transpose
    turn = {
        2: turns.FLIP_LEFT_RIGHT,
        3: turns.ROTATE_180,
        4: turns.FLIP_TOP_BOTTOM,
        5: turns.TRANSPOSE,
        6: turns.ROTATE_270,
        7: turns.TRANSVERSE,
        8: turns.ROTATE_90,
    }.get(said.turned)
    quality: int | str = QUALITY
    if turn is None and max(picture.size) <= max_side:
        quality = "keep" if picture.format == "JPEG" else QUALITY
        picture.load()
    else:
        if kind != "JPEG":
            picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
        picture.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
        picture = picture if turn is None else picture.transpose(turn)
    if kind == "JPEG" and picture.mode not in ("L", "RGB"):
        picture, quality = picture.convert("RGB"), QUALITY
    # what it carried along (colour profile, comments, texts, XMP) Pillow would in part write again
    picture.info = {name: said for name, said in picture.info.items() if name == "transparency"}
    out = BytesIO()
    more = {} if kind == "PNG" else {"quality": quality}
    picture.save(out, kind, exif=write_exif(said, keep_gps), **more)
    return out.getvalue()
