"""Labels of forms and cards with values that fit them, made-up ones among them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from sightline.scenes import formats, words
from sightline.scenes import word_lists as lists
from sightline.scenes.facts import FieldKind

TITLE = FieldKind(
    "title",
    ("title", "heading", "title of the form"),
    ("title", "heading", "document_title"),
    ("What is the title of this {doc}?", "What is the heading?", "title?"),
    weight=0.8,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label, the value beside it and the names it goes by."""

    key: str
    name: str
    value: str
    nouns: tuple[str, ...]


def _date(dice: Random) -> str:
    region = dice.choice(("my", "us", "uk", "nl", "de"))
    return formats.print_date(formats.date_shape(dice, region), formats.day(dice))


def _region(dice: Random) -> str:
    return dice.choice(("us", "uk", "my", "nl", "de", "fr", "au"))


_VALUES: dict[str, tuple[tuple[str, ...], Callable[[Random], str]]] = {
    "name": (("Name", "Full name", "Name of applicant", "Your name"), words.person),
    "first_name": (("First name", "Given name", "Forename"), lambda d: words.person(d).split()[0]),
    "last_name": (("Last name", "Surname", "Family name"), words.surname),
    "birth_date": (("Date of birth", "Birth date", "DOB", "Born"), _date),
    "address": (("Address", "Home address", "Street"), lambda d: words.street(d, _region(d))),
    "city": (("City", "Town", "City / town"), lambda d: d.choice(lists.CITIES[_region(d)])[1]),
    "country": (("Country", "Nationality", "Country of birth"), lambda d: d.choice(lists.COUNTRIES)),
    "postcode": (("Postcode", "Zip code", "Postal code", "ZIP"),
    lambda d: words.digits(d, d.choice(("#####", "#### @@", "@## #@@")))),
    "phone": (("Phone", "Telephone", "Mobile", "Phone number", "Tel", "Contact no"),
    lambda d: words.phone(d, _region(d))),
    "email": (("Email", "E-mail", "Email address"), lambda d: words.email(d, words.person(d))),
    "gender": (("Gender", "Sex"), lambda d: d.choice(("Female", "Male", "F", "M", "X"))),
    "age": (("Age", "Age in years"), lambda d: str(d.randint(1, 99))),
    "occupation": (("Occupation", "Profession", "Job title"),
    lambda d: str(d.choice(lists.SLOTS["person"])).capitalize()),
    "employer": (("Employer", "Company", "Organisation"), lambda d: words.company(d, _region(d))),
    "date": (("Date", "Date of application", "Submitted on"), _date),
    "arrival": (("Arrival", "Check-in", "Date of arrival"), _date),
    "departure": (("Departure", "Check-out", "Return date"), _date),
    "reference": (("Reference", "Ref. no", "File number", "Case ID", "Application no"),
    lambda d: words.digits(d, d.choice(("@@-####", "######", "####/##", "@##-###-@")))),
    "member_no": (("Member no", "Membership number", "Customer number"),
    lambda d: words.digits(d, d.choice(("#######", "M-#####", "## ## ##")))),
    "passport": (("Passport no", "ID number", "Document no"),
    lambda d: words.digits(d, d.choice(("@@#######", "@########", "######-##-####")))),
    "plate": (("Licence plate", "Vehicle no", "Car registration"),
    lambda d: words.digits(d, d.choice(("@@@ ####", "@@-##-@@", "## @@@ #")))),
    "bank": (("IBAN", "Account number", "Bank account"),
    lambda d: words.digits(d, d.choice(("NL## @@@@ #### #### ##", "DE## #### #### #### ####", "##########")))),
    "amount": (("Amount", "Total cost", "Fee", "Deposit"),
    lambda d: d.choice(("", "", "$", "€ ", "RM ")) + formats.money(d.randint(100, 500000))),
    "department": (("Department", "Team", "Division", "Section"),
    lambda d: d.choice(("Sales", "Finance", "Research", "Human Resources", "Logistics", "Legal", "Support",
    words.made_up(d)))),
    "doctor": (("Doctor", "Physician", "Consultant"), lambda d: f"Dr. {words.surname(d)}"),
    "blood": (("Blood group", "Blood type"), lambda d: d.choice(("A+", "A-", "B+", "O+", "O-", "AB+"))),
    "weight": (("Weight", "Weight (kg)"), lambda d: f"{d.randint(40, 120)}{d.choice((' kg', 'kg', ''))}"),
    "height": (("Height", "Height (cm)"), lambda d: f"{d.randint(140, 205)}{d.choice((' cm', 'cm', ''))}"),
    "colour": (("Colour", "Color"), lambda d: d.choice(("Red", "Blue", "Green", "Black", "Silver", "White"))),
    "quantity": (("Quantity", "Number of persons", "Pieces"), lambda d: str(d.randint(1, 250))),
    "product": (("Product", "Item", "Model"), lambda d: words.goods(d, d.choice(("grocery", "hardware", "service")))),
    "status": (("Status", "State"), lambda d: d.choice(("Approved", "Pending", "Rejected", "Open", "Closed",
    "Married", "Single"))),
    "room": (("Room", "Room no", "Ward"), lambda d: words.digits(d, d.choice(("###", "@##", "#.##")))),
    "time": (("Time", "Start time", "Appointment"), formats.print_time),
    "remarks": (("Remarks", "Notes", "Comments", "Reason"), lambda d: words.sentence(d)[:42].rstrip(" .,")),
    "language": (("Language", "Mother tongue"), lambda d: d.choice(("English", "Dutch", "Malay", "German", "French",
    "Tamil", "Spanish"))),
}  # fmt: skip


def draw(dice: Random, key: str | None = None) -> Label:
    """Return a label with a value; one in seven is made up."""
    if key is None and dice.random() < 0.14:
        name = f"{words.made_up(dice)} {dice.choice(('code', 'no', 'type', 'level', 'name', 'date', 'ID'))}"
        value = dice.choice(
            (words.made_up(dice), words.digits(dice, "###"), words.digits(dice, "@#-##"), words.person(dice))
        )
        return Label(name.lower().replace(" ", "_"), name, value, (name, name.lower()))
    key = key or dice.choice(list(_VALUES))
    names, value_of = _VALUES[key]
    name = dice.choice(names)
    return Label(
        key,
        name,
        value_of(dice),
        (name.lower() if not name.isupper() else name, *(n.lower() if not n.isupper() else n for n in names)),
    )


def field_kind(label: Label) -> FieldKind:
    """Return how the field of `label` is asked for."""
    snake = tuple(dict.fromkeys(_snake(noun) for noun in label.nouns))
    return FieldKind(
        label.key, label.nouns, (snake[0], *snake, label.name), is_number=label.key in ("age", "quantity", "amount")
    )


def _snake(text: str) -> str:
    return "_".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def others(dice: Random, shown: set[str]) -> tuple[FieldKind, ...]:
    """Return some fields that are not among `shown`, to ask for in vain."""
    rest = [key for key in _VALUES if key not in shown and not any(_alike(key, other) for other in shown)]
    picked = dice.sample(rest, min(5, len(rest)))
    return tuple(
        field_kind(
            Label(key, _VALUES[key][0][0], "", tuple(n.lower() if not n.isupper() else n for n in _VALUES[key][0]))
        )
        for key in picked
    )


_FAMILIES = (
    {"name", "first_name", "last_name", "employer"}, {"date", "birth_date", "arrival", "departure"},
    {"reference", "member_no", "passport", "bank", "plate", "room"}, {"address", "city", "postcode", "country"},
    {"time", "arrival", "date"},
)  # fmt: skip


def _alike(one: str, other: str) -> bool:
    return any(one in family and other in family for family in _FAMILIES)
