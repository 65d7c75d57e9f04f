"""What is drawn: shapes, outlines, strokes and grids with their colours and places, as the text lines are what is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from sightline.images.picture import RGB
from sightline.reading.figure_kinds import kind_of
from sightline.reading.lines import Box, Figure
from sightline.reading.regions import Drawing, Labels, Mask, Region, find_regions

MOST_FIGURES = 40
MOST_FOUND = 90
MOST_WRITTEN = 0.18  # of the picture is covered by text: with more it is a page
HOLLOW = 0.55  # of what its edge encloses, a region with less is an outline
FLUSH_PX = 3  # of the scaled picture: nearer than this to an edge is at it


def read_figures(rgb: RGB, written: Iterable[Box] = ()) -> tuple[Figure, ...]:
    """The figures of a drawing, at most `MOST_FIGURES`, those that hold others before what they hold.

    `rgb` is uint8 `(h, w, 3)`; boxes are in its pixels. What lies inside a box of `written` is text and no figure. Empty
    for photos, scans, pages of text, and whatever falls into too many pieces to be told one by one.
    """
    boxes = list(written)
    if sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in boxes) > MOST_WRITTEN * rgb.shape[0] * rgb.shape[1]:
        return ()
    drawing = find_regions(rgb)
    if drawing is None:
        return ()
    return _Sorting(drawing, [tuple(v * drawing.scale for v in box) for box in boxes]).figures()


@dataclass(slots=True)
class _Sorting:
    """Decides for each region whether it is a figure, a part of one, or nothing."""

    drawing: Drawing
    written: list[tuple[float, ...]]
    parents: list[int] = field(default_factory=list)
    gone: set[int] = field(default_factory=set)
    found: dict[int, Figure] = field(default_factory=dict)
    met: set[int] = field(default_factory=set)
    neighbours: list[tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        self.neighbours = _neighbours(self.drawing.labels)

    def figures(self) -> tuple[Figure, ...]:
        regions = self.drawing.regions
        self.parents = [self._parent(index) for index in range(len(regions))]
        self.gone = {i for i, region in enumerate(regions) if self._is_text(region) or self._is_ground(region)}
        for tangle in self._tangles():
            self._untangle(tangle)
        rest = [i for i in range(len(regions)) if i not in self.gone and i not in self.found]
        whole = {i: _filled(regions[i].mask) for i in rest}
        rest.sort(key=lambda i: regions[i].area >= HOLLOW * np.count_nonzero(whole[i]))
        for index in rest:  # hollow ones first: what shows through them is no figure
            if index not in self.gone:
                self._add(index, whole[index], self._holes(index))
        self._meet()
        return self._in_order()

    # which regions count

    def _is_text(self, region: Region) -> bool:
        x, y = region.x + region.width / 2, region.y + region.height / 2
        return any(
            x0 <= x <= x1 and y0 <= y <= y1 and region.height <= 1.3 * (y1 - y0) for x0, y0, x1, y1 in self.written
        )

    def _is_ground(self, region: Region) -> bool:
        height, width = self.drawing.labels.shape
        return region.width >= width - 4 and region.height >= height - 4 and region.area > 0.25 * width * height

    def _parent(self, index: int) -> int:
        """The region just outside of a region's leftmost pixels; -1 at the picture's edge."""
        region = self.drawing.regions[index]
        y = region.y + int(region.mask[:, 0].argmax())
        for x in range(region.x - 1, max(-1, region.x - 5), -1):
            other = int(self.drawing.labels[y, x])
            if other >= 0 and other != index:
                return other
        return -1

    def _holes(self, index: int) -> list[int]:
        return [i for i, parent in enumerate(self.parents) if parent == index and i != index]

    # what a region is

    def _tangles(self) -> list[list[int]]:
        """Groups of strokes that hang together."""
        strokes = [i for i, region in enumerate(self.drawing.regions) if region.is_stroke and i not in self.gone]
        strokes = [i for i in strokes if self.drawing.regions[i].shade != self.drawing.ground]
        group = {i: i for i in strokes}
        for a, b in self.neighbours:
            if a in group and b in group:
                old, new = group[a], group[b]
                group = {i: new if g == old else g for i, g in group.items()}
        groups: dict[int, list[int]] = {}
        for i, g in group.items():
            groups.setdefault(g, []).append(i)
        return list(groups.values())

    def _untangle(self, members: list[int]) -> None:
        """Outlines over each other: as circles, or as one figure of so many fields. Crossing lines stay as they are."""
        ink = self._merged(members)
        n_parts = _n_holes(ink.mask)
        if n_parts < 2:
            return
        lines = [self.drawing.regions[i] for i in members if len(members) > 1 and _n_holes(self.drawing.regions[i].mask) == 0]
        has_lines = any(line.width > 0.75 * ink.width or line.height > 0.75 * ink.height for line in lines)
        key = members[0]
        if self._grid(key, ink):
            self.gone.update(i for i in members if i != key)
            return
        if self._circles(key, ink):
            self.gone.update(i for i in members if i != key)
        elif not has_lines:
            self.found[key] = self._figure(key, "shape", is_outline=True, n_parts=n_parts, region=ink)
            self.gone.update(i for i in members if i != key)
        else:
            return
        self.gone.update(
            i for i, region in enumerate(self.drawing.regions)
            if i != key and region.shade == self.drawing.ground and _lies_in(region, ink)
        )

    def _merged(self, members: list[int]) -> Region:
        """The strokes as one region, its colour the one of the largest."""
        parts = [self.drawing.regions[i] for i in members]
        if len(parts) == 1:
            return parts[0]
        x, y = min(p.x for p in parts), min(p.y for p in parts)
        x1, y1 = max(p.x + p.width for p in parts), max(p.y + p.height for p in parts)
        mask = np.zeros((y1 - y, x1 - x), np.uint8)
        for p in parts:
            mask[p.y - y : p.y - y + p.height, p.x - x : p.x - x + p.width] |= p.mask
        largest = max(parts, key=lambda p: p.area)
        return Region(largest.colour, largest.shade, x, y, mask, int(mask.sum()), True)

    def _add(self, index: int, whole: Mask, inside: list[int]) -> None:
        region = self.drawing.regions[index]
        around = self.parents[index]
        if region.shade == self.drawing.ground and not self._is_panel(region, whole):
            if around < 0 or around in self.gone or self.drawing.regions[around].is_stroke:
                return
        is_hollow = region.area < HOLLOW * int(np.count_nonzero(whole))
        if is_hollow and self._grid(index, region):
            return
        if is_hollow and self._is_thin(region, whole):
            self._outline(index, inside, whole)
            return
        if is_hollow and len(inside) == 1:
            self.gone.add(inside[0])
            kind = kind_of(whole)
            self.found[index] = self._figure(index, "ring" if kind == "circle" else kind, is_outline=kind != "circle")
            return
        kind = "line" if _is_line(region) else kind_of(_flat_edged(region, whole))
        if kind == "shape":
            kind = self._hidden(index) or kind
        self.found[index] = self._figure(index, kind)

    def _is_panel(self, region: Region, whole: Mask) -> bool:
        """Whether something of the ground's colour is a clean rectangle apart from it, as frames side by side are."""
        if self.parents[self.drawing.regions.index(region)] >= 0 or region.is_stroke:
            return False
        edge = np.concatenate([whole[0], whole[-1], whole[:, 0], whole[:, -1]])
        return bool(edge.mean() > 0.85 and _flat_edged(region, whole).all())

    def _is_thin(self, region: Region, whole: Mask) -> bool:
        padded = cv2.copyMakeBorder(region.mask, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
        thickness = 2 * float(cv2.distanceTransform(padded, cv2.DIST_L2, 3).max())
        return thickness <= max(4.0, 0.14 * min(region.width, region.height))

    def _outline(self, index: int, inside: list[int], whole: Mask) -> None:
        region = self.drawing.regions[index]
        around = self.parents[index]
        shade_around = self.drawing.regions[around].shade if around >= 0 else self.drawing.ground
        self.gone.update(i for i in inside if self.drawing.regions[i].shade == shade_around)
        filling = [i for i in inside if i not in self.gone and _covers(self.drawing.regions[i], region)]
        if filling:
            self.gone.add(filling[0])
        self.found[index] = self._figure(
            index, kind_of(whole), is_outline=not filling, colour=self.drawing.regions[(filling or [index])[0]].colour
        )

    def _circles(self, index: int, region: Region) -> bool:
        """Several circles drawn over each other, if they explain the strokes."""
        padded = cv2.copyMakeBorder(region.mask * np.uint8(255), 8, 8, 8, 8, cv2.BORDER_CONSTANT, value=0)
        smooth = cv2.GaussianBlur(padded, (0, 0), max(1.2, 0.8 * self.drawing.scale))
        least = max(6, min(region.width, region.height) // 12)
        found = cv2.HoughCircles(
            smooth, cv2.HOUGH_GRADIENT_ALT, 1.5, least, param1=200, param2=0.75, minRadius=least, maxRadius=0
        )
        if found is None or len(found[0]) > 80:
            return False
        thick = cv2.dilate(padded, np.ones((9, 9), np.uint8))
        backed = [(_share_on(thick, x, y, r), x, y, r) for x, y, r in found[0].tolist()]
        circles = _apart([(x, y, r) for share, x, y, r in sorted(backed, reverse=True) if share > 0.85])
        drawn = np.zeros_like(padded)
        for x, y, r in circles:
            cv2.circle(drawn, (round(x), round(y)), round(r), 255, 7)
        if np.count_nonzero(drawn & padded) < 0.85 * np.count_nonzero(padded):
            return False
        for place, (x, y, r) in enumerate(circles):
            box = self._box((region.x + x - 8 - r, region.y + y - 8 - r, region.x + x - 8 + r, region.y + y - 8 + r))
            key = index if place == 0 else -1 - len(self.found)
            colour = self._colour_along(region.x + x - 8, region.y + y - 8, r)
            self.found[key] = Figure("circle", colour, box, is_outline=True, touches=len(circles) > 1)
        return True

    def _colour_along(self, x: float, y: float, radius: float) -> str:
        """The colour of most strokes on a circle."""
        angle = np.linspace(0, 2 * np.pi, 180)
        height, width = self.drawing.labels.shape
        across = np.clip((x + radius * np.cos(angle)).round().astype(int), 0, width - 1)
        down = np.clip((y + radius * np.sin(angle)).round().astype(int), 0, height - 1)
        met = [self.drawing.regions[i] for i in self.drawing.labels[down, across] if i >= 0]
        names = [region.colour for region in met if region.shade != self.drawing.ground]
        return max(sorted(set(names)), key=names.count) if names else "black"

    def _grid(self, index: int, region: Region) -> bool:
        """Cells between rules, if that is what the holes are."""
        cells = [
            i
            for i, cell in enumerate(self.drawing.regions)
            if i != index and i not in self.found and _lies_in(cell, region) and _is_rectangle(cell)
        ]
        cells = _alike([(i, self.drawing.regions[i]) for i in cells])
        if len(cells) < 4:
            return False
        rows = _n_lines([(c.y, c.y + c.height) for _, c in cells])
        columns = _n_lines([(c.x, c.x + c.width) for _, c in cells])
        if not 0.8 * rows * columns <= len(cells) <= 1.05 * rows * columns:
            return False
        self.gone.update(i for i, cell in enumerate(self.drawing.regions) if i != index and _lies_in(cell, region))
        self.found = {i: figure for i, figure in self.found.items() if i not in self.gone}
        self.found[index] = self._figure(index, "grid", n_rows=rows, n_columns=columns, region=region)
        return True

    def _hidden(self, index: int) -> str | None:
        """`circle` if the free part of the edge is a circle's and another figure covers the rest."""
        region, labels = self.drawing.regions[index], self.drawing.labels
        contour = _contour(region.mask)[:, 0, :] + np.array([region.x, region.y])
        if len(contour) < 24:
            return None
        height, width = labels.shape
        free = np.ones(len(contour), bool)
        for dx, dy in ((-4, 0), (4, 0), (0, -4), (0, 4)):
            x, y = np.clip(contour[:, 0] + dx, 0, width - 1), np.clip(contour[:, 1] + dy, 0, height - 1)
            beside = labels[y, x]
            free &= (beside == index) | (beside == self.parents[index]) | (beside < 0)
        if not 0.4 < free.mean() < 0.99:
            return None
        points = contour[free].astype(np.float64)
        solved = np.linalg.lstsq(np.c_[2 * points, np.ones(len(points))], (points**2).sum(axis=1), rcond=None)[0]
        radius = float(np.sqrt(max(0.0, solved[2] + solved[0] ** 2 + solved[1] ** 2)))
        off = np.abs(np.hypot(points[:, 0] - solved[0], points[:, 1] - solved[1]) - radius)
        return "circle" if off.mean() < max(1.0, 0.03 * radius) else None

    def _figure(
        self,
        index: int,
        kind: str,
        *,
        is_outline: bool = False,
        n_parts: int = 1,
        n_rows: int = 0,
        n_columns: int = 0,
        region: Region | None = None,
        colour: str | None = None,
    ) -> Figure:
        region = region or self.drawing.regions[index]
        box = self._box((region.x, region.y, region.x + region.width, region.y + region.height))
        return Figure(
            kind, colour or region.colour, box, is_outline, n_parts=n_parts, n_rows=n_rows, n_columns=n_columns
        )

    def _box(self, box: tuple[float, float, float, float]) -> Box:
        x0, y0, x1, y1 = (v / self.drawing.scale for v in box)
        return x0, y0, x1, y1

    # how figures stand to each other

    def _meet(self) -> None:
        """Mark figures that touch an earlier one, and count where strokes cross."""
        strokes = [i for i in self.found if i >= 0 and self.drawing.regions[i].is_stroke][:12]
        for place, i in enumerate(strokes):
            n = sum(self._n_crossings(i, other) for other in strokes[:place])
            self.found[i] = replace(self.found[i], n_crossings=n)
        for a, b in self.neighbours:
            if a in self.found and b in self.found and self.parents[a] != b and self.parents[b] != a:
                self.found[max(a, b)] = replace(self.found[max(a, b)], touches=True)
                self.met |= {a, b}

    def _n_crossings(self, one: int, other: int) -> int:
        a, b = self.drawing.regions[one], self.drawing.regions[other]
        if a.shade == b.shade:
            return 0
        both = self._canvas(a) & self._canvas(b)
        return int(cv2.connectedComponents(both)[0]) - 1

    def _canvas(self, region: Region) -> Mask:
        canvas = np.zeros(self.drawing.labels.shape, np.uint8)
        canvas[region.y : region.y + region.height, region.x : region.x + region.width] = region.mask
        return np.asarray(cv2.dilate(canvas, np.ones((7, 7), np.uint8)), np.uint8)

    def _is_crumb(self, figure: Figure) -> bool:
        """Small and like nothing: what stands beside others and is like that is mostly left over from their edges."""
        side = max(self.drawing.labels.shape) / self.drawing.scale
        return figure.kind in ("line", "shape") and figure.n_parts == 1 and _longer_side(figure) < 0.15 * side

    def _in_order(self) -> tuple[Figure, ...]:
        height, width = self.drawing.labels.shape
        found = [
            figure
            for index, figure in self.found.items()
            if index not in self.gone and not (index in self.met and self._is_crumb(figure))
        ]
        if len(found) > MOST_FOUND or sum(f.kind == "shape" for f in found) > max(6, 0.4 * len(found)):
            return ()  # too many pieces, or too few of any known shape: no drawing after all
        if len(found) > MOST_FIGURES:
            found = sorted(found, key=_area, reverse=True)[:MOST_FIGURES]
        step = max(width, height) / self.drawing.scale / 32
        holders = sorted((f for f in found if _holds(f, found)), key=_area)
        groups: dict[Figure | None, list[Figure]] = {holder: [] for holder in [None, *holders]}
        for figure in found:
            holder = next((h for h in holders if h != figure and _inside(figure.box, h.box) and _area(h) > _area(figure)), None)
            picture = (0.0, 0.0, width / self.drawing.scale, height / self.drawing.scale)
            at = _sides(figure.box, holder.box if holder else picture, FLUSH_PX / self.drawing.scale)
            groups[holder].append(replace(figure, at=at))
        return tuple(_told(groups, None, step))


def _told(groups: dict[Figure | None, list[Figure]], holder: Figure | None, step: float) -> list[Figure]:
    """The figures in a holder from left to right, each before what it holds itself."""
    told: list[Figure] = []
    for figure in sorted(groups[holder], key=lambda f: (f.box[0] // step, f.box[1])):
        told.append(figure)
        plain = next((h for h in groups if h is not None and h.box == figure.box and h is not holder), None)
        if plain is not None:
            told += _told(groups, plain, step)
    return told


def _sides(box: Box, around: Box, flush: float) -> tuple[str, ...]:
    """The edges of `around` that a box stands at."""
    gaps = box[0] - around[0], around[2] - box[2], box[1] - around[1], around[3] - box[3]
    return tuple(side for side, gap in zip(("left", "right", "top", "bottom"), gaps, strict=True) if gap <= flush)


def _longer_side(figure: Figure) -> float:
    x0, y0, x1, y1 = figure.box
    return max(x1 - x0, y1 - y0)


def _neighbours(labels: Labels) -> list[tuple[int, int]]:
    """Pairs of regions with pixels at most two apart, the smaller index first."""
    most = int(labels.max()) + 1
    codes = []
    for one, other in ((labels[:, :-2], labels[:, 2:]), (labels[:-2], labels[2:])):
        differ = (one != other) & (one >= 0) & (other >= 0)
        a, b = one[differ].astype(np.int64), other[differ]
        codes.append(np.minimum(a, b) * most + np.maximum(a, b))
    return [(code // most, code % most) for code in np.unique(np.concatenate(codes)).tolist()]


def _contour(mask: Mask) -> NDArray[np.int32]:
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return np.asarray(max(contours, key=len), np.int32)


def _filled(mask: Mask) -> Mask:
    """The region with its holes closed."""
    whole = np.zeros_like(mask)
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    cv2.drawContours(whole, contours, -1, 1, -1)
    return whole


def _flat_edged(region: Region, whole: Mask) -> Mask:
    """A panel whose edge others stand on is still the panel: its hull, where that is nearly its box."""
    hull = cv2.convexHull(_contour(whole))
    box_area = region.width * region.height
    if cv2.contourArea(hull) >= 0.97 * box_area and region.area >= 0.6 * box_area:
        return np.ones_like(whole)
    return whole


def _n_holes(mask: Mask) -> int:
    padded = cv2.copyMakeBorder(mask, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    n, _, stats, _ = cv2.connectedComponentsWithStats(1 - padded, connectivity=4)
    return sum(1 for part in range(1, n) if stats[part][4] >= 12) - 1


def _is_line(region: Region) -> bool:
    """Whether a region is long and thin all over, straight or not."""
    padded = cv2.copyMakeBorder(region.mask, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    thickness = 2 * float(cv2.distanceTransform(padded, cv2.DIST_L2, 3).max()) - 1
    return region.area >= 9 * thickness**2


def _is_rectangle(region: Region) -> bool:
    return min(region.width, region.height) >= 6 and np.count_nonzero(
        _filled(region.mask)
    ) >= 0.9 * region.width * region.height


def _lies_in(region: Region, around: Region) -> bool:
    return (
        region.x >= around.x - 2
        and region.y >= around.y - 2
        and region.x + region.width <= around.x + around.width + 2
        and region.y + region.height <= around.y + around.height + 2
        and region.area < 0.5 * around.width * around.height
    )


def _covers(region: Region, outline: Region) -> bool:
    return region.width >= 0.7 * outline.width and region.height >= 0.7 * outline.height


def _alike(cells: Sequence[tuple[int, Region]]) -> list[tuple[int, Region]]:
    """Cells about as large as the middle one."""
    if not cells:
        return []
    middle = float(np.median([c.width * c.height for _, c in cells]))
    return [(i, c) for i, c in cells if 0.12 * middle <= c.width * c.height <= 8 * middle]


def _n_lines(spans: Sequence[tuple[int, int]]) -> int:
    """How many rows (columns) cells with these extents stand in."""
    n, end = 0, -1.0
    for low, high in sorted(spans):
        if low > end - 0.3 * (high - low):
            n, end = n + 1, float(high)
    return n


def _share_on(ink: Mask, x: float, y: float, radius: float) -> float:
    """How much of a circle runs over the ink."""
    angle = np.linspace(0, 2 * np.pi, 180, endpoint=False)
    across, down = (x + radius * np.cos(angle)).round().astype(int), (y + radius * np.sin(angle)).round().astype(int)
    seen = (across >= 0) & (across < ink.shape[1]) & (down >= 0) & (down < ink.shape[0])
    return float(np.count_nonzero(ink[down[seen], across[seen]]) / len(angle))


def _apart(circles: Sequence[Sequence[float]]) -> list[tuple[float, float, float]]:
    """One circle for those found twice, on both sides of a stroke."""
    kept: list[tuple[float, float, float]] = []
    for x, y, r in circles:
        if all(np.hypot(x - a, y - b) > 0.25 * max(r, s) or abs(r - s) > 0.25 * max(r, s) for a, b, s in kept):
            kept.append((x, y, r))
    return kept


def _area(figure: Figure) -> float:
    x0, y0, x1, y1 = figure.box
    return (x1 - x0) * (y1 - y0)


def _inside(box: Box, around: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return around[0] <= x <= around[2] and around[1] <= y <= around[3] and box != around


def _holds(figure: Figure, others: Sequence[Figure]) -> bool:
    """Whether a filled rectangle has other figures on it."""
    if figure.is_outline or figure.kind not in ("rectangle", "square"):
        return False
    return any(_inside(other.box, figure.box) and _area(other) < _area(figure) for other in others)
