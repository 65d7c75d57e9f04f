"""Questions about screenshots. Texts in answers are spelled as the reading spells them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from sightline.reading.colour_names import COLOURS
from sightline.scenes.phrasing import ask, pick, plural, say_list, say_number, with_article, yes_no
from sightline.scenes.scene import Turn
from sightline.scenes.screen_wordings import WORDINGS
from sightline.scenes.screen_words import BUTTONS, OPTIONS


@dataclass(slots=True)
class Screen:
    """What a screenshot shows, as it reads. `buttons` are text and colour, `checks` text and state."""

    is_phone: bool
    is_dark: bool
    layout: str = ""
    title: str = ""
    clock: str = ""
    has_switches: bool = False
    selected: str | None = None
    buttons: list[tuple[str, str]] = field(default_factory=list)
    checks: list[tuple[str, bool]] = field(default_factory=list)
    fields: list[tuple[str, str | None]] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


Maker = Callable[[np.random.Generator, Screen], Turn | None]


def screen_turns(rng: np.random.Generator, screen: Screen) -> tuple[Turn, ...]:
    """6 to 10 turns, one of them of kind `caption`."""
    wanted = int(rng.integers(6, 11))
    turns: dict[str, Turn] = {}
    for make in (_caption, *(pick(rng, _MAKERS) for _ in range(40))):
        turn = make(rng, screen) if len(turns) < wanted else None
        most = 3 if turn and turn.kind == "checked" else 2 if turn and turn.kind in ("button", "field") else 1
        if turn and sum(other.kind == turn.kind for other in turns.values()) < most:
            turns.setdefault(turn.question.lower(), turn)
    kept = list(turns.values())
    return tuple(kept[i] for i in rng.permutation(len(kept)))


def say_screen(screen: Screen) -> str:
    """One or two sentences: device, mode, what kind of screen, title, what can be pressed."""
    mode = "dark" if screen.is_dark else "light"
    device = "phone" if screen.is_phone else "desktop"
    kind = "a settings page" if screen.layout == "settings" else with_article(screen.layout)
    first = f'A {device} screenshot in {mode} mode: {kind} titled "{screen.title}"'
    more = []
    if screen.checks:
        noun = "switch" if screen.has_switches else "check box"
        more.append(f"{say_number(len(screen.checks))} {plural(noun, len(screen.checks))}")
    if screen.fields:
        more.append(f"{say_number(len(screen.fields))} {plural('field', len(screen.fields))}")
    if screen.entries:
        more.append(f"{say_number(len(screen.entries))} entries")
    if screen.buttons:
        names = say_list([name for name, _ in screen.buttons])
        more.append(f"the {plural('button', len(screen.buttons))} {names}")
    return f"{first}{' with ' + say_list(more) if more else ''}."


def _caption(rng: np.random.Generator, screen: Screen) -> Turn:
    return Turn(ask(rng, WORDINGS["caption"]), say_screen(screen), "caption")


def _title(rng: np.random.Generator, screen: Screen) -> Turn:
    return Turn(ask(rng, WORDINGS["title"]), screen.title, "title")


def _mode(rng: np.random.Generator, screen: Screen) -> Turn:
    if rng.random() < 0.5:
        return Turn(ask(rng, WORDINGS["mode"], "brief"), "dark" if screen.is_dark else "light", "mode")
    asked_dark = bool(rng.random() < 0.5)
    question = ask(rng, WORDINGS["mode_yes_no"], "yes_no", mode="dark" if asked_dark else "light")
    return Turn(question, yes_no(asked_dark == screen.is_dark), "mode")


def _device(rng: np.random.Generator, screen: Screen) -> Turn:
    return Turn(ask(rng, WORDINGS["device"], "brief"), "phone" if screen.is_phone else "computer", "device")


def _layout(rng: np.random.Generator, screen: Screen) -> Turn:
    return Turn(ask(rng, WORDINGS["layout"], "brief"), screen.layout, "layout")


def _list_buttons(rng: np.random.Generator, screen: Screen) -> Turn:
    answer = (
        say_list([name for name, _ in screen.buttons]) if screen.buttons else "There are no buttons in the picture."
    )
    return Turn(ask(rng, WORDINGS["buttons"]), answer, "buttons")


def _count(rng: np.random.Generator, screen: Screen) -> Turn:
    things = {
        "buttons": len(screen.buttons), "switches" if screen.has_switches else "check boxes": len(screen.checks),
        "input fields": len(screen.fields), "list entries": len(screen.entries),
    }  # fmt: skip
    name = pick(rng, [name for name, n in things.items() if n or rng.random() < 0.15] or ["buttons"])
    return Turn(ask(rng, WORDINGS["count"], "number", things=name), str(things[name]), "count")


def _button_there(rng: np.random.Generator, screen: Screen) -> Turn:
    truth = bool(rng.random() < 0.5) and bool(screen.buttons)
    names = [name for name, _ in screen.buttons]
    name = pick(rng, names) if truth else pick(rng, [name for name in BUTTONS if name not in names])
    return Turn(ask(rng, WORDINGS["button_there"], "yes_no", name=f'"{name}"'), yes_no(truth), "presence")


def _button_colour(rng: np.random.Generator, screen: Screen) -> Turn | None:
    if not screen.buttons:
        return None
    name, colour = pick(rng, screen.buttons)
    if rng.random() < 0.4:
        truth = bool(rng.random() < 0.5)
        said = colour if truth else pick(rng, [other for other in COLOURS if other != colour])
        return Turn(ask(rng, WORDINGS["button_is"], "yes_no", name=name, colour=said), yes_no(truth), "button")
    return Turn(ask(rng, WORDINGS["button_colour"], "brief", name=name), colour, "button")


def _button_of_colour(rng: np.random.Generator, screen: Screen) -> Turn | None:
    if not screen.buttons:
        return None
    name, colour = pick(rng, screen.buttons)
    if sum(other == colour for _, other in screen.buttons) > 1:
        return None
    return Turn(ask(rng, WORDINGS["which_button"], "brief", colour=colour), name, "button")


def _checked(rng: np.random.Generator, screen: Screen) -> Turn | None:
    if not screen.checks:
        return None
    name, is_on = pick(rng, screen.checks)
    wordings = WORDINGS["switched" if screen.has_switches else "checked"]
    if rng.random() < 0.15:
        return Turn(ask(rng, WORDINGS["unchecked"], "yes_no", name=name), yes_no(not is_on), "checked")
    return Turn(ask(rng, wordings, "yes_no", name=name), yes_no(is_on), "checked")


def _check_absent(rng: np.random.Generator, screen: Screen) -> Turn | None:
    if not screen.checks:
        return None
    name = pick(rng, [name for name in OPTIONS if name not in [said for said, _ in screen.checks]])
    return Turn(ask(rng, WORDINGS["checked"], "yes_no", name=name), f'There is no "{name}" in the picture.', "absent")


def _list_checked(rng: np.random.Generator, screen: Screen) -> Turn | None:
    if not screen.checks:
        return None
    wanted = bool(rng.random() < 0.6)
    names = [name for name, is_on in screen.checks if is_on == wanted]
    question = ask(rng, WORDINGS["which_checked" if wanted else "which_unchecked"])
    return Turn(question, say_list(names) if names else "none", "checked_list")


def _n_checked(rng: np.random.Generator, screen: Screen) -> Turn | None:
    if not screen.checks:
        return None
    n = sum(is_on for _, is_on in screen.checks)
    return Turn(ask(rng, WORDINGS["n_checked"], "number"), str(n), "checked_count")


def _field_value(rng: np.random.Generator, screen: Screen) -> Turn | None:
    if not screen.fields:
        return None
    name, value = pick(rng, screen.fields)
    return Turn(ask(rng, WORDINGS["field"], name=name), value or f"The field {name} is empty.", "field")


def _list_entries(rng: np.random.Generator, screen: Screen) -> Turn | None:
    if not screen.entries:
        return None
    return Turn(ask(rng, WORDINGS["entries"]), ", ".join(screen.entries), "list")


def _selected(rng: np.random.Generator, screen: Screen) -> Turn | None:
    if not screen.entries:
        return None
    return Turn(ask(rng, WORDINGS["selected"], "brief"), screen.selected or "none", "selected")


def _message(rng: np.random.Generator, screen: Screen) -> Turn | None:
    if not screen.lines:
        return None
    return Turn(ask(rng, WORDINGS["message"]), " ".join(screen.lines), "message")


def _clock(rng: np.random.Generator, screen: Screen) -> Turn | None:
    if not screen.clock and rng.random() < 0.7:
        return None
    return Turn(ask(rng, WORDINGS["clock"], "brief"), screen.clock or "The time is not shown.", "clock")


def _json(rng: np.random.Generator, screen: Screen) -> Turn:
    known: dict[str, object] = {
        "title": screen.title, "device": "phone" if screen.is_phone else "computer",
        "mode": "dark" if screen.is_dark else "light", "dark_mode": screen.is_dark, "screen": screen.layout,
        "buttons": [name for name, _ in screen.buttons], "time": screen.clock or None,
        "message": " ".join(screen.lines) or None,
    }  # fmt: skip
    if screen.checks:
        known["options"] = dict(screen.checks)
    if screen.fields:
        known["fields"] = dict(screen.fields)
    keys = [str(key) for key in rng.permutation(list(known))[: int(rng.integers(1, 5))]]
    listed = "".join(f"\n- {key}" for key in keys) if rng.random() < 0.4 else ", ".join(keys)
    answer = json.dumps({key: known[key] for key in keys}, ensure_ascii=False)
    return Turn(ask(rng, WORDINGS["json"], keys=listed), answer, "json")


_MAKERS: tuple[Maker, ...] = (
    _title, _mode, _device, _layout, _list_buttons, _count, _button_there, _button_colour, _button_of_colour, _checked,
    _checked, _checked, _check_absent, _list_checked, _n_checked, _field_value, _field_value, _list_entries, _selected,
    _message, _clock, _json,
)  # fmt: skip
