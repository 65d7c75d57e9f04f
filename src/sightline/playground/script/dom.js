// Elements made of text: nothing that an answer or a picture says is ever taken for markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element with its attributes and children; a child that is no element is text. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

export function makeSvg(name, attributes = {}) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/** A table whose head is `names` and whose first column names each row; a cell is text or an element. */
export function table(caption, names, rows) {
  const head = make("tr", {}, ...names.map((name) => make("th", { scope: "col" }, name)));
  const body = rows.map(([first, ...rest]) =>
    make("tr", {}, make("th", { scope: "row" }, first), ...rest.map((cell) => make("td", {}, cell))),
  );
  const whole = make("table", {}, make("caption", {}, caption), make("thead", {}, head), make("tbody", {}, ...body));
  return make("div", { class: "look-scroll", tabindex: "0", role: "region", "aria-label": caption }, whole);
}

/** A part that does its work when its button is pressed, says how it goes, and can be stopped. */
export function task(title, says, label, work, ...controls) {
  const status = make("p", { class: "look-status", role: "status" });
  const out = make("div");
  let running = null;
  const button = make("button", { type: "button", class: "look-button", onclick: () => (running ? running.abort() : run()) }, label);
  async function run() {
    running = new AbortController();
    button.textContent = "Stop";
    status.textContent = "Asking …";
    try {
      await work(out, running.signal, (text) => (status.textContent = text));
      status.textContent = "Done.";
    } catch (error) {
      status.textContent = running.signal.aborted ? "Stopped." : `Error: ${error.message}`;
    }
    running = null;
    button.textContent = label;
  }
  return make("details", {}, make("summary", {}, title), make("p", {}, says), ...controls, button, status, out);
}
