"""From regions to figures: which region is one, which is a part of one, which is nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from sightline.images.picture import RGB
from sightline.reading.figures import measures
from sightline.reading.figures.arrange import arrange, longer_side
from sightline.reading.figures.circles import circles_in, colour_along, colour_on, is_covered_circle
from sightline.reading.figures.crossings import crossings
from sightline.reading.figures.cut import find_regions
from sightline.reading.figures.grid import rows_and_columns
from sightline.reading.figures.kinds import kind_of
from sightline.reading.figures.overlaps import hanging_on, polygons_in
from sightline.reading.figures.regions import Drawing, Mask, Region, thickness
from sightline.reading.lines import Box, Figure

MOST_WRITTEN = 0.18  # of the picture is covered by text: with more it is a page
PAGE_LINES = 15  # of text: with more, marks alone are no drawing
MARK_PX = 48
HOLLOW = 0.55  # of what its edge encloses, a region with less is an outline
FLUSH_PX = 3  # of the scaled picture: nearer than this to an edge is at it
CRUMB_SHARE = 0.15  # of the longer side: what is shorter, like nothing and beside others is left from their edges


def read_figures(rgb: RGB, written: Iterable[Box] = ()) -> tuple[Figure, ...]:
    """The figures of a drawing, at most 40, those that hold others before what they hold.

    `rgb` is uint8 `(h, w, 3)`; boxes are in its pixels. What lies inside a box of `written` is text and no figure.
    Empty for photos, scans, pages of text, and whatever falls into too many pieces to be told one by one.
    """
    boxes = list(written)
    if sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in boxes) > MOST_WRITTEN * rgb.shape[0] * rgb.shape[1]:
        return ()
    drawing = find_regions(rgb)
    if drawing is None:
        return ()
    sorting = _Sorting(drawing, [tuple(v * drawing.scale for v in box) for box in boxes])
    height, width = (side / drawing.scale for side in drawing.labels.shape)
    found = sorting.figures()
    if len(boxes) >= PAGE_LINES and all(_is_mark(figure) for figure in found):
        return ()
    return arrange(found, width, height, FLUSH_PX / drawing.scale)


def _is_mark(figure: Figure) -> bool:
    """Whether it is what scanned pages are full of: rules, folds, stamps and specks."""
    is_small = min(figure.box[2] - figure.box[0], figure.box[3] - figure.box[1]) <= MARK_PX
    return figure.colour in ("black", "grey", "white") and (figure.kind in ("line", "shape") or is_small)


@dataclass(slots=True)
class _Sorting:
    """Goes through the regions of one drawing. `found` has a figure for each region that stands for one."""

    drawing: Drawing
    written: list[tuple[float, ...]]
    regions: list[Region] = field(init=False)
    parents: list[int] = field(init=False)
    neighbours: list[tuple[int, int]] = field(init=False)
    gone: set[int] = field(default_factory=set)
    found: dict[int, Figure] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.regions = self.drawing.regions
        self.parents = [self._parent(index) for index in range(len(self.regions))]
        self.neighbours = measures.neighbours(self.drawing.labels)

    def figures(self) -> list[Figure]:
        """All figures, in no order."""
        self.gone = {i for i, region in enumerate(self.regions) if self._is_text(region) or self._is_ground(region)}
        for tangle in self._tangles():
            if not self.gone.issuperset(tangle):
                self._untangle(tangle)
        rest = [i for i in range(len(self.regions)) if i not in self.gone and i not in self.found]
        whole = {i: measures.filled(self.regions[i].mask) for i in rest}
        rest.sort(key=lambda i: self.regions[i].area >= HOLLOW * np.count_nonzero(whole[i]))
        for index in rest:  # hollow ones first: what shows through them is no figure
            if index not in self.gone:
                self._add(index, whole[index])
        strokes = [i for i in self.found if i >= 0 and self.regions[i].is_stroke]
        for index, n in crossings(self.drawing, strokes).items():
            self.found[index] = replace(self.found[index], n_crossings=n)
        met = self._touch()
        edges = {i for pair in self.neighbours for i, other in (pair, pair[::-1]) if self._is_edge_of(i, other)}
        left_over = edges | {i for i in met if self._is_crumb(self.found[i])}
        return [figure for i, figure in self.found.items() if i not in self.gone and i not in left_over]

    def _is_text(self, region: Region) -> bool:
        x, y = region.x + region.width / 2, region.y + region.height / 2
        return any(
            x0 <= x <= x1 and y0 <= y <= y1 and region.height <= 1.3 * (y1 - y0) for x0, y0, x1, y1 in self.written
        )

    def _is_ground(self, region: Region) -> bool:
        height, width = self.drawing.labels.shape
        is_all_over = region.width >= width - 4 and region.height >= height - 4
        return bool(is_all_over and region.area > 0.25 * width * height)

    def _parent(self, index: int) -> int:
        """The region just outside of a region's leftmost pixels; -1 at the picture's edge."""
        region = self.regions[index]
        y = region.y + int(region.mask[:, 0].argmax())
        for x in range(region.x - 1, max(-1, region.x - 5), -1):
            other = int(self.drawing.labels[y, x])
            if other >= 0 and other != index:
                return other
        return -1

    def _tangles(self) -> list[list[int]]:
        """Groups of strokes that hang together."""
        group = {
            i: i
            for i, region in enumerate(self.regions)
            if region.is_stroke and i not in self.gone and region.shade != self.drawing.ground
        }
        for a, b in self.neighbours:
            if a in group and b in group:
                old, new = group[a], group[b]
                group = {i: new if g == old else g for i, g in group.items()}
        groups: dict[int, list[int]] = {}
        for i, g in group.items():
            groups.setdefault(g, []).append(i)
        return list(groups.values())

    def _untangle(self, members: list[int]) -> None:
        """Outlines over each other: circles, polygons, or one figure of so many fields. Crossing lines stay lines."""
        ink = measures.merged([self.regions[i] for i in members])
        n_parts = measures.n_holes(ink.mask)
        if n_parts < 2:
            return
        key = members[0]
        is_known = self._grid(key, ink)
        if not is_known and not self._circles(key, ink) and not self._polygons(key, ink):
            if self._has_lines(members, ink):
                return
            self.found[key] = replace(self._figure(ink, "shape"), is_outline=True, n_parts=n_parts)
        self.gone.update(i for i in members if i != key)
        if not is_known:
            ground = self.drawing.ground
            self.gone.update(i for i in self._within(ink, key) if self.regions[i].shade == ground)

    def _has_lines(self, members: list[int], ink: Region) -> bool:
        """Whether a stroke that encloses nothing runs through most of several."""
        open_ones = [self.regions[i] for i in members if measures.n_holes(self.regions[i].mask) == 0]
        through = any(one.width > 0.75 * ink.width or one.height > 0.75 * ink.height for one in open_ones)
        return len(members) > 1 and through

    def _within(self, around: Region, but: int) -> list[int]:
        return [i for i, region in enumerate(self.regions) if i != but and measures.lies_in(region, around)]

    def _add(self, index: int, whole: Mask) -> None:
        region, around = self.regions[index], self.parents[index]
        is_ground = region.shade == self.drawing.ground and not self._is_panel(index, whole)
        if is_ground and (around < 0 or self._is_see_through(self.regions[around])):
            return
        is_hollow = region.area < HOLLOW * int(np.count_nonzero(whole))
        if is_hollow and self._grid(index, region):
            return
        inside = [i for i, parent in enumerate(self.parents) if parent == index and i != index]
        if is_hollow and thickness(region.mask) <= max(4.0, 0.14 * min(region.width, region.height)):
            self._outline(index, inside, whole)
        elif is_hollow and len(inside) == 1:
            self._ring(index, inside[0], whole)
        else:
            self._solid(index, whole)

    def _is_see_through(self, around: Region) -> bool:
        """Whether what shows inside of a region is only the ground: inside of strokes and letters."""
        return around.is_stroke or self._is_text(around)

    def _is_panel(self, index: int, whole: Mask) -> bool:
        """Whether something of the ground's colour is a clean rectangle apart from it, as frames side by side are."""
        region, around = self.regions[index], self.parents[index]
        if region.is_stroke or (around >= 0 and not self._is_rule_beside(around, region)):
            return False
        edge = np.concatenate([whole[0], whole[-1], whole[:, 0], whole[:, -1]])
        return bool(edge.mean() > 0.85 and measures.flat_edged(region, whole).all())

    def _is_rule_beside(self, index: int, panel: Region) -> bool:
        """Whether a region is a rule that parts the whole picture from top to bottom, as `panel` stands from there."""
        rule, height = self.regions[index], self.drawing.labels.shape[0]
        return measures.is_line(rule) and min(rule.height, panel.height) >= height - 4

    def _solid(self, index: int, whole: Mask) -> None:
        region = self.regions[index]
        kind = "line" if measures.is_line(region) else kind_of(measures.flat_edged(region, whole))
        if kind == "shape" and is_covered_circle(self.drawing, index, self.parents[index]):
            kind = "circle"
        self.found[index] = self._figure(region, kind)

    def _ring(self, index: int, hole: int, whole: Mask) -> None:
        self.gone.add(hole)
        kind = kind_of(whole)
        is_ring = kind == "circle"
        self.found[index] = replace(
            self._figure(self.regions[index], "ring" if is_ring else kind), is_outline=not is_ring
        )

    def _outline(self, index: int, inside: list[int], whole: Mask) -> None:
        """An outline, or with a colour of its own inside, a figure of that colour."""
        around = self.parents[index]
        shade_around = self.regions[around].shade if around >= 0 else self.drawing.ground
        self.gone.update(i for i in inside if self.regions[i].shade == shade_around)
        region = self.regions[index]
        filling = [i for i in inside if i not in self.gone and measures.covers(self.regions[i], region)]
        self.gone.update(filling[:1])
        colour = self.regions[filling[0]].colour if filling else region.colour
        self.found[index] = replace(self._figure(region, kind_of(whole)), is_outline=not filling, colour=colour)

    def _circles(self, key: int, ink: Region) -> bool:
        circles = circles_in(ink, self.drawing.scale)
        for place, (x, y, r) in enumerate(circles):
            box, colour = self._box(x - r, y - r, x + r, y + r), colour_along(self.drawing, (x, y, r))
            circle = Figure("circle", colour, box, is_outline=True, touches=len(circles) > 1)
            self.found[key if place == 0 else -1 - len(self.found)] = circle
        return bool(circles)

    def _polygons(self, key: int, ink: Region) -> bool:
        """Whether the ink, with or without what its colours mixed to where they cross, is polygons."""
        whole = hanging_on(self.drawing, ink)
        polygons = polygons_in(whole)
        if polygons:
            self.gone.update(i for i in self._within(whole, key) if self._is_stroke_or_ground(i))
        else:
            polygons = polygons_in(ink)
        for place, polygon in enumerate(polygons):
            (x0, y0), (x1, y1) = polygon.outline.min(axis=0), polygon.outline.max(axis=0) + 1
            box, colour = self._box(x0, y0, x1, y1), colour_on(self.drawing, polygon.outline)
            figure = Figure(polygon.kind, colour, box, is_outline=True, touches=True)
            self.found[key if place == 0 else -1 - len(self.found)] = figure
        return bool(polygons)

    def _is_stroke_or_ground(self, index: int) -> bool:
        return self.regions[index].is_stroke or self.regions[index].shade == self.drawing.ground

    def _grid(self, key: int, rules: Region) -> bool:
        within = self._within(rules, key)
        cells = [i for i in within if i not in self.found and measures.is_rectangle(self.regions[i])]
        size = rows_and_columns([self.regions[i] for i in cells])
        if size is None:
            return False
        self.gone.update(within)
        self.found = {i: figure for i, figure in self.found.items() if i not in self.gone}
        self.found[key] = replace(self._figure(rules, "grid"), n_rows=size[0], n_columns=size[1])
        return True

    def _figure(self, region: Region, kind: str) -> Figure:
        box = self._box(region.x, region.y, region.x + region.width, region.y + region.height)
        return Figure(kind, region.colour, box)

    def _box(self, *sides: float) -> Box:
        x0, y0, x1, y1 = (side / self.drawing.scale for side in sides)
        return x0, y0, x1, y1

    def _touch(self) -> set[int]:
        """Mark figures that touch another; return all that do."""
        met: set[int] = set()
        for a, b in self.neighbours:
            if a in self.found and b in self.found and not self._holds(a, b) and not self._holds(b, a):
                self.found[max(a, b)] = replace(self.found[max(a, b)], touches=True)
                met |= {a, b}
        return met

    def _holds(self, one: int, other: int) -> bool:
        """Whether the other lies on the one."""
        return self.parents[other] == one and measures.lies_in(self.regions[other], self.regions[one])

    def _is_crumb(self, figure: Figure) -> bool:
        """Whether what touches another is small and of no known shape."""
        side = max(self.drawing.labels.shape) / self.drawing.scale
        return figure.kind in ("line", "shape") and figure.n_parts == 1 and longer_side(figure) < CRUMB_SHARE * side

    def _is_edge_of(self, index: int, other: int) -> bool:
        """Whether a stroke lies in the box of a solid figure of the same colour name: its smoothed edge."""
        if index not in self.found or other not in self.found:
            return False
        stroke, solid = self.regions[index], self.regions[other]
        is_same = stroke.is_stroke and not solid.is_stroke and stroke.colour == solid.colour
        return is_same and measures.lies_in(stroke, solid)
