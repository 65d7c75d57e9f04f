"""From a conversation to input ids, the same for training and serving.

SmolVLM's chat layout; after a picture's image tokens come its text lines with location tokens:

    <|im_start|>User:<fake_token_around_image><global-img><image>...<fake_token_around_image>
    <reading><y3><x10> TOTAL<x24> 12.50<y4>...</reading> What is the total?<end_of_utterance>
    Assistant: 12.50<end_of_utterance>

A model that was taught to is also told how sharp the picture is, 0 to 9, by how much its text is turned, what a photo
looks like and how likely that is, 0 to 9 (` Looks like: hat 8, shoes 1.`), what the colours of a chart stand for
(` Legend: blue Men, red Women.`) and which numbers it prints for what (` Values: Mon 3; Tue 5; Highest: Tue 5. Lowest:
Mon 3.`, with a legend ` Mon Men 3 Women 4;`), and what is drawn: how many of each kind, then each between its corners.
Where several hold others, each says which:

    ...</reading> Sharpness 8. Turned 90. Drawn: 1 circle: 1 blue. 1 square: 1 red.<y3><x10> blue circle<y9><x16>
    <y12><x2> red square touching<y20><x10>

What a question names of all this is told again right before it (` Asked: Mon 3; Tue 5;`, ` Asked: 2: 1 blue circle.`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from sightline.model import tokenizer as tk
from sightline.model.asked import asked_rows
from sightline.model.asked_condition import said_condition, tenths
from sightline.model.asked_dates import said_dates
from sightline.model.asked_figures import said_figures
from sightline.model.chart_text import extremes, said_asked, said_legend, said_values
from sightline.model.tokenizer import TextTokenizer
from sightline.reading.lines import Figure, Reading, TextLine
from sightline.types import Role

ROLE_WORDS: dict[Role, str] = {"system": "System", "user": "User", "assistant": "Assistant", "tool": "Tool"}
MAX_READING_TOKENS = 1024
MAX_FIGURE_TOKENS = 384
MAX_WORD_TOKENS = MAX_READING_TOKENS + MAX_FIGURE_TOKENS  # of what one picture says
MAX_VALUE_SHARE = 0.75  # of the room for figures
MOST_FRAMES = 6  # that hold others: of more, none says what it holds
FIGURE_SHARE = 1 / 3  # of less room than that, figures take at most this much
HEAD_SHARE = 0.6  # of a reading that must be cut, this much stays from its start, the rest from its end


@dataclass(frozen=True, slots=True)
class PromptImage:
    """A picture's place in the prompt: `n_tiles` tiles for the encoder, and its text."""

    n_tiles: int
    reading: Reading | None


@dataclass(frozen=True, slots=True)
class PromptTurn:
    """One turn as the prompt writes it."""

    role: Role
    parts: tuple[str | PromptImage, ...]


class PromptBuilder:
    """Writes conversations as ids. `n_image_tokens` per tile; what the model does not know of is left out."""

    def __init__(
        self,
        tokenizer: TextTokenizer,
        n_image_tokens: int,
        *,
        knows_figures: bool = False,
        knows_measures: bool = False,
    ) -> None:
        self.tokenizer = tokenizer
        self._knows_figures = knows_figures
        self._knows_measures = knows_measures
        around = tokenizer.special(tk.AROUND_IMAGE)
        self._tile = [around, tokenizer.special(tk.GLOBAL_IMAGE), *[tokenizer.special(tk.IMAGE)] * n_image_tokens]
        self._end_image = [around]
        self._end_turn = [tokenizer.special(tk.END), *tokenizer.encode("\n")]
        self._answer_opening = tokenizer.encode("Assistant:")

    def prompt(
        self, turns: Sequence[PromptTurn], word_tokens: int = MAX_WORD_TOKENS, shown: Sequence[PromptImage] = ()
    ) -> list[int]:
        """Ids up to the place where the assistant's next word comes.

        `word_tokens`: the most that a picture may say. `shown`: the pictures of turns before these.
        """
        ids, seen = [self.tokenizer.special(tk.START)], [*shown]
        for turn in turns:
            seen += [part for part in turn.parts if isinstance(part, PromptImage)]
            ids += self._turn(turn, word_tokens, seen)
        return ids + self._answer_opening

    def _turn(self, turn: PromptTurn, word_tokens: int, seen: Sequence[PromptImage]) -> list[int]:
        """Ids of one whole turn. What is asked is told again of the pictures `seen` so far."""
        ids = self.role(turn.role)
        for part in turn.parts:
            if isinstance(part, PromptImage):
                ids += self.image(part, word_tokens)
                continue
            if turn.role == "user":
                ids += self._asked(part, seen)
            ids += self.tokenizer.encode(f" {part.strip()}")
        return ids + self._end_turn

    def _asked(self, question: str, seen: Sequence[PromptImage]) -> list[int]:
        """What `question` names of the pictures, once more: their condition, figures counted, numbers of charts."""
        if not self._knows_measures:
            return []
        readings = [one.reading for one in seen if one.reading is not None]
        told = [
            said_condition(question, reading)
            + said_dates(question, reading)
            + said_figures(question, self._frames(reading))
            for reading in readings
        ]
        rows = [row for reading in readings for row in asked_rows(question, reading.values)]
        return self.tokenizer.encode("".join([*told, said_asked(rows)]))

    def _frames(self, reading: Reading) -> list[Sequence[Figure]]:
        """What is drawn, frame by frame, where several hold others; the figures of a chart are nobody's question."""
        if not self._knows_figures or reading.values:
            return []
        if not self._tells_frames(reading):
            return [reading.figures]
        return [_held(reading, at) for at, figure in enumerate(reading.figures) if figure.n_inside]

    def role(self, role: Role) -> list[int]:
        """Ids that open a turn."""
        return self.tokenizer.encode(f"{ROLE_WORDS[role]}:")

    def answer(self, text: str) -> list[int]:
        """Ids that follow a prompt when the answer is `text`, its end included."""
        return [*self.tokenizer.encode(f" {text}"), self.tokenizer.special(tk.END)]

    def quote(self) -> list[int]:
        """Ids that follow a prompt when the answer is all that was read: the model points at it."""
        return [self.tokenizer.special(tk.READING), self.tokenizer.special(tk.END)]

    def image(self, image: PromptImage, word_tokens: int = MAX_WORD_TOKENS) -> list[int]:
        """Image tokens of every tile, then the reading if there is one, then its condition and the figures."""
        ids = self._tile * image.n_tiles + self._end_image
        if image.reading is None:
            return ids
        besides = self._besides(image.reading, word_tokens)
        return ids + self.reading(image.reading, min(MAX_READING_TOKENS, word_tokens - len(besides))) + besides

    def _besides(self, reading: Reading, word_tokens: int) -> list[int]:
        """All that is told of a picture after its lines."""
        return [*self.condition(reading), *self.values(reading, word_tokens), *self.figures(reading, word_tokens)]

    def condition(self, reading: Reading) -> list[int]:
        """How sharp it is, how its text is turned, what a photo looks like; nothing of what was not measured."""
        if not self._knows_measures or reading.sharpness is None:
            return []
        turned = f" Turned {reading.turn_deg}." if reading.turn_deg else ""
        likely = ", ".join(f"{one.word} {tenths(one.confidence)}" for one in reading.objects)
        shows = f" Looks like: {likely}." if likely else ""
        return self.tokenizer.encode(f" Sharpness {tenths(reading.sharpness)}.{turned}{shows}")

    def values(self, reading: Reading, word_tokens: int = MAX_WORD_TOKENS) -> list[int]:
        """The legend of a chart, its numbers with their labels, as many as there is room for; else nothing."""
        if not self._knows_measures:
            return []
        legend = self.tokenizer.encode(said_legend(reading.legend))
        if not reading.values:
            return legend
        said = [self.tokenizer.encode(text) for text in said_values(reading.values)]
        kept = _fitting(said, int(MAX_VALUE_SHARE * min(MAX_FIGURE_TOKENS, word_tokens * FIGURE_SHARE)))
        most = self.tokenizer.encode(extremes(reading.values))
        return [*legend, *self.tokenizer.encode(" Values:"), *chain(*kept), *most]

    def figures(self, reading: Reading, word_tokens: int = MAX_WORD_TOKENS) -> list[int]:
        """What is drawn, as many figures as there is room for; nothing where there is no drawing."""
        if not self._knows_figures:
            return []
        told = self._kept_figures(reading, word_tokens)
        return [*self._tally(reading), *(token for ids in told for token in ids)] if told else []

    def n_figures_kept(self, reading: Reading, word_tokens: int = MAX_WORD_TOKENS) -> int:
        """How many of the figures a prompt has in which the picture may say so much. The tally has them all."""
        return len(self._kept_figures(reading, word_tokens)) if self._knows_figures else 0

    def _kept_figures(self, reading: Reading, word_tokens: int) -> list[list[int]]:
        others = len(self._tally(reading)) + len(self.values(reading, word_tokens))
        limit = min(MAX_FIGURE_TOKENS, int(word_tokens * FIGURE_SHARE)) - others
        tells_frames = self._tells_frames(reading)
        told = [
            self._figure(reading, figure, _held(reading, at) if tells_frames else ())
            for at, figure in enumerate(reading.figures)
        ]
        return _fitting(told, limit)

    def _tally(self, reading: Reading) -> list[int]:
        tells_frames = self._tells_frames(reading)
        counted = [figure for figure in reading.figures if not (tells_frames and figure.n_inside)]
        return self.tokenizer.encode(f" Drawn: {tally(counted)}")

    def _tells_frames(self, reading: Reading) -> bool:
        """Whether figures that hold others say what, and are not counted with them."""
        return self._knows_measures and 1 < sum(figure.n_inside > 0 for figure in reading.figures) <= MOST_FRAMES

    def _figure(self, reading: Reading, figure: Figure, held: Sequence[Figure]) -> list[int]:
        x0, y0, x1, y1 = figure.box
        holding = f" with {len(held)}: {tally(held)}" if held else ""
        return [
            *self._corner(reading, x0, y0),
            *self.tokenizer.encode(f" {figure.text}{holding}"),
            *self._corner(reading, x1, y1),
        ]

    def _corner(self, reading: Reading, x: float, y: float) -> list[int]:
        place = tk.LOC_Y[_bin(y, reading.height)], tk.LOC_X[_bin(x, reading.width)]
        return [self.tokenizer.special(name) for name in place]

    def reading(self, reading: Reading, limit: int = MAX_READING_TOKENS) -> list[int]:
        """The text lines between their markers, cut in the middle past the token limit."""
        body = [token for line in self._kept_lines(reading, limit) for token in line]
        return [self.tokenizer.special(tk.READING), *body, self.tokenizer.special(tk.END_READING)]

    def n_lines_kept(self, reading: Reading, word_tokens: int = MAX_WORD_TOKENS) -> int:
        """How many of the lines a prompt has in which the picture may say so much."""
        limit = min(MAX_READING_TOKENS, word_tokens - len(self._besides(reading, word_tokens)))
        return len(self._kept_lines(reading, limit))

    def _kept_lines(self, reading: Reading, limit: int) -> list[list[int]]:
        lines = [self._line(reading, line, is_first) for line, is_first in _with_row_starts(reading.lines)]
        return _cut_middle(lines, limit)

    def _line(self, reading: Reading, line: TextLine, starts_row: bool) -> list[int]:
        x0, y0, _, y1 = line.box
        column = _bin(x0, reading.width)
        ids = [self.tokenizer.special(tk.LOC_X[column]), *self.tokenizer.encode(f" {line.text.strip()}")]
        if not starts_row:
            return ids
        return [self.tokenizer.special(tk.LOC_Y[_bin((y0 + y1) / 2, reading.height)]), *ids]


def tally(figures: Sequence[Figure]) -> str:
    """How many there are of each kind, and of each colour in it: a small model does not count a list."""
    kinds: dict[str, Counter[str]] = {}
    for figure in figures:
        kinds.setdefault(figure.kind, Counter())[figure.colour] += 1
    return " ".join(
        f"{sum(colours.values())} {kind}: {' '.join(f'{n} {colour}' for colour, n in colours.most_common())}."
        for kind, colours in kinds.items()
    )


def _held(reading: Reading, at: int) -> Sequence[Figure]:
    return reading.figures[at + 1 : at + 1 + reading.figures[at].n_inside]


def _with_row_starts(lines: Sequence[TextLine]) -> list[tuple[TextLine, bool]]:
    rows = [None, *(line.row for line in lines)]
    return [(line, line.row != before) for line, before in zip(lines, rows, strict=False)]


def _bin(place_px: float, side_px: int) -> int:
    return min(tk.N_BINS - 1, max(0, int(place_px * tk.N_BINS / max(1, side_px))))


def _cut_middle(lines: list[list[int]], limit: int) -> list[list[int]]:
    """Whole lines from both ends that fit in `limit` tokens together."""
    if sum(map(len, lines)) <= limit:
        return lines
    head = _fitting(lines, int(limit * HEAD_SHARE))
    tail = _fitting(lines[len(head) :][::-1], limit - sum(map(len, head)))
    return head + tail[::-1]


def _fitting(lines: list[list[int]], limit: int) -> list[list[int]]:
    kept: list[list[int]] = []
    used = 0
    for line in lines:
        used += len(line)
        if used > limit:
            break
        kept.append(line)
    return kept
