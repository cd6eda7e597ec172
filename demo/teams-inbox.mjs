/** Stands in for a Microsoft Teams channel: takes the cards that its webhook would get, prints them, and shows them as a page. */
import { createServer } from "node:http";

const kept = 50;
const cards = [];

/** All text of an Adaptive Card in reading order. */
function textsOf(node) {
  if (Array.isArray(node)) return node.flatMap(textsOf);
  if (node === null || typeof node !== "object") return [];
  const own = typeof node.text === "string" ? [node.text] : [];
  const facts = Array.isArray(node.facts) ? node.facts.map((fact) => `${fact.title} ${fact.value}`) : [];
  const inside = ["body", "items", "columns", "inlines"].flatMap((part) => textsOf(node[part]));
  return [...own, ...facts, ...inside];
}

const escaped = (text) =>
  text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);

function page() {
  const items = cards.map(
    ({ at, texts, links }) =>
      `<article><time>${at}</time><h2>${escaped(texts[0] ?? "Card")}</h2>${texts
        .slice(1)
        .map((text) => `<p>${escaped(text)}</p>`)
        .join(
          "",
        )}${links.map((link) => `<a href="${escaped(link.url)}">${escaped(link.title)}</a>`).join(" ")}</article>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="3"><title>Ops Teams (demo inbox)</title>
<style>body{font:14px/1.5 system-ui;max-width:40rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
article{border:1px solid #8884;border-radius:10px;padding:.75rem 1rem;margin:1rem 0}h2{font-size:15px;margin:0}p{margin:.2rem 0}time{float:right;opacity:.6}</style>
<h1>Ops Teams (demo inbox)</h1>${items.join("") || "<p>No card yet. End a demo agent with kill -9 and wait a few seconds.</p>"}</html>`;
}

const server = createServer(async (request, response) => {
  if (request.method !== "POST") {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page());
    return;
  }
  let body = "";
  for await (const chunk of request) {
    body += chunk;
    if (body.length > 1_000_000) return response.writeHead(413).end("Too large");
  }
  try {
    const card = JSON.parse(body).attachments[0].content;
    const texts = textsOf(card);
    const links = (card.actions ?? []).filter((action) => /^https?:/.test(action.url ?? ""));
    cards.unshift({ at: new Date().toTimeString().slice(0, 8), texts, links });
    cards.length = Math.min(cards.length, kept);
    console.log(texts.join(" · "));
    // Teams Workflows answer 202 without a body.
    response.writeHead(202).end();
  } catch {
    response.writeHead(400).end("This is not an Adaptive Card in the envelope that Teams takes.");
  }
});
server.listen(Number(process.env.PORT ?? 0), "127.0.0.1", () => {
  console.log(`listening ${server.address().port}`);
});
process.once("SIGTERM", () => process.exit(0));
