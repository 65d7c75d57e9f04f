// Below an answer: where its values come from, the pixels it was given from, and the same question on other pixels.
//
// Nothing here takes part in asking: it starts when an answer is complete, and calls the server only when a visitor
// presses one of its buttons. The answer panel tells it, in one hidden element, what was asked and what came back.

import { aboutOne, ask, dataUrlOf, filesOf, hasPages, preview, withPages, withPictures } from "./api.js";
import { make, table, task } from "./dom.js";
import { Figure, sureness } from "./figure.js";
import { History } from "./history.js";
import { ModelLine, twoModels } from "./models.js";
import { markValues } from "./values.js";
import { variantsOf } from "./variants.js";

const ANSWER_CHARS = 400;

const percent = (share) => (share === null || share === undefined ? "not known" : `${Math.round(share * 100)} %`);
const short = (text) => (text.length > ANSWER_CHARS ? `${text.slice(0, ANSWER_CHARS)} …` : text);
const plain = (text) => text.toLowerCase().replace(/[\s.,;:!]+/g, " ").trim();
const picture = (url, alt) => make("img", { src: url, alt, class: "look-thumb" });

/** How long the reading of a picture took, for the receipt that has it. */
const readingTime = (image) => (image.reading_cached ? "read from the cache" : `${image.reading_ms.toFixed(0)} ms to read`);

/** What was asked and answered, with a figure for each picture. */
class Look {
  constructor({ body, images, values }) {
    Object.assign(this, { body, images, values });
    this.files = filesOf(body);
    this.pictures = hasPages(body) ? [] : this.files; // a page is shown when its pixels are asked for
    this.region = make("input", { type: "text", inputmode: "numeric", placeholder: "x0, y0, x1, y1", id: "look-region" });
    this.region.addEventListener("input", () => this.markRegion(this.typedRegion(), 0));
    this.regionOf = 0;
  }

  /** The closed panel. What is in it is made when it is opened first: an answer never waits for it. */
  get element() {
    this.panel = make("details", { class: "look" }, make("summary", {}, "A closer look"));
    this.panel.addEventListener("toggle", () => this.fill());
    return this.panel;
  }

  fill() {
    if (!this.buttons) this.panel.append(...this.parts());
  }

  parts() {
    this.figures = this.images.map((receipt, at) => {
      const name = this.images.length > 1 ? `Picture ${at + 1} that was asked about` : "The picture that was asked about";
      return new Figure(receipt, this.pictures[at] ?? "", name, (region) => this.markRegion(region, at, true));
    });
    return [
      make("h3", {}, "Where it comes from"),
      ...this.figures.map((figure) => figure.element),
      this.valueList(),
      task("What the model saw, pixel by pixel", "The upright picture at the size it was used at, with the tiles it is counted as and the lines that were read.", "Show the exact pixels", (...run) => this.showPixels(...run)),
      task("Low against high", "The same question at both details: what it costs and what it changes.", "Ask at both", (...run) => this.compareDetails(...run)),
      task("Is it robust?", "The same question about the picture turned, blurred, darkened and mirrored.", "Ask about each", (...run) => this.vary(...run)),
      twoModels(this.body.model, async () => withPictures(this.body, await this.urls())),
      this.regionTask(),
    ];
  }

  urls() {
    this.sent ??= Promise.all(this.files.map(dataUrlOf));
    return this.sent;
  }

  /** Make the values of a JSON answer into buttons that show their boxes below. */
  mark(code) {
    const name = (value) => `${this.nameOf(value)}: ${short(value.text)}, ${this.sureOf(value)}; show it on the picture`;
    markValues(code, this.values, name, (value) => this.pointFromAnswer(value));
  }

  pointFromAnswer(value) {
    this.panel.open = true;
    this.fill();
    const button = this.buttons[this.values.indexOf(value)];
    if (button.getAttribute("aria-pressed") !== "true") button.click();
    else (this.figures[value.image] ?? this.figures[0])?.element.scrollIntoView({ block: "nearest" });
  }

  nameOf({ path }) {
    return path === "$" ? "answer" : path.replace(/^\$\.?/, "");
  }

  sureOf({ confidence, boxes, n_places }) {
    const place = boxes.length ? `read in ${boxes.length === 1 ? "one place" : `${boxes.length} lines`}` : "not read in the picture";
    return `confidence ${percent(confidence)}; ${place}${n_places > 1 ? `; the same text stands in ${n_places} places` : ""}`;
  }

  valueList() {
    this.buttons = [];
    if (!this.values.length) return make("p", {}, "The answer has no values to point at.");
    const buttons = this.values.map((value) => {
      const sure = sureness(value.confidence);
      const button = make(
        "button",
        { type: "button", class: `look-value ${sure}`, "aria-pressed": "false", onclick: () => this.point(value, button, buttons) },
        make("span", { class: "look-path" }, this.nameOf(value)),
        make("span", { class: "look-text" }, short(value.text)),
        make("span", { class: "look-sure" }, this.sureOf(value)),
      );
      return button;
    });
    this.buttons = buttons;
    return make("ul", { class: "look-values" }, ...buttons.map((button) => make("li", {}, button)));
  }

  /** Show the boxes of a value, and of no other; pressing it again shows none. */
  point(value, button, buttons) {
    const isShown = button.getAttribute("aria-pressed") !== "true";
    for (const other of buttons) other.setAttribute("aria-pressed", String(other === button && isShown));
    this.figures.forEach((figure, at) => {
      const boxes = isShown && at === value.image ? value.boxes : [];
      figure.draw("values", boxes.map((box) => ({ box, sure: sureness(value.confidence) })));
      if (boxes.length) figure.element.scrollIntoView({ block: "nearest" });
    });
  }

  async showPixels(out, signal) {
    const images = await preview(withPictures(this.body, await this.urls()), signal);
    const parts = images.map((image, at) => {
      const figure = this.figures[at];
      figure.image.src = image.picture;
      figure.caption.textContent = `The exact pixels: ${image.width} × ${image.height} px, ${image.tokens} tokens, ${image.decode_ms.toFixed(0)} ms to decode, ${readingTime(this.images[at])}.`;
      figure.drawTiles(image);
      figure.draw("lines", (image.reading ?? []).map(({ box }) => ({ box })));
      const drawn = image.figures ?? [];
      figure.draw("drawn", drawn.map(({ box }) => ({ box })));
      const encoder = image.encoder_picture
        ? make("figure", {}, picture(image.encoder_picture, "The picture as the model's own encoder gets it"), make("figcaption", {}, `What the model's own encoder gets: ${image.model_width} × ${image.model_height} px.`))
        : null;
      const lines = make("details", {}, make("summary", {}, `${image.reading?.length ?? 0} lines of text`), make("ol", {}, ...(image.reading ?? []).map(({ text }) => make("li", {}, text))));
      const figures = make("details", {}, make("summary", {}, `${drawn.length} drawn figures`), make("ol", {}, ...drawn.map(({ text }) => make("li", {}, text))));
      const chart = image.chart ?? [];
      const rows = chart.map(({ label, values }) => make("tr", {}, make("th", { scope: "row" }, label), ...values.map((value) => make("td", {}, value))));
      const numbers = make("details", {}, make("summary", {}, `${chart.length} labels with numbers`), make("table", {}, make("tbody", {}, ...rows)));
      return make("div", {}, this.toggle(figure, "tiles", `Tiles (${image.columns} × ${image.rows})`), this.toggle(figure, "lines", "Lines of text"), ...(drawn.length ? [this.toggle(figure, "drawn", "Drawn figures")] : []), encoder, lines, ...(drawn.length ? [figures] : []), ...(chart.length ? [numbers] : []));
    });
    out.replaceChildren(...parts);
  }

  toggle(figure, layer, label) {
    const box = make("input", { type: "checkbox", checked: true, onchange: () => figure.show(layer, box.checked) });
    figure.show(layer, true);
    return make("label", { class: "look-toggle" }, box, label);
  }

  async compareDetails(out, signal, say) {
    const columns = [];
    for (const detail of ["low", "high"]) {
      say(`Asking at ${detail} …`);
      const body = withPictures(this.body, await this.urls(), detail);
      const answer = await ask(body, signal);
      columns.push({ ...answer, seen: await preview(body, signal) });
    }
    const each = (show) => columns.map(show);
    const sum = (images, name) => images.reduce((total, image) => total + image[name], 0);
    out.replaceChildren(
      table("Low against high", ["", "low", "high"], [
        ["picture", ...each(({ seen }, at) => make("span", {}, ...seen.map((image) => picture(image.picture, `Used at ${at ? "high" : "low"}`))))],
        ["size used", ...each(({ seen }) => seen.map(({ width, height }) => `${width} × ${height} px`).join(", "))],
        ["image tokens", ...each(({ seen }) => String(sum(seen, "tokens")))],
        ["tokens in / out", ...each(({ usage }) => `${usage.prompt_tokens} / ${usage.completion_tokens}`)],
        ["time", ...each(({ ms }) => `${(ms / 1000).toFixed(1)} s`)],
        ["of it, reading", ...each(({ receipt }) => receipt.images.map(readingTime).join(", "))],
        ["lines of text", ...each(({ seen }) => String(sum(seen, "n_lines")))],
        ["answer", ...each(({ text }) => short(text))],
      ]),
    );
  }

  async vary(out, signal, say) {
    const [seen, ...others] = await preview(withPictures(this.body, await this.urls()), signal);
    const rows = [];
    let first = null;
    for (const [name, url] of await variantsOf(seen.picture)) {
      say(`Asking: ${name} …`);
      const { text, ms } = await ask(withPages(this.body, [url, ...others.map((image) => image.picture)]), signal);
      first ??= text;
      const verdict = plain(text) === plain(first) ? "the same" : "another";
      rows.push([name, picture(url, `The picture, ${name}`), rows.length ? verdict : "–", short(text), `${(ms / 1000).toFixed(1)} s`]);
      out.replaceChildren(table("The same question on harder pictures", ["picture", "seen", "answer is", "answer", "time"], rows));
    }
  }

  /** While this part is open, a finger on the picture draws; otherwise it scrolls the page. */
  regionTask() {
    const part = task("Ask about a part alone", "Drag over the picture, with a mouse or a finger, or write the corners in pixels: left, top, right, bottom.", "Ask about this part", (...run) => this.askRegion(...run), make("label", { for: "look-region" }, "Part of the picture"), this.region);
    part.addEventListener("toggle", () => this.figures.forEach((figure) => figure.letFingersDraw(part.open)));
    return part;
  }

  typedRegion() {
    const sides = this.region.value.split(/[\s,;]+/).filter(Boolean).map(Number);
    return sides.length === 4 && sides.every((side) => Number.isInteger(side) && side >= 0) ? sides : null;
  }

  markRegion(region, at, isDrawn = false) {
    this.regionOf = at;
    if (isDrawn) this.region.value = region.join(", ");
    this.figures.forEach((figure, index) => figure.draw("region", region && index === at ? [{ box: region }] : []));
  }

  async askRegion(out, signal) {
    if (hasPages(this.body)) throw new Error("a part can be cut from a picture, not from a page of a PDF");
    const region = this.typedRegion();
    const { width, height } = this.figures[this.regionOf];
    const isInside = region && region[0] < region[2] && region[1] < region[3] && region[2] <= width && region[3] <= height;
    if (!isInside) throw new Error(`four whole numbers, left, top, right, bottom, within ${width} × ${height} px`);
    const body = withPictures(aboutOne(this.body, this.regionOf), [(await this.urls())[this.regionOf]]);
    const [part] = await preview(body, signal, region);
    const answer = await ask(withPictures(body, [part.picture]), signal);
    out.replaceChildren(
      make("figure", {}, picture(part.picture, "The part that was asked about"), make("figcaption", {}, `${part.source_width} × ${part.source_height} px of the picture, ${(answer.ms / 1000).toFixed(1)} s.`)),
      make("p", { class: "look-answer" }, answer.text),
    );
  }
}

function isSameJson(one, other) {
  try {
    return JSON.stringify(JSON.parse(one)) === JSON.stringify(JSON.parse(other));
  } catch {
    return false;
  }
}

/** Mark the values of a whole JSON answer, and once more whenever Gradio draws it anew, until another is asked for. */
function keepMarked(look, answer, isCurrent) {
  const place = document.querySelector("#answer");
  const mark = () => {
    if (!isCurrent()) return watcher.disconnect();
    const code = place.querySelector("pre code");
    if (code && !code.querySelector(".answer-value") && isSameJson(code.textContent, answer)) look.mark(code);
  };
  const watcher = new MutationObserver(mark);
  watcher.observe(place, { childList: true, subtree: true });
  mark();
}

/** Show what belongs to the answer that is on the page, once, and keep it in the history. It may have loaded a model. */
function follow(seen, place, history, modelLine) {
  let shown = null;
  const show = () => {
    const asked = seen.querySelector(".asked")?.textContent ?? null;
    if (asked === shown) return;
    shown = asked;
    place.replaceChildren();
    if (asked === null) return;
    const note = JSON.parse(asked);
    const look = new Look(note);
    place.append(look.element);
    keepMarked(look, note.answer, () => shown === asked);
    modelLine.show();
    (window.requestIdleCallback ?? setTimeout)(() => history.add(note, look.pictures));
  };
  new MutationObserver(show).observe(seen, { childList: true, subtree: true, characterData: true });
  show();
}

// Gradio draws its parts after this script has started. From then on the receipt alone is watched: a growing answer is not.
const waiting = setInterval(() => {
  const names = ["#seen", "#look .look-place", "#history .history-place", "#model-line .model-place"];
  const [seen, place, kept, line] = names.map((name) => document.querySelector(name));
  if (!seen || !place || !kept || !line) return;
  clearInterval(waiting);
  follow(seen, place, new History(kept), new ModelLine(line));
}, 100);
