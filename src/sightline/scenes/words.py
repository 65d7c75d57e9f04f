"""Names, companies, goods and addresses: seeded, and so many that a reader must copy them, not know them."""

from __future__ import annotations

from random import Random

from sightline.scenes import word_lists as lists

_ONSETS = [
    "b",
    "c",
    "d",
    "f",
    "g",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "w",
    "y",
    "z",
    "br",
    "ch",
    "cl",
    "cr",
    "dr",
    "fl",
    "gr",
    "kh",
    "pl",
    "pr",
    "sh",
    "sl",
    "st",
    "th",
    "tr",
]
_NUCLEI = ["a", "e", "i", "o", "u", "a", "e", "i", "o", "ai", "ee", "ia", "oo", "ua", "ou"]
_CODAS = ["", "", "", "", "n", "ng", "r", "s", "l", "m", "t", "k", "h", "x", "nd", "rt", "ck"]


def made_up(dice: Random, n_syllables: int | None = None) -> str:
    """Return a capitalised word that is in no dictionary."""
    count = n_syllables or dice.choice((1, 2, 2, 2, 3))
    text = "".join(dice.choice(_ONSETS) + dice.choice(_NUCLEI) + dice.choice(_CODAS) for _ in range(count))
    return text.capitalize()


def surname(dice: Random) -> str:
    """Return a family name, often one nobody has."""
    return dice.choice(lists.SURNAMES) if dice.random() < 0.6 else made_up(dice, 2)


def person(dice: Random) -> str:
    """Return a full name in one of the usual orders."""
    first = dice.choice(lists.FIRST_NAMES) if dice.random() < 0.75 else made_up(dice, 2)
    kind = dice.random()
    if kind < 0.6:
        return f"{first} {surname(dice)}"
    if kind < 0.72:
        return f"{first} {dice.choice('ABCDEFGHJKLMNPRSTW')}. {surname(dice)}"
    if kind < 0.84:
        return f"{dice.choice(lists.CHINESE)} {dice.choice(lists.CHINESE)} {dice.choice(lists.CHINESE)}"
    if kind < 0.94:
        return f"{first} {dice.choice(('bin', 'binti', 'van', 'de', 'von', 'a/l'))} {surname(dice)}"
    return f"{first} {surname(dice)}-{surname(dice)}"


def brand(dice: Random) -> str:
    """Return one to three words that a shop could be called."""
    kind = dice.random()
    if kind < 0.35:
        return made_up(dice)
    if kind < 0.5:
        return f"{made_up(dice)} {made_up(dice)}"
    if kind < 0.62:
        return f"{dice.choice(lists.ADJECTIVES)} {dice.choice(lists.NOUNS)}"
    if kind < 0.74:
        return f"{dice.choice(lists.CHINESE)} {dice.choice(lists.CHINESE)} {dice.choice(lists.CHINESE)}"
    if kind < 0.82:
        return "".join(dice.choice("ABCDEFGHJKLMNPRSTVWXYZ") for _ in range(dice.randint(2, 4)))
    if kind < 0.85:
        number = dice.choice((dice.randint(2, 99), dice.randint(100, 1999)))
        return f"{number} {dice.choice((*lists.NOUNS, *lists.ADJECTIVES))}"
    if kind < 0.87:
        return ".".join(dice.choice("ABCDEFGHJKLMNPRSTVWY") for _ in range(dice.randint(2, 4))) + "."
    if kind < 0.92:
        return f"{surname(dice)} & {dice.choice((surname(dice), 'Sons', 'Co', 'Daughters', 'Brothers', 'Zoon'))}"
    return f"{dice.choice('ABCDEFGHJKLMNPRSTVWY')}.{dice.choice('ABCDEFGHJKLMNPRSTVWY')}. {made_up(dice)}"


def company(dice: Random, region: str) -> str:
    """Return the legal name of a company of `region` ("my", "us", "uk", "nl", "de", "fr" or another)."""
    name = brand(dice)
    if region == "my":
        return _malaysian_company(dice, name)
    trade = dice.choice(lists.TRADES.get(region, lists.TRADES["us"]))
    suffix = dice.choice(lists.SUFFIXES.get(region, lists.SUFFIXES["us"]))
    if region in ("nl", "de", "fr") and dice.random() < 0.35:
        return f"{trade} {name} {suffix}".strip()
    return f"{name} {trade} {suffix}".strip() if dice.random() < 0.75 else f"{name} {suffix}".strip()


def _malaysian_company(dice: Random, name: str) -> str:
    kind = dice.random()
    if kind < 0.2:
        front = dice.choice(
            ("Restoran", "Kedai Kopi", "Pasaraya", "Perniagaan", "Syarikat", "Klinik", "Farmasi", "Kedai Buku")
        )
        return f"{front} {name}" + dice.choice(("", "", " Sdn Bhd", " (M) Sdn Bhd"))
    trade = dice.choice(lists.TRADES["my"])
    place = dice.choice(("", "", "", "", " (M)", " (KL)", " (Malaysia)", f" ({dice.choice(lists.CITIES['my'])[1]})"))
    suffix = dice.choice(
        ("Sdn Bhd",) * 6 + ("Sdn. Bhd.", "Sdn.Bhd.", "Bhd", "Enterprise", "Trading", "PLT", "S/B", "Bhd.", "& Co", "")
    )
    return f"{name} {trade}{place} {suffix}".strip() if dice.random() < 0.85 else f"{name}{place} {suffix}".strip()


def street(dice: Random, region: str) -> str:
    """Return a street with a house number, in the order of `region`."""
    number = str(dice.choice((dice.randint(1, 99), dice.randint(1, 400), dice.randint(100, 9999))))
    name = dice.choice(lists.STREET_NAMES) if dice.random() < 0.5 else made_up(dice, dice.choice((2, 3)))
    if region == "my":
        return _malaysian_street(dice, name)
    if region in ("nl", "de"):
        end = dice.choice(
            ("straat", "laan", "weg", "kade", "plein") if region == "nl" else ("straße", "weg", "allee", "platz")
        )
        return f"{name}{end} {dice.randint(1, 240)}{dice.choice(('', '', '', 'a', 'B', '-2'))}"
    if region == "fr":
        kind = dice.choice(("rue", "avenue", "place", "chemin", "boulevard"))
        return f"{dice.randint(1, 240)}{dice.choice((',', '', ' bis'))} {kind} {dice.choice(('', 'de ', 'du ', 'des '))}{name}"
    return f"{number} {dice.choice(('', '', 'N ', 'S ', 'West '))}{name} {dice.choice(lists.STREET_ENDS)}"


def _malaysian_street(dice: Random, name: str) -> str:
    lot = dice.choice(
        (
            "No. {n}",
            "No.{n}",
            "NO {n}",
            "Lot {n}",
            "{n}",
            "{n}-{m}",
            "No. {n}G&{m}G",
            "{n}, {m} & {m}A",
            "Lot {n}-A & {n}-B",
            "Lot P.T. {n}",
            "{n}A",
            "No {n} & {m}",
            "PT {n}",
            "G-{n}",
            "Unit {n}",
            "LOT {n}-G-0{m}",
            "No {n}G",
        )
    )
    lot = lot.format(n=dice.randint(1, 2999) if dice.random() < 0.3 else dice.randint(1, 99), m=dice.randint(1, 9))
    road = dice.choice(
        ("Jalan", "Jalan", "Jalan", "Jln", "Lorong", "Persiaran", "Lebuh", "Jalan SS", "Jalan PJU", "Jalan USJ")
    )
    tail = dice.choice(
        (
            "",
            f" {dice.randint(1, 30)}",
            f" {dice.randint(1, 12)}/{dice.randint(1, 90)}",
            f" {dice.randint(1, 12)}/{dice.randint(1, 9)}{dice.choice('ABCD')}",
        )
    )
    middle = f" {dice.randint(1, 25)}/{dice.randint(1, 50)}" if road[-1].isupper() else f" {name}{tail}"
    return f"{lot}{dice.choice((', ', ', ', ',', ' '))}{road}{middle}"


def address(dice: Random, region: str, n_lines: int | None = None) -> list[str]:
    """Return an address of `region` as printed: two to four lines."""
    if region == "my":
        return _malaysian_address(dice, n_lines or dice.choice((1, 2, 2, 3, 3, 3, 4, 5)))
    code, city = dice.choice(lists.CITIES.get(region, lists.CITIES["us"]))
    code = "".join(
        str(dice.randint(0, 9)) if c == "9" else dice.choice("ABCDEFGHJKLPRSTX") if c == "A" else c for c in code
    )
    last = (
        f"{city}, {code}"
        if region in ("us", "au")
        else f"{code} {city}"
        if region in ("nl", "de", "fr")
        else f"{city} {code}"
    )
    rows = [street(dice, region), last]
    if dice.random() < 0.3:
        rows.insert(
            0,
            dice.choice(
                (
                    f"Suite {dice.randint(1, 900)}",
                    f"Unit {dice.randint(1, 60)}",
                    f"{made_up(dice)} House",
                    f"{made_up(dice)} Shopping Centre",
                )
            ),
        )
    if dice.random() < 0.25 and region != "us":
        rows.append(dice.choice(lists.COUNTRIES))
    return rows if n_lines is None else rows[:n_lines]


def _malaysian_address(dice: Random, n_lines: int) -> list[str]:
    parts = [street(dice, "my"), *(_malaysian_area(dice) for _ in range(dice.choice((0, 1, 1, 1, 1, 2))))]
    if dice.random() < 0.3 or n_lines > 3:
        place = made_up(dice)
        floors = (
            "Ground Floor",
            "Lot G-12",
            "Level 1",
            "Tingkat Bawah",
            "First Floor",
            f"{place} Mall",
            f"Wisma {place}",
        )
        parts.insert(
            0, dice.choice((*floors, f"Plaza {place}", f"G-{dice.randint(1, 40)}, Blok {dice.choice('ABCDE')}"))
        )
    code, city = dice.choice(lists.CITIES["my"])
    code = code[:2] + f"{dice.randint(0, 99) * 10 % 1000:03d}"
    town = dice.choice((f"{code} {city}",) * 8 + (f"{city} {code}", f"{city}, {code}", f"{code}, {city}"))
    state = dice.choice(lists.STATES)
    if len(parts) + 1 < n_lines and dice.random() < 0.5:
        parts += [town, state]
    else:
        parts.append(town + dice.choice(("", "", f", {state}", f" {state}", f", {state}", f",{state}")))
    while len(parts) > n_lines:
        place_of_join = dice.randrange(len(parts) - 1)
        parts[place_of_join : place_of_join + 2] = [dice.choice((", ", ", ", ",")).join(parts[place_of_join:][:2])]
    comma = dice.choice((",", ",", ",", ""))
    last = parts[-1] + dice.choice(("", "", "", ".", ", Malaysia", " MALAYSIA"))
    return [*(part + comma for part in parts[:-1]), last]


def _malaysian_area(dice: Random) -> str:
    name = dice.choice(lists.STREET_NAMES) if dice.random() < 0.4 else made_up(dice, 2)
    return f"{dice.choice(lists.AREAS)} {name}" + dice.choice(("", "", "", f" {dice.randint(1, 30)}"))


def phone(dice: Random, region: str) -> str:
    """Return a telephone number as printed in `region`."""
    shapes = lists.PHONES.get(region, lists.PHONES["us"])
    return digits(dice, dice.choice(shapes))


def digits(dice: Random, shape: str) -> str:
    """Return `shape` with each # made a digit and each @ a capital letter."""
    return "".join(
        str(dice.randint(0, 9)) if c == "#" else dice.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") if c == "@" else c
        for c in shape
    )


def goods(dice: Random, trade: str) -> str:
    """Return the name of something that a `trade` ("food", "grocery", "hardware", "service") sells."""
    one = dice.choice(lists.GOODS[trade])
    kind = dice.random()
    if trade == "food":
        return (
            one
            if kind < 0.4
            else f"{dice.choice(lists.FOOD_STYLES)} {one}"
            if kind < 0.85
            else f"{made_up(dice)} {one}"
        )
    if trade == "service":
        return (
            one
            if kind < 0.6
            else f"{one} {dice.choice(('Basic', 'Pro', 'Plus', 'Jan', 'Q2', 'Remote', 'On site', made_up(dice)))}"
        )
    maker = made_up(dice) if kind < 0.5 else dice.choice(lists.ADJECTIVES)
    size = dice.choice(
        (
            "",
            "",
            f" {dice.choice((50, 100, 250, 400, 500, 750))}{dice.choice(('G', 'ML', 'g', 'ml'))}",
            f" {dice.randint(1, 12)}{dice.choice(('PCS', 'S', 'KG', 'L', ' pack', 'MM'))}",
            f" {dice.randint(2, 6)}X{dice.randint(4, 30)}",
        )
    )
    return f"{maker} {one}{size}" if kind < 0.8 else f"{one}{size}"


def web(dice: Random, name: str) -> str:
    """Return a web address that fits `name`."""
    stem = "".join(c for c in name.lower() if c.isascii() and c.isalnum())[:14] or "shop"
    return f"{dice.choice(('www.', 'www.', '', 'http://www.'))}{stem}{dice.choice(lists.DOMAINS)}"


def email(dice: Random, name: str) -> str:
    """Return an e-mail address that fits `name`."""
    stem = "".join(c if c.isalnum() else "." for c in name.lower() if c.isascii()).strip(".")[:18] or "info"
    host = made_up(dice, 2).lower()
    return f"{dice.choice((stem, 'info', 'sales', stem.split('.')[0]))}@{host}{dice.choice(lists.DOMAINS)}"


def sentence(dice: Random) -> str:
    """Return a plain English sentence."""
    text = dice.choice(lists.SENTENCES)
    while "{" in text:
        start, end = text.index("{"), text.index("}")
        text = text[:start] + _slot(dice, text[start + 1 : end]) + text[end + 1 :]
    return text[0].upper() + text[1:]


def _slot(dice: Random, name: str) -> str:
    if name == "name":
        return person(dice)
    if name == "made":
        return made_up(dice)
    if name == "n":
        return str(dice.randint(2, 60))
    return str(dice.choice(lists.SLOTS[name]))
