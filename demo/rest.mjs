/** Mission Control's REST interface as one person: signs in once, and throws the server's own words when refused. */
export class Rest {
  #cookie = "";

  constructor(url) {
    this.url = url;
  }

  async signIn(identifier, password) {
    await this.call("POST", "/v1/auth/login", { identifier, password });
  }

  async call(method, path, body) {
    const response = await fetch(this.url + path, {
      method,
      headers: { "content-type": "application/json", origin: this.url, cookie: this.#cookie },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    const cookies = response.headers.getSetCookie();
    if (cookies.length > 0) this.#cookie = cookies.map((cookie) => cookie.split(";")[0]).join("; ");
    const answer = await response.json().catch(() => null);
    if (!response.ok) {
      throw new Error(
        `${method} ${path} was refused (${response.status}): ${answer?.error?.message ?? "no reason given"}`,
      );
    }
    return answer;
  }
}
