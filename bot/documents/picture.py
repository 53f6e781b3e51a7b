"""Photos as people send them -> small ones that tell nothing but what is to be seen."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

LONGEST_EDGE = 1600
"""Enough to recognise a bench or a building site on any screen, in pixels."""
MOST_PIXELS = 50_000_000
"""Larger than any telephone's camera makes; what claims more is not opened."""
NARROWEST = 20
"""So many times as long as wide at most: messengers take nothing beyond for a picture. The rest becomes white."""
_QUALITY = 80
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
"""Formats that are read without a helper program."""

MIME = "image/jpeg"
"""What `shrink` makes."""


def shrink(content: bytes) -> bytes | None:
    """The picture upright, at most `LONGEST_EDGE` pixels long, as JPEG without place, time or device; None where it
    is no picture that can be read, or is one that is made to fill the memory."""
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
            longest = -(-max(upright.size) // NARROWEST)
            bare = Image.new("RGB", (max(upright.width, longest), max(upright.height, longest)), "white")
            opaque = upright.convert("RGBA")
            bare.paste(opaque, mask=opaque.getchannel("A"))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, MemoryError):
        return None
    small = io.BytesIO()
    bare.save(small, "JPEG", quality=_QUALITY, optimize=True)
    return small.getvalue()
