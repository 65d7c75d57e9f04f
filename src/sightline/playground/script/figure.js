// The picture that was asked about, with boxes over it. All boxes are x0, y0, x1, y1 in upright source pixels.

import { make, makeSvg } from "./dom.js";

const TILE_PX = 512;

/** How sure an answer is, in a word that is also its colour. */
export function sureness(confidence) {
  if (confidence === null || confidence === undefined) return "unknown";
  return confidence >= 0.9 ? "high" : confidence >= 0.6 ? "middle" : "low";
}

export class Figure {
  /** `receipt` is the picture's, from the reply; `url` shows it until its exact pixels are asked for. */
  constructor(receipt, url, name, onRegion) {
    this.width = receipt.source_width;
    this.height = receipt.source_height;
    this.image = make("img", { src: url, alt: name, draggable: "false" });
    this.layers = makeSvg("svg", { viewBox: `0 0 ${this.width} ${this.height}`, preserveAspectRatio: "none", "aria-hidden": "true" });
    for (const layer of ["tiles", "lines", "drawn", "values", "region"]) this.layers.append(makeSvg("g", { class: layer }));
    this.frame = make("div", { class: "look-frame" }, this.image, this.layers);
    this.caption = make("figcaption", {}, "As it was uploaded.");
    this.element = make("figure", { class: "look-figure" }, this.frame, this.caption);
    this.image.addEventListener("error", () => {
      this.caption.textContent = "This browser cannot show the file itself. The exact pixels below can be shown.";
    });
    this.followPointer(onRegion);
  }

  layer(name) {
    return this.layers.querySelector(`.${name}`);
  }

  /** Draw these boxes, and no others, on a layer. */
  draw(name, boxes) {
    this.layer(name).replaceChildren(
      ...boxes.map(({ box: [x0, y0, x1, y1], sure = "" }) =>
        makeSvg("rect", { x: x0, y: y0, width: x1 - x0, height: y1 - y0, class: sure }),
      ),
    );
  }

  /** Draw the tiles that the picture is counted as, at the size it is used at. */
  drawTiles({ width, height, columns, rows, detail }) {
    const boxes = [];
    const [x, y] = [this.width / width, this.height / height];
    for (let row = 0; row < rows && detail !== "low"; row++) {
      for (let column = 0; column < columns; column++) {
        const [left, top] = [column * TILE_PX, row * TILE_PX];
        const [right, bottom] = [Math.min(left + TILE_PX, width), Math.min(top + TILE_PX, height)];
        boxes.push({ box: [left * x, top * y, right * x, bottom * y] });
      }
    }
    this.draw("tiles", boxes);
  }

  show(name, isShown) {
    this.layer(name).style.display = isShown ? "" : "none";
  }

  /** Whether a finger on the picture draws a region; otherwise it scrolls the page. */
  letFingersDraw(isDrawing) {
    this.frame.classList.toggle("drawing", isDrawing);
  }

  /** A drag over the picture marks a region of it. */
  followPointer(onRegion) {
    let start = null;
    const at = (event) => {
      const { left, top, width, height } = this.frame.getBoundingClientRect();
      const inside = (share) => Math.min(Math.max(share, 0), 1);
      return [
        Math.round(inside((event.clientX - left) / width) * this.width),
        Math.round(inside((event.clientY - top) / height) * this.height),
      ];
    };
    this.frame.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || (event.pointerType === "touch" && !this.frame.classList.contains("drawing"))) return;
      start = at(event);
      this.frame.setPointerCapture(event.pointerId);
    });
    this.frame.addEventListener("pointermove", (event) => {
      if (start === null) return;
      const end = at(event);
      const region = [0, 1].map((i) => Math.min(start[i], end[i])).concat([0, 1].map((i) => Math.max(start[i], end[i])));
      if (region[2] > region[0] && region[3] > region[1]) onRegion(region);
    });
    for (const name of ["pointerup", "pointercancel"]) this.frame.addEventListener(name, () => (start = null));
  }
}
