// The page's own calls of the HTTP API: what any client would send, with the visitor's key, to the server it came from.

const READING = { "x-sightline-reading": "1" };

function headers() {
  const key = document.querySelector("#key input")?.value.trim();
  return { "content-type": "application/json", ...READING, ...(key ? { authorization: `Bearer ${key}` } : {}) };
}

async function call(path, init) {
  const reply = await fetch(path, { ...init, headers: headers() });
  const said = await reply.json().catch(() => ({}));
  if (!reply.ok) throw new Error(said.error?.message ?? `the server answered with status ${reply.status}`);
  return said;
}

const post = (path, body, signal) => call(path, { method: "POST", body: JSON.stringify(body), signal });

/** A file that was uploaded here, as a data URL: read, not decoded. */
export async function dataUrlOf(url) {
  const reply = await fetch(url);
  if (!reply.ok) throw new Error("the picture is no longer on the server; choose it once more");
  const sent = reply.headers.get("content-type") ?? "";
  const type = /\.pdf$/i.test(url) ? "application/pdf" : sent.startsWith("image/") ? sent : "image/png";
  const file = new Blob([await reply.arrayBuffer()], { type });
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => failed(new Error("the picture could not be read"));
    reader.readAsDataURL(file);
  });
}

const partsOf = (body) => body.messages.flatMap(({ content }) => (typeof content === "string" ? [] : content));
const isFile = ({ type }) => type === "image_url" || type === "file";

/** The addresses of a body's pictures and documents, in order. */
export const filesOf = (body) => partsOf(body).filter(isFile).map((part) => part.image_url?.url ?? part.file.file_data);

/** Whether a body has a document, whose pages are pictures that only the server makes. */
export const hasPages = (body) => partsOf(body).some(({ type }) => type === "file");

/** The body with these data URLs in the place of its files, in order, and with a change of every `detail` if wanted. */
export function withPictures(body, urls, detail) {
  const copy = structuredClone(body);
  let at = 0;
  for (const { content } of copy.messages) {
    if (typeof content === "string") continue;
    for (const part of content.filter(isFile)) {
      if (part.type === "file") part.file = { ...part.file, file_data: urls[at++] };
      else part.image_url = { ...part.image_url, url: urls[at++], ...(detail ? { detail } : {}) };
    }
  }
  return copy;
}

/** The body about these pictures in the place of all its files: pages of documents become pictures. */
export function withPages(body, urls) {
  const copy = structuredClone(body);
  const [first] = copy.messages;
  const detail = first.content.find(({ type }) => type === "image_url")?.image_url.detail ?? "high";
  const pages = urls.map((url) => ({ type: "image_url", image_url: { url, detail } }));
  first.content = [...pages, ...first.content.filter((part) => !isFile(part))];
  return copy;
}

/** The question about one picture alone: pictures before it and after it are left out. */
export function aboutOne(body, index) {
  let at = 0;
  const copy = structuredClone(body);
  for (const message of copy.messages) {
    if (typeof message.content !== "string") {
      message.content = message.content.filter((part) => !isFile(part) || at++ === index);
    }
  }
  return copy;
}

/** The body, with the server's first model if it names none. */
async function withModel(body, signal) {
  return body.model ? body : { ...body, model: (await call("/v1/models", { signal })).data[0].id };
}

/** Every model of the server by its own name, with what is known of it; other names for the same are left out. */
export async function models() {
  return (await call("/v1/models", {})).data.filter(({ id, sightline }) => id === sightline.model);
}

/** The pixels that the model would get of each picture, with the lines that are read in it. */
export async function preview(body, signal, region) {
  const query = region ? `?region=${region.join(",")}` : "";
  return (await post(`/v1/sightline/preview${query}`, await withModel(body, signal), signal)).images;
}

/** A whole answer, with its receipt and the milliseconds that it took from here. */
export async function ask(body, signal) {
  const { stream, stream_options, ...whole } = await withModel(body, signal);
  const started = performance.now();
  const reply = await post("/v1/chat/completions", whole, signal);
  const ms = performance.now() - started;
  return { text: reply.choices[0].message.content ?? "", usage: reply.usage, receipt: reply.sightline, ms };
}
