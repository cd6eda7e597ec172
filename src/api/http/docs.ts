import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { Refusal } from "@/domain/kernel";
import { send, sendRefusal } from "./answer";

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>API · Mission Control</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css">
  </head>
  <body>
    <div id="explorer"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

const start = `SwaggerUIBundle({ url: "/v1/openapi.json", dom_id: "#explorer", docExpansion: "list", validatorUrl: null });\n`;

const html = "text/html; charset=utf-8";
const script = "text/javascript; charset=utf-8";
/** Files of the package that are served; nothing else of the disk can be asked for. */
const assets: Record<string, string> = {
  "swagger-ui.css": "text/css; charset=utf-8",
  "swagger-ui-bundle.js": script,
};

/** The explorer at `/docs`: all from our own origin, no inline script. */
export async function answerDocs(
  req: IncomingMessage,
  res: ServerResponse,
  requestId: string,
): Promise<void> {
  const [path = ""] = (req.url ?? "").split("?");
  const name = path.replace(/^\/docs\/?/, "");
  if (name === "") return send(req, res, 200, page, html);
  if (name === "start.js") return send(req, res, 200, start, script);
  const type = assets[name];
  if (!type) return sendRefusal(req, res, new Refusal("not-found", "There is no such file."), requestId);
  const file = createRequire(import.meta.url).resolve(`swagger-ui-dist/${name}`);
  res.setHeader("Cache-Control", "public, max-age=3600");
  return send(req, res, 200, await readFile(file), type);
}
