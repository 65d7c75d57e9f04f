// What was asked and answered, in this browser and nowhere else: the words and small copies of the pictures, never the key.
// The last questions are kept whole beside it, so that their conversations can go on.

import { ask, dataUrlOf, filesOf, withPictures } from "./api.js";
import { bodyAt, keepBody, keepOnly, timesKept } from "./bodies.js";
import { make, task } from "./dom.js";

const STORE = "sightline.history";
const FORMAT = "sightline-history-1";
const MAX_CHARS = 2_000_000; // of the five million that browsers give a page
const N_TO_GO_ON = 20;
const MAX_BODY_CHARS = 40_000_000;
const THUMB_PX = 160;
const THUMB = /^data:image\/jpeg;base64,[\w+/=]+$/;
const isText = (value) => typeof value === "string";
const isEntry = (entry) =>
  entry !== null && typeof entry === "object" && [entry.at, entry.model, entry.asked, entry.answer].every(isText) &&
  Array.isArray(entry.pictures) && entry.pictures.every((url) => isText(url) && THUMB.test(url));
const only = ({ at, model, asked, answer, pictures }) => ({ at, model, asked, answer, pictures });

function entriesOf(text) {
  const { format, entries } = JSON.parse(text);
  if (format !== FORMAT || !Array.isArray(entries) || !entries.every(isEntry)) throw new Error("not a history that was exported here");
  return entries.map(only);
}

const written = (entries) => JSON.stringify({ format: FORMAT, entries });

async function thumbOf(url) {
  const image = new Image();
  image.src = url;
  await image.decode();
  const scale = Math.min(1, THUMB_PX / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight].map((side) => Math.max(1, Math.round(side * scale)));
  const context = canvas.getContext("2d");
  context.fillStyle = "white"; // JPEG has no transparency
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.7);
}

export class History {
  constructor(place) {
    this.status = make("p", { class: "look-status", role: "status" });
    this.list = make("ol", { class: "history-list" });
    this.file = make("input", { type: "file", accept: "application/json,.json", id: "history-file", onchange: () => this.take() });
    const button = (label, work) => make("button", { type: "button", class: "look-button", onclick: work }, label);
    const says = `What you asked and what was answered, with small copies of the pictures, and for the last ${N_TO_GO_ON} the pictures themselves. It stays in this browser; only what you continue is sent again. The API key is not kept, and a file that you export has the small copies alone.`;
    this.panel = make(
      "details", { class: "look history" },
      make("summary", {}, "History in this browser"), make("p", {}, says),
      make("p", { class: "history-do" }, button("Export as a file", () => this.give()), button("Delete all", () => this.keep([]))),
      make("label", { for: "history-file" }, "Import a file"), this.file, this.status, this.list,
    );
    this.panel.addEventListener("toggle", () => this.panel.open && this.draw());
    place.replaceChildren(this.panel);
  }

  get entries() {
    try {
      return entriesOf(localStorage.getItem(STORE) ?? written([]));
    } catch {
      return []; // of another version, or storage is refused
    }
  }

  get timesToGoOn() {
    return this.entries.slice(0, N_TO_GO_ON).map(({ at }) => at);
  }

  /** Keep these entries and no others; false, and nothing changed, if they do not fit. */
  keep(entries) {
    const text = written(entries);
    try {
      if (text.length > MAX_CHARS) throw new Error();
      localStorage.setItem(STORE, text);
    } catch {
      keepOnly(this.timesToGoOn);
      this.draw("The history is full: the last was not kept. Export it if you like, and delete some.");
      return false;
    }
    keepOnly(this.timesToGoOn);
    this.draw();
    return true;
  }

  /** Keep an answer, when the browser has nothing better to do. */
  async add({ body, answer }, pictures) {
    const whole = await Promise.all(filesOf(body).map(dataUrlOf)).then((urls) => withPictures(body, urls), () => null);
    const thumbs = (await Promise.all(pictures.map((url) => thumbOf(url).catch(() => null)))).filter((url) => url !== null);
    const content = body.messages.at(-1).content;
    const asked = isText(content) ? content : content.filter(({ type }) => type === "text").map(({ text }) => text).join("\n");
    await this.addEntry({ model: body.model, asked, answer, pictures: thumbs }, whole);
  }

  /** Put an entry before the others, with its question as it was sent unless that is too large or not at hand. */
  async addEntry(entry, body) {
    const at = new Date().toISOString();
    if (body && JSON.stringify(body).length <= MAX_BODY_CHARS) await keepBody(at, body).catch(() => {});
    return this.keep([{ at, ...entry }, ...this.entries]);
  }

  draw(said = null) {
    const entries = this.entries;
    const share = Math.ceil((written(entries).length / MAX_CHARS) * 100);
    this.status.textContent = said ?? (entries.length ? `${entries.length} kept, ${share} % of the room of ${MAX_CHARS / 1_000_000} MB.` : "Nothing is kept.");
    if (!this.panel.open) return;
    const items = entries.map((entry, at) => this.item(entry, at));
    this.list.replaceChildren(...items);
    timesKept().then((kept) => entries.forEach((entry, at) => kept.includes(entry.at) && items[at].append(this.goOn(entry))));
  }

  /** The part of an entry that asks the next question about its pictures, with all that was said. */
  goOn({ at, model, asked, answer, pictures }) {
    const id = `history-next-${at}`;
    const field = make("input", { type: "text", id, onkeydown: ({ key }) => key === "Enter" && part.querySelector("button").click() });
    const part = task("Continue", "A next question about the same pictures, with what was said before.", "Ask", async (_, signal) => {
      const next = field.value.trim();
      if (!next) throw new Error("write a question first");
      const { response_format, ...before } = await bodyAt(at);
      const turns = [{ role: "assistant", content: answer }, { role: "user", content: next }];
      const body = { ...before, messages: [...before.messages, ...turns] };
      const said = await ask(body, signal);
      if (await this.addEntry({ model, asked: next, answer: said.text, pictures }, body)) this.list.firstChild.focus();
    }, make("label", { for: id }, "Next question"), field);
    part.querySelector("summary").setAttribute("aria-label", `Continue: ${asked.slice(0, 60)}`);
    return part;
  }

  item({ at, model, asked, answer, pictures }, index) {
    const when = `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
    const drop = () => this.keep(this.entries.filter((_, other) => other !== index));
    return make(
      "li", { tabindex: "-1" },
      ...pictures.map((url) => make("img", { src: url, alt: "", class: "look-thumb" })),
      make("p", { class: "look-path" }, asked), make("p", { class: "look-answer" }, answer), make("p", { class: "look-status" }, `${when}, ${model}`),
      make("button", { type: "button", class: "look-button", "aria-label": `Delete: ${asked.slice(0, 60)}`, onclick: drop }, "Delete"),
    );
  }

  give() {
    const url = URL.createObjectURL(new Blob([written(this.entries)], { type: "application/json" }));
    make("a", { href: url, download: "sightline-history.json" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }

  async take() {
    const [file] = this.file.files;
    if (!file) return;
    try {
      if (file.size > MAX_CHARS * 4) throw new Error("it is too large");
      const here = this.entries;
      const known = new Set(here.map((entry) => JSON.stringify(entry)));
      const coming = entriesOf(await file.text()).filter((entry) => !known.has(JSON.stringify(entry)));
      this.keep([...here, ...coming].sort((one, other) => other.at.localeCompare(one.at)));
    } catch (error) {
      this.draw(`Error: the file was not taken: ${error instanceof SyntaxError ? "it is not JSON" : error.message}.`);
    }
    this.file.value = "";
  }
}
