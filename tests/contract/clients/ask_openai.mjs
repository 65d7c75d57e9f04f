// openai-node: ask about a picture, stream it, have a zod model filled in, and name a model there is not.
import OpenAI from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import { VERSION } from "openai/version";
import { z } from "zod";

const [baseURL, question, url] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: "none", maxRetries: 0 });
const Slip = z.object({ vendor: z.string(), total: z.number(), paid: z.boolean() });
const content = [
  { type: "text", text: question },
  { type: "image_url", image_url: { url } },
];
const ask = { model: "gpt-4o", messages: [{ role: "user", content }] };

const whole = await client.chat.completions.create(ask);
const pieces = [];
for await (const piece of await client.chat.completions.create({
  ...ask,
  stream: true,
  stream_options: { include_usage: true },
})) {
  pieces.push(piece);
}
const filled = await client.chat.completions.parse({ ...ask, response_format: zodResponseFormat(Slip, "slip") });
let error = null;
try {
  await client.chat.completions.create({ ...ask, model: "nope" });
} catch (caught) {
  if (!(caught instanceof OpenAI.NotFoundError)) throw caught;
  error = caught.message;
}
console.log(
  JSON.stringify({
    versions: { openai: VERSION },
    text: whole.choices[0].message.content,
    streamed: pieces.map((piece) => piece.choices[0]?.delta.content ?? "").join(""),
    n_pieces: pieces.length,
    tokens: whole.usage.prompt_tokens,
    streamed_tokens: pieces.at(-1).usage.prompt_tokens,
    slips: { json_schema: filled.choices[0].message.parsed },
    error,
  }),
);
