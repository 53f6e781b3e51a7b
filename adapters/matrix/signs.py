"""The signs that people put on messages: keycap digits, thumbs and the like, brought to one form."""

import re

DIGITS = (*(f"{number}\ufe0f\u20e3" for number in range(1, 10)), "🔟")
"""The keycaps of the numbers one to ten, as they are offered under a question."""

_DRESS = re.compile("[\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff\u2640\u2642]")
"""What colours a sign or joins it: presentation, skin, gender."""
_KEYCAP = re.compile("([0-9])\u20e3")
_SAME = {
    "🔟": "10", "✔": "✅", "☑": "✅", "✓": "✅", "❎": "❌", "✖": "❌", "✗": "❌", "🟩": "🟢", "🟨": "🟡", "🟥": "🔴",
}  # fmt: skip


def meant(key: str) -> str:
    """What a sign means: "2" for any keycap or circled two, 👍 for a thumb of any skin."""
    bare = _DRESS.sub("", key.strip())
    if keycap := _KEYCAP.fullmatch(bare):
        return keycap[1]
    if len(bare) == 1 and "①" <= bare <= "⑨":
        return str(ord(bare) - ord("①") + 1)
    return _SAME.get(bare, bare)


def offered(count: int) -> tuple[str, ...]:
    """The signs to offer under a question with so many choices; none where there are more than there are signs."""
    return DIGITS[:count] if count <= len(DIGITS) else ()
