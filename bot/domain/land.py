"""The sixteen Länder, and `Bund` for what belongs to none of them."""

from enum import StrEnum

from bot.domain.words import fold


class Land(StrEnum):
    """A German Land by its two letters (ISO 3166-2:DE), or `Bund`: nationwide holidays only."""

    BW = "BW"
    BY = "BY"
    BE = "BE"
    BB = "BB"
    HB = "HB"
    HH = "HH"
    HE = "HE"
    MV = "MV"
    NI = "NI"
    NW = "NW"
    RP = "RP"
    SL = "SL"
    SN = "SN"
    ST = "ST"
    SH = "SH"
    TH = "TH"
    BUND = "Bund"

    @property
    def label(self) -> str:
        """The name as people write it: `Nordrhein-Westfalen`."""
        return _NAMES[self]

    @classmethod
    def parse(cls, text: str) -> "Land | None":
        """The Land that a name or its two letters mean, whatever the case, umlauts or hyphens; else None."""
        return _BY_NAME.get(fold(text))


_NAMES = {
    Land.BW: "Baden-Württemberg",
    Land.BY: "Bayern",
    Land.BE: "Berlin",
    Land.BB: "Brandenburg",
    Land.HB: "Bremen",
    Land.HH: "Hamburg",
    Land.HE: "Hessen",
    Land.MV: "Mecklenburg-Vorpommern",
    Land.NI: "Niedersachsen",
    Land.NW: "Nordrhein-Westfalen",
    Land.RP: "Rheinland-Pfalz",
    Land.SL: "Saarland",
    Land.SN: "Sachsen",
    Land.ST: "Sachsen-Anhalt",
    Land.SH: "Schleswig-Holstein",
    Land.TH: "Thüringen",
    Land.BUND: "Bund",
}
_SHORT = {"NRW": Land.NW, "BaWü": Land.BW, "MeckPomm": Land.MV, "RLP": Land.RP}
"""How people also write some of them."""
_BY_NAME = (
    {fold(name): land for land, name in _NAMES.items()}
    | {fold(land): land for land in Land}
    | {fold(name): land for name, land in _SHORT.items()}
)
