import { request } from "node:http";

export type RawAnswer = { status: number; headers: Record<string, string[]>; text: string };
export type RawRequest = {
  method: string;
  /** From the root, as it is to stand in the request. */
  path: string;
  headers?: Record<string, string>;
  body?: Buffer | string;
};

/** One request with any method, header and bytes that Node lets out: `fetch` refuses or mends many of them. */
export function rawRequest(
  url: string,
  { method, path, headers = {}, body }: RawRequest,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const asked = request({ host: hostname, port, method, path, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        const all: Record<string, string[]> = {};
        for (const [name, values] of Object.entries(answer.headersDistinct)) all[name] = values ?? [];
        resolve({
          status: answer.statusCode ?? 0,
          headers: all,
          text: Buffer.concat(chunks).toString("utf8"),
        });
      });
      answer.on("error", reject);
    });
    asked.on("error", reject);
    asked.end(body);
  });
}
