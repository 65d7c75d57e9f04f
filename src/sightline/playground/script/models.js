// Which model answers: a line about the one that is chosen, and the same pictures and question to two, side by side.

import { ask, models } from "./api.js";
import { make, task } from "./dom.js";

const STATES = { loaded: "Loaded now", loading: "Loading now", unloaded: "Loads at the first question", elsewhere: "Answers from another server" };
const NOT_TOLD = "What the model is good at, and whether it is loaded, is told once the server lets you in.";
const WORDS = { loaded: "loaded now", loading: "loading now", unloaded: "loads when it is asked", elsewhere: "on another server" };

/** What is known of a model, in one line. */
export function lineOf({ good_at, state, memory_bytes }) {
  const good = good_at === null ? "What it is good at is not known." : `Good at ${good_at}.`;
  const memory = memory_bytes === null ? "" : memory_bytes ? `; takes about ${Math.round(memory_bytes / 1e6)} MB of memory` : "; takes no memory";
  return `${good} ${STATES[state]}${memory}.`;
}

/** The line about the chosen model: asked for now, when another model or key is given, and by whoever calls `show`. */
export class ModelLine {
  constructor(place) {
    this.line = make("p", { role: "status" });
    place.replaceChildren(this.line);
    document.addEventListener("focusout", ({ target }) => {
      if (target.closest("#model, #key")) requestAnimationFrame(() => this.show()); // by then the choice stands there
    });
    this.show();
  }

  async show() {
    const known = await models().catch(() => null);
    const chosen = document.querySelector("#model input")?.value; // none where there is only one
    const said = known === null ? NOT_TOLD : lineOf((known.find(({ id }) => id === chosen) ?? known[0]).sightline);
    if (said !== this.line.textContent) this.line.textContent = said; // else it would be read aloud again
  }
}

/** A choice among models, with its own label. */
function choice(id, label) {
  const select = make("select", { id, class: "look-select" });
  return { select, element: make("p", {}, make("label", { for: id }, label), select) };
}

/** The part that asks two models; `bodyOf` gives the question as it was asked, with its pictures. */
export function twoModels(first, bodyOf) {
  const choices = [choice("look-model-1", "First model"), choice("look-model-2", "Second model")];
  const part = task(
    "Two models side by side", "The same pictures and question, asked of two models one after the other.", "Ask both models",
    (...run) => askBoth(choices, bodyOf, ...run), ...choices.map(({ element }) => element),
  );
  part.addEventListener("toggle", () => part.open && offer(choices, first, part.querySelector("[role=status]")));
  return part;
}

/** Offer every model of the server, once: the one that was asked, and another. */
async function offer(choices, first, status) {
  if (choices[0].select.options.length) return;
  try {
    const known = await models();
    const ids = known.map(({ id }) => id);
    const asked = ids.includes(first) ? first : ids[0];
    const other = ids.find((id) => id !== asked) ?? asked;
    [asked, other].forEach((id, at) => {
      choices[at].select.replaceChildren(...known.map(({ id, sightline }) => make("option", { value: id }, `${id} (${WORDS[sightline.state]})`)));
      choices[at].select.value = id;
    });
    if (ids.length === 1) status.textContent = "This server has one model, which can only be compared with itself.";
  } catch (error) {
    status.textContent = `Error: ${error.message}`;
  }
}

async function askBoth(choices, bodyOf, out, signal, say) {
  const body = await bodyOf();
  const columns = choices.map(({ select }) => ({ model: select.value, place: make("section", { "aria-label": select.value }) }));
  out.replaceChildren(make("div", { class: "look-columns" }, ...columns.map(({ place }) => place)));
  for (const { model, place } of columns) place.replaceChildren(make("h4", {}, model), make("p", {}, "–"));
  for (const { model, place } of columns) {
    say(`Asking ${model} …`);
    place.replaceChildren(make("h4", {}, model), ...(await answerOf({ ...body, model }, signal)));
  }
}

/** What a model said, with its time and tokens; or its error, which stops nothing but itself. */
async function answerOf(body, signal) {
  try {
    const { text, usage, ms } = await ask(body, signal);
    const kept = usage.prompt_tokens_details?.cached_tokens;
    const cost = `${(ms / 1000).toFixed(1)} s, ${usage.prompt_tokens} tokens in${kept ? ` (${kept} from cache)` : ""}, ${usage.completion_tokens} out`;
    return [make("p", { class: "look-answer" }, text), make("p", { class: "look-status" }, cost)];
  } catch (error) {
    if (signal.aborted) throw error;
    return [make("p", { class: "look-answer" }, `Error: ${error.message}`)];
  }
}
