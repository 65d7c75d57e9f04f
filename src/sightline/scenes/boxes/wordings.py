"""How people speak of boxes, towers and what is in them."""

from __future__ import annotations

AMOUNTS: dict[str, tuple[str, ...]] = {
    "bare": ("{n}",),
    "exactly": ("exactly {n}", "exactly {n}", "precisely {n}", "exact {n}"),
    "only": ("only {n}", "just {n}"),
    "at least": ("at least {n}", "at least {n}", "at least {n}", "atleast {n}", "no fewer than {n}", "a minimum of {n}"),
    "at most": ("at most {n}", "at most {n}", "no more than {n}", "not more than {n}", "a maximum of {n}"),
    "more than": ("more than {n}", "over {n}"),
    "fewer than": ("fewer than {n}", "less than {n}"),
}  # fmt: skip

WALLS: dict[str, tuple[str, ...]] = {
    "wall": (
        "touching the wall", "touching a wall", "touching the edge", "touching an edge",
        "touching a side of the box", "touching the edge of the box", "attached to the wall", "closely touching the wall",
    ),
    "corner": ("in a corner", "touching a corner", "in the corner", "in a corner of the box", "touching the corner"),
    "bottom": ("touching the bottom", "touching the base", "touching the bottom of the box", "touching the bottom wall",
               "touching the base of the box"),
    "top": ("touching the top", "touching the top of the box", "touching the top wall", "touching the upper edge"),
    "left": ("touching the left wall", "touching the left side", "touching the left edge", "touching the left side of the box"),
    "right": ("touching the right wall", "touching the right side", "touching the right edge",
              "touching the right side of the box"),
}  # fmt: skip

LEVELS: dict[int, tuple[str, ...]] = {
    -1: ("{thing} at the top", "{thing} on top", "{colour} top", "{thing} at its top", "{thing} as the top", "{thing} on the top",
         "{thing} in the top position"),
    0: ("{thing} at the base", "{thing} at the bottom", "{colour} base", "{thing} as its base", "{thing} on the bottom",
        "{thing} at its base", "{colour} bottom", "{thing} as the base"),
    -2: ("{thing} second from the top", "{thing} as the second from the top", "{thing} in the second position from the top",
         "{thing} just below the top"),
    1: ("{thing} second from the bottom", "{thing} as the second from the base", "{thing} in the second position from the base",
        "{thing} just above the base"),
    2: ("{thing} third from the bottom", "{thing} as the third from the base", "{thing} in the third position from the base"),
}  # fmt: skip

OVER: dict[bool, tuple[str, ...]] = {
    True: ("{upper} directly above {lower}", "{upper} directly on top of {lower}", "{upper} right above {lower}",
           "{upper} immediately above {lower}", "{upper} standing directly on {lower}"),
    False: ("{upper} above {lower}", "{upper} over {lower}", "{upper} on top of {lower}", "{upper} on {lower}",
            "{upper} which is above {lower}"),
}  # fmt: skip

MORE = ("more {more} than {fewer}", "a larger number of {more} than {fewer}", "more {more} than it has {fewer}")

HUES: dict[tuple[str, bool], tuple[str, ...]] = {
    ("colour", True): (
        "{items} of only one color", "all {items} of the same color", "{items} of the same color", "{items} in a single color",
        "only one color of {items}", "all {items} in one colour", "{items} of just one colour",
    ),
    ("colour", False): (
        "{items} of {n} different colors", "{items} in exactly {n} colors", "{n} different colors of {items}",
        "{n} different colors", "{items} of {n} different colours", "exactly {n} different colors",
    ),
    ("kind", True): (
        "{items} of only one shape", "all {items} of the same shape", "{items} of the same shape", "only one kind of shape",
        "{items} of a single kind",
    ),
    ("kind", False): (
        "{items} of {n} different shapes", "{n} different kinds of shapes", "exactly {n} different shapes",
        "{items} of {n} different kinds",
    ),
}  # fmt: skip

ONE_OF = (
    "there is a {group} with {what}", "there is a {group} with {what}", "there is a {group} with {what}",
    "there is a {group} that has {what}", "there is a {group} which has {what}", "there is a {group} having {what}",
    "there is a {group} containing {what}", "there is at least one {group} with {what}", "at least one {group} has {what}",
    "at least one {group} contains {what}", "one of the {groups} has {what}",
    "some {group} has {what}", "a {group} with {what} can be seen", "we see a {group} with {what}", "there exists a {group} with {what}",
    "one {group} or more has {what}", "you can find a {group} with {what}", "there's a {group} with {what}",
    "a {group} has {what}", "in at least one {group} there is {what}",
)  # fmt: skip
NONE_OF = (
    "there is no {group} with {what}", "no {group} has {what}", "none of the {groups} has {what}", "no {group} contains {what}",
    "there is not a single {group} with {what}", "there isn't a {group} with {what}", "there are no {groups} with {what}",
    "none of the {groups} have {what}", "there are no {groups} that have {what}", "no {group} with {what} can be seen",
)  # fmt: skip
EVERY = (
    "all {groups} have {what}", "every {group} has {what}", "each {group} has {what}", "each of the {groups} has {what}",
    "all the {groups} have {what}", "all of the {groups} have {what}", "every {group} contains {what}", "each {group} contains {what}",
    "all {groups} contain {what}", "there is {what} in every {group}", "there is {what} in each {group}",
)  # fmt: skip
MANY: dict[bool, tuple[str, ...]] = {
    True: (
        "there is {amount} {noun} with {what}", "there is {amount} {noun} with {what}", "there is {amount} {noun} that has {what}",
        "there is {amount} {noun} which has {what}", "{amount} {noun} has {what}", "{amount} {noun} contains {what}",
        "there is {amount} {noun} having {what}", "{amount} of the {groups} has {what}", "there is {amount} {noun} containing {what}",
    ),
    False: (
        "there are {amount} {noun} with {what}", "there are {amount} {noun} with {what}", "there are {amount} {noun} that have {what}",
        "there are {amount} {noun} which have {what}", "{amount} {noun} have {what}", "{amount} {noun} contain {what}",
        "there are {amount} {noun} having {what}", "{amount} of the {groups} have {what}", "there are {amount} {noun} containing {what}",
    ),
}  # fmt: skip

TOTAL: dict[bool, tuple[str, ...]] = {
    True: (
        "there is {what}", "there is {what}", "there is {what} in the picture", "there is {what} in total", "the boxes contain {what}",
        "there is {what} in one of the boxes", "the image contains {what}", "we can see {what} in all", "in all boxes together there is {what}",
    ),
    False: (
        "there are {what}", "there are {what}", "there are {what} in the picture", "there are {what} in total",
        "the boxes contain {what} altogether", "there are {what} in all boxes together", "the image contains {what}",
        "we can see {what} in all", "in all boxes together there are {what}",
        "altogether there are {what}", "there are {what} across the boxes",
    ),
}  # fmt: skip
TOTAL_NO = (
    "there is no {one}", "there are no {many}", "no box contains {a_one}", "there isn't {a_one} anywhere", "there is no {one} in the picture",
    "none of the boxes has {a_one}", "there are no {many} in any box", "there is not a single {one}",
)  # fmt: skip
TOTAL_MORE = (
    "there are more {more} than {fewer}", "there are more {more} than {fewer} in total", "the boxes contain more {more} than {fewer}",
    "the number of {more} is larger than the number of {fewer}", "the picture shows more {more} than {fewer}",
    "there are fewer {fewer} than {more}", "there are less {fewer} than {more}", "the {more} outnumber the {fewer}",
)  # fmt: skip
EACH = (
    "all {many} are {are}", "all the {many} are {are}", "every {one} is {is_}", "each {one} is {is_}", "all of the {many} are {are}",
    "every single {one} is {is_}", "there is no {one} that is not {is_}",
)  # fmt: skip
NOT_ONE = (
    "no {one} is {is_}", "none of the {many} is {is_}", "none of the {many} are {are}", "not one {one} is {is_}",
    "there is no {one} that is {is_}",
)  # fmt: skip
SINGLE = (
    "the {which} {group} has {what}", "the {which} {group} contains {what}", "there is {what} in the {which} {group}",
    "the {which} {group} is one with {what}", "in the {which} {group} one can see {what}", "the {which} {group} shows {what}",
)  # fmt: skip
EXTREME: dict[bool, tuple[str, ...]] = {True: ("tallest", "highest"), False: ("shortest", "smallest", "lowest")}
ALIKE: dict[str, tuple[str, ...]] = {
    "box": (
        "all {groups} have the same number of {items}", "every {group} contains equally many {items}",
        "each {group} has the same number of {items}", "the number of {items} is the same in every {group}",
        "all {groups} contain the same number of {items}",
    ),
    "tower": (
        "all {groups} have the same height", "all {groups} are equally high", "every {group} has the same number of {items}",
        "the {groups} are all of the same height", "all {groups} have the same number of {items}", "each {group} is as high as the others",
    ),
}  # fmt: skip
