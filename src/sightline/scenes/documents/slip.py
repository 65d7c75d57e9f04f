"""Small papers: Wi-Fi slips, tickets, labels, tags, parcel stickers, appointment cards."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from sightline.scenes import formats, words
from sightline.scenes import word_lists as lists
from sightline.scenes.documents import fields, labels
from sightline.scenes.documents.draft import Draft
from sightline.scenes.facts import Facts, FieldKind
from sightline.scenes.fonts import Split, pick_face
from sightline.scenes.sheet import Align, ReadSheet, Sheet

Row = tuple[str, str, FieldKind]  # label, value, kind
_SSID = FieldKind(
    "ssid",
    ("network name", "Wi-Fi name", "SSID", "network", "name of the Wi-Fi"),
    ("ssid", "network", "network_name", "wifi_name", "wifi"),
    ("Which Wi-Fi should I join?", "What is the Wi-Fi called?", "What network do I connect to?"),
    weight=2.0,
)
_PASSWORD = FieldKind(
    "password",
    ("password", "Wi-Fi password", "passcode", "Wi-Fi key", "network password"),
    ("password", "wifi_password", "key", "passcode", "pass"),
    ("What is the password?", "How do I log in to the Wi-Fi?", "password?", "what's the wifi password"),
    weight=2.4,
)
_USER = FieldKind("user", ("user name", "username", "login"), ("username", "user", "login"))
_EVENT = FieldKind(
    "event",
    ("event", "name of the event", "show", "concert"),
    ("event", "event_name", "show"),
    ("Which event is it for?", "What is the ticket for?"),
    weight=1.6,
)
_SEAT = FieldKind(
    "seat", ("seat", "seat number"), ("seat", "seat_number", "seat_no"), ("Where do I sit?", "Which seat?")
)
_ROW = FieldKind("seat_row", ("row", "seat row"), ("row", "seat_row"))
_GATE = FieldKind("gate", ("gate", "entrance", "platform"), ("gate", "entrance", "platform"), ("Which gate?",))
_FROM = FieldKind(
    "from",
    ("departure station", "origin", "starting point"),
    ("from", "origin", "departure"),
    ("Where does the trip start?", "Where from?"),
)
_TO = FieldKind(
    "to",
    ("destination", "arrival station"),
    ("to", "destination", "arrival"),
    ("Where does it go?", "What is the destination?"),
    weight=1.3,
)
_PRICE = FieldKind(
    "price",
    ("price", "fare", "cost"),
    ("price", "fare", "cost", "amount"),
    ("How much is it?", "What does it cost?", "how much"),
    is_number=True,
    weight=1.5,
)
_VENUE = FieldKind("venue", ("venue", "place", "hall"), ("venue", "location", "place"), ("Where does it take place?",))
_PRODUCT = FieldKind(
    "product",
    ("product", "product name", "name of the product"),
    ("product", "product_name", "name", "item"),
    ("What product is it?", "What is this a label of?"),
    weight=1.6,
)
_WEIGHT = FieldKind("weight", ("net weight", "weight"), ("weight", "net_weight"), ("How heavy is it?",))
_BEST = FieldKind(
    "best",
    ("best before date", "expiry date", "use-by date"),
    ("best_before", "expiry_date", "use_by"),
    ("Until when can it be eaten?", "When does it expire?"),
    weight=1.3,
)
_LOT = FieldKind("lot", ("lot number", "batch", "batch number"), ("lot", "batch", "batch_number"))
_CONTENT = FieldKind(
    "ingredients",
    ("ingredients", "list of ingredients"),
    ("ingredients", "contents"),
    ("What is in it?", "What is it made of?"),
)
_SENDER = FieldKind("sender", ("sender", "from name"), ("sender", "from", "sender_name"), ("Who sent it?",))
_RECEIVER = FieldKind(
    "recipient",
    ("recipient", "addressee", "receiver"),
    ("recipient", "to", "addressee"),
    ("Who is it for?", "Who gets the parcel?"),
    weight=1.3,
)
_TRACK = FieldKind("tracking", ("tracking number", "shipment number"), ("tracking_number", "tracking", "shipment"))
_PLATE = FieldKind("plate", ("licence plate", "plate number", "vehicle number"), ("plate", "licence_plate", "vehicle"))
_QUEUE = FieldKind(
    "queue", ("queue number", "your number", "waiting number"), ("number", "queue_number"), ("What is my number?",)
)
ALL: tuple[FieldKind, ...] = (_SSID, _PASSWORD, _USER, _EVENT, _SEAT, _ROW, _GATE, _FROM, _TO, _PRICE, _VENUE,
_PRODUCT, _WEIGHT, _BEST, _LOT, _CONTENT, _SENDER, _RECEIVER, _TRACK, _PLATE, _QUEUE, fields.DATE, fields.TIME,
fields.COMPANY, fields.NUMBER)  # fmt: skip


def _secret(dice: Random) -> str:
    kind = dice.random()
    if kind < 0.4:
        alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789" + dice.choice(("", "", "!#-_@"))
        return "".join(dice.choice(alphabet) for _ in range(dice.randint(8, 14)))
    if kind < 0.7:
        return f"{words.made_up(dice)}{dice.choice(('', '_', '-'))}{dice.randint(1, 9999)}{dice.choice(('', '!', '#'))}"
    return words.digits(dice, "########") if kind < 0.85 else "-".join(words.made_up(dice).lower() for _ in range(3))


def _price(dice: Random) -> str:
    return dice.choice(("$", "", "€", "RM", "£")) + formats.money(dice.randint(100, 15000))


def _date(dice: Random) -> str:
    region = dice.choice(("uk", "us", "my", "nl", "de"))
    return formats.print_date(formats.date_shape(dice, region), formats.day(dice))


def _city(dice: Random) -> str:
    return dice.choice(lists.CITIES[dice.choice(("uk", "nl", "de", "fr", "my"))])[1]


def _wifi(dice: Random) -> tuple[str, str, list[Row]]:
    name = dice.choice(
        (
            f"{words.made_up(dice)}-Guest",
            f"{words.made_up(dice)}_WiFi",
            f"Hotel {words.made_up(dice)}",
            f"{words.made_up(dice)} Free WiFi",
            words.made_up(dice) + words.digits(dice, "##"),
            f"TP-LINK_{words.digits(dice, '@#@#')}",
            f"FRITZ!Box {words.digits(dice, '####')}",
        )
    )
    rows: list[Row] = [
        (dice.choice(("Network", "SSID", "Wi-Fi", "WiFi name", "Network name", "WLAN", "Wifi", "Name")), name, _SSID),
        (
            dice.choice(("Password", "Pass", "Key", "PASSWORD", "Passwort", "Wifi password", "Code", "PW")),
            _secret(dice),
            _PASSWORD,
        ),
    ]
    if dice.random() < 0.2:
        rows.insert(1, ("User", words.made_up(dice).lower(), _USER))
    return (
        "Wi-Fi slip",
        dice.choice(("Free Wi-Fi", "WiFi", "Guest Wi-Fi", "WELCOME", "Internet access", "Wi-Fi", "Stay connected")),
        rows,
    )


def _event(dice: Random) -> tuple[str, str, list[Row]]:
    event = dice.choice(
        (
            f"{words.made_up(dice)} Live",
            f"{dice.choice(lists.ADJECTIVES)} {dice.choice(lists.NOUNS)} Festival",
            f"{words.made_up(dice)} vs {words.made_up(dice)}",
            f"Museum of {words.made_up(dice)}",
            f"The {dice.choice(lists.ADJECTIVES)} {dice.choice(lists.NOUNS)}",
        )
    )
    rows: list[Row] = [
        ("", event, _EVENT),
        (dice.choice(("Date", "DATE", "")), _date(dice), fields.DATE),
        (dice.choice(("Time", "Doors", "Start")), formats.print_time(dice), fields.TIME),
        ("Seat", words.digits(dice, dice.choice(("##", "@##", "#"))), _SEAT),
    ]
    rows.extend(
        row
        for row in (
            ("Row", words.digits(dice, "@"), _ROW),
            (dice.choice(("Gate", "Entrance")), words.digits(dice, dice.choice(("#", "@"))), _GATE),
            (dice.choice(("Price", "PRICE")), _price(dice), _PRICE),
            (
                dice.choice(("Venue", "")),
                f"{words.made_up(dice)} {dice.choice(('Hall', 'Arena', 'Theatre', 'Stadium'))}",
                _VENUE,
            ),
            ("Order", words.digits(dice, "######"), fields.NUMBER),
        )
        if dice.random() < 0.5
    )
    return "ticket", dice.choice(("TICKET", "ADMIT ONE", "Ticket", "Entrance ticket", "")), rows


def _travel(dice: Random) -> tuple[str, str, list[Row]]:
    rows: list[Row] = [("From", _city(dice), _FROM), ("To", _city(dice), _TO), ("Date", _date(dice), fields.DATE)]
    rows.extend(
        row
        for row in (
            ("Departure", formats.print_time(dice), fields.TIME),
            ("Seat", words.digits(dice, "##@"), _SEAT),
            (dice.choice(("Gate", "Platform")), words.digits(dice, dice.choice(("#", "@#", "##"))), _GATE),
            ("Fare", _price(dice), _PRICE),
            ("Booking", words.digits(dice, "@@#@#@"), fields.NUMBER),
            ("Passenger", words.person(dice), labels.field_kind(labels.draw(dice, "name"))),
        )
        if dice.random() < 0.6
    )
    return "ticket", dice.choice(("BOARDING PASS", "Train ticket", "BUS TICKET", "e-Ticket", "Ferry ticket")), rows


def _label(dice: Random) -> tuple[str, str, list[Row]]:
    rows: list[Row] = [("", words.goods(dice, "grocery"), _PRODUCT)]
    content = ", ".join(
        dice.sample(
            (
                "water",
                "sugar",
                "salt",
                "wheat flour",
                "palm oil",
                "cocoa",
                "milk powder",
                "tomato",
                "citric acid",
                "soy lecithin",
                "vanilla",
                "egg",
                "yeast",
                "rice",
            ),
            dice.randint(3, 6),
        )
    )
    rows.extend(
        row
        for row in (
            ("Net weight", f"{dice.randint(50, 2000)} g", _WEIGHT),
            (dice.choice(("Best before", "BB", "Use by", "EXP")), _date(dice), _BEST),
            ("Lot", words.digits(dice, "@####"), _LOT),
            ("Ingredients", content, _CONTENT),
            (dice.choice(("Price", "")), _price(dice), _PRICE),
            (dice.choice(("Made by", "Distributed by", "Packed by")), words.company(dice, "us"), fields.COMPANY),
        )
        if dice.random() < 0.65
    )
    return "label", "", rows


def _parcel(dice: Random) -> tuple[str, str, list[Row]]:
    rows: list[Row] = [
        (dice.choice(("From", "Sender")), words.company(dice, "uk"), _SENDER),
        (dice.choice(("To", "Ship to", "Deliver to")), words.person(dice), _RECEIVER),
        ("", words.street(dice, "uk"), fields.ADDRESS),
        ("", _city(dice), fields.ADDRESS),
        (
            dice.choice(("Tracking", "Tracking #", "Shipment")),
            words.digits(dice, dice.choice(("@@#########@@", "#### #### ####", "1Z###@##########"))),
            _TRACK,
        ),
    ]
    if dice.random() < 0.6:
        rows.append(("Weight", f"{dice.randint(1, 30)}.{dice.randint(0, 9)} kg", _WEIGHT))
    return "label", dice.choice(("PRIORITY", "EXPRESS", "Parcel", "STANDARD", "")), rows


def _parking(dice: Random) -> tuple[str, str, list[Row]]:
    rows: list[Row] = [
        ("Date", _date(dice), fields.DATE),
        (dice.choice(("Entry", "Time", "Expires")), formats.print_time(dice), fields.TIME),
        (dice.choice(("Fee", "Paid", "Amount")), _price(dice), _PRICE),
        (dice.choice(("Plate", "Vehicle")), words.digits(dice, "@@@ ###"), _PLATE),
        (dice.choice(("Ticket no", "No")), words.digits(dice, "######"), fields.NUMBER),
    ]
    return "parking ticket", dice.choice(("PARKING TICKET", "Pay & Display", "City Parking", "P")), rows


def _queue(dice: Random) -> tuple[str, str, list[Row]]:
    rows: list[Row] = [
        (dice.choice(("", "Your number", "Queue no")), words.digits(dice, dice.choice(("@###", "###", "@##"))), _QUEUE),
        (dice.choice(("", "Date")), _date(dice), fields.DATE),
        ("", words.company(dice, "my"), fields.COMPANY),
    ]
    dice.shuffle(rows)
    return "queue ticket", dice.choice(("", "Please wait", "Welcome")), rows


_SORTS: tuple[Callable[[Random], tuple[str, str, list[Row]]], ...] = (
    _wifi,
    _wifi,
    _wifi,
    _event,
    _travel,
    _label,
    _parcel,
    _parking,
    _queue,
)


def draft(dice: Random, split: Split) -> Draft:
    """Set a slip."""
    noun, title, rows = dice.choice(_SORTS)(dice)
    size = dice.randint(16, 26)
    sheet = Sheet(
        round(size * dice.uniform(18, 30)),
        pick_face(dice, dice.choice(("sans", "receipt", "serif", "display", "hand")), split),
        size,
        dice.randint(14, 40),
        dice.uniform(1.3, 1.8),
    )
    layout = (
        dice.choice(("spread", "spread_centre"))
        if split == "test" and dice.random() < 0.6
        else dice.choice(("inline", "inline", "centre", "stacked", "apart"))
    )
    if title:
        sheet.line(
            (title, "title"),
            align="centre" if "centre" in layout or dice.random() < 0.4 else "left",
            scale=dice.uniform(1.2, 2.0),
            bold=dice.random() < 0.6,
        )
        sheet.gap(0.3)
    colon = dice.choice((": ", ": ", ":", " ", " - "))
    for label, value, kind in rows:
        _set_row(dice, sheet, layout, label, value, kind.key, colon)
    if dice.random() < 0.25:
        sheet.line(
            (
                dice.choice(
                    (
                        "Please keep this slip",
                        "No refunds",
                        "Enjoy your stay!",
                        "Thank you",
                        "Scan the code",
                        "Valid for one day",
                        "Ask our staff for help",
                    )
                ),
                "",
            ),
            align="centre",
            scale=0.8,
        )
    kinds = _kinds(dice, [kind for _, _, kind in rows])
    return Draft(
        "slip",
        sheet,
        lambda read: _facts(read, noun, kinds),
        photo=0.5,
        paper=dice.choice(("white", "thermal", "card", "aged")),
    )


def _set_row(dice: Random, sheet: Sheet, layout: str, label: str, value: str, key: str, colon: str) -> None:
    align: Align = "centre" if "centre" in layout else "left"
    if key == "ingredients":
        sheet.paragraph(f"{label}: {value}", scale=0.75) if dice.random() < 0.3 else sheet.paragraph(
            value, key, scale=0.75
        )
    elif not label:
        sheet.line((value, key), align=align, scale=dice.choice((1.0, 1.3)))
    elif layout in ("inline", "centre"):
        sheet.line((label + colon, ""), (value, key), align=align)
    elif layout == "apart":
        sheet.cells(([(label + colon.strip(), "")], 0.0, "left"), ([(value, key)], 0.42, "left"))
    else:
        sheet.line((label, ""), align=align, scale=0.75)
        sheet.line((value, key), align=align, scale=1.1)


def _kinds(dice: Random, shown: list[FieldKind]) -> tuple[FieldKind, ...]:
    taken = {kind.key for kind in shown}
    nouns = {noun for kind in shown for noun in kind.nouns}
    rest = [kind for kind in ALL if kind.key not in taken and not nouns & set(kind.nouns)]
    unique = {kind.key: kind for kind in shown}
    return (labels.TITLE, *unique.values(), *dice.sample(rest, 6))


def _facts(read: ReadSheet, noun: str, kinds: tuple[FieldKind, ...]) -> Facts:
    seen = [kind for kind in kinds[1:] if read.value(kind.key)]
    title = read.value("title")
    caption = f"A {noun}" + (f" with the heading {title}." if title else ".")
    if seen:
        caption += " It shows " + ", ".join(f"the {kind.nouns[0]} {read.value(kind.key)}" for kind in seen[:3]) + "."
    return Facts((noun, noun, "slip", "paper"), read, kinds, (), caption)
