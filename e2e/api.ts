import { testOwner } from "@/testing/server-process";

/** REST with a person's session, as a script would use it. Throws with the server's own words unless it went well. */
export class Api {
  private constructor(
    private readonly url: string,
    /** The session's cookie, for a socket's handshake. */
    readonly cookie: string,
  ) {}

  static async login(url: string, who: { email: string; password: string } = testOwner): Promise<Api> {
    const answer = await fetch(`${url}/v1/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: url },
      body: JSON.stringify({ identifier: who.email, password: who.password }),
    });
    const cookie = answer.headers.get("set-cookie")?.split(";")[0];
    if (!answer.ok || !cookie) throw new Error(`login failed: ${answer.status} ${await answer.text()}`);
    return new Api(url, cookie);
  }

  /** The session that a page has already. */
  static withCookie(url: string, cookie: string): Api {
    return new Api(url, cookie);
  }

  /** The answer as it is, refusals included. */
  async raw(
    method: string,
    path: string,
    body?: unknown,
    idempotencyKey?: string,
  ): Promise<{ status: number; body: unknown }> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        "content-type": "application/json",
        origin: this.url,
        cookie: this.cookie,
        ...(idempotencyKey ? { "idempotency-key": idempotencyKey } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === "" ? null : JSON.parse(text) };
  }

  async call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await this.raw(method, path, body);
    if (answer.status >= 400)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as Answer;
  }
}
