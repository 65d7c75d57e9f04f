// The values of a JSON answer as buttons, where they stand in it. The text stays as it was, to the letter.

const TOKEN = /\s*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|([^\s{}[\],:"]+))/gy;

/** Where each plain value of a JSON text stands: its path as the receipt writes it, and its first and last place. */
export function placesOf(text) {
  const places = [];
  const open = []; // objects and lists around: { key } or { index }
  const path = () => open.reduce((way, level) => ("index" in level ? `${way}[${level.index}]` : `${way}.${level.key}`), "$");
  let before = "";
  for (const found of text.matchAll(TOKEN)) {
    const [, mark, string, word] = found;
    const level = open.at(-1);
    if (mark === "{") open.push({ key: null });
    else if (mark === "[") open.push({ index: 0 });
    else if (mark === "}" || mark === "]") open.pop();
    else if (mark === "," && "index" in level) level.index++;
    else if (string !== undefined && level && "key" in level && before !== ":") level.key = JSON.parse(string);
    else if (!mark) {
      const end = found.index + found[0].length;
      places.push({ path: path(), start: end - (string ?? word).length, end });
    }
    before = mark ?? "";
  }
  return places;
}

function spotOf(root, at) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let left = at, node = walker.nextNode(); node; left -= node.length, node = walker.nextNode()) {
    if (left <= node.length) return [node, left];
  }
  return null;
}

/** Put a button around each value of `code` that `values` has, from the last to the first, so that places stay true. */
export function markValues(code, values, name, press) {
  for (const { path, start, end } of placesOf(code.textContent).reverse()) {
    const value = values.find((value) => value.path === path);
    const [from, to] = [spotOf(code, start + 1), spotOf(code, end)];
    if (!value || !from || !to) continue;
    const range = document.createRange();
    range.setStart(from[0], from[1] - 1);
    range.setEnd(...to);
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "answer-value" });
    button.setAttribute("aria-label", name(value));
    button.addEventListener("click", () => press(value));
    button.append(range.extractContents());
    range.insertNode(button);
  }
}
