// Plays all three roles as a chat-completions server of somebody else's make,
// @copilotkit/aimock: what it streams, how it writes calls and what it breaks
// are its own. Prints its address; SHARE of its calls go wrong.
//
//   node aimock.mjs FOLDER-OF-NODE-MODULES SHARE
import { createRequire } from "node:module";
import { createHash } from "node:crypto";
import { join } from "node:path";

const [folder, share] = process.argv.slice(2);
const require = createRequire(join(folder, "x.js"));
const { LLMock } = require("@copilotkit/aimock");

const textOf = (message) => String(message.content ?? "");

const hashOf = (request) =>
  createHash("sha256")
    .update(JSON.stringify(request.messages.map(textOf)))
    .digest()
    .readUInt32BE(0);

const isAbout = (request, words) => textOf(request.messages[0]).includes(words);

function rewritten(request) {
  const blocks = textOf(request.messages.at(-1)).matchAll(
    /<block n="(\d+)">([^]*?)<\/block>/g,
  );
  let text = "";
  for (const [, number, thought] of blocks) {
    if (thought !== "...") text += `<block n="${number}">So, ${thought}</block>\n`;
  }
  return { content: text || "Nothing." };
}

function asked(request, hash) {
  const mine = request.messages.filter((m) => m.role === "assistant").length;
  const line = `line ${mine + 1} of ${hash % 100000}`;
  return { content: mine >= 2 && hash % 3 === 0 ? `${line}\n[END]` : line };
}

// Calls in the fields of the wire where tools are sent there, else in tags.
function answered(request, hash) {
  const last = request.messages.at(-1);
  const done = last.role === "tool" || textOf(last).includes("<tool_result>");
  const think = `<think>\nOkay, line ${hash % 977} makes me think\n</think>\n\n`;
  if (done || hash % 3 === 2) return { content: `${think}Line ${hash % 7919}.` };
  const call =
    hash % 3 === 0
      ? ["add_memory", { input_text: [`They said ${hash % 9973}.`, "a ] b"] }]
      : ["recall_memories", {}];
  const [name, input] = call;
  if (request.tools?.some((tool) => tool.function.name === name)) {
    return {
      content: think,
      toolCalls: [{ name, arguments: JSON.stringify(input) }],
    };
  }
  const text = JSON.stringify({ name, arguments: input });
  return { content: `${think}<tool_call>${text}</tool_call>` };
}

function reply(request) {
  const hash = hashOf(request);
  if (isAbout(request, "edit the private thoughts")) return rewritten(request);
  if (isAbout(request, "play a person")) return asked(request, hash);
  return answered(request, hash);
}

// Its 429 always tells of 60 requests a minute, which a client that believes
// headers keeps from then on: it is left out here.
const part = Number(share) / 3;
const mock = new LLMock({
  port: 0,
  logLevel: "silent",
  journalMaxEntries: 10,
  chaos: {
    dropRate: part,
    malformedRate: part,
    disconnectRate: part,
  },
});
mock.addFixture({ match: { predicate: () => true }, response: reply });
await mock.start();
console.log(mock.url);
