/** What a visit came to: the last answer, and every address on the way. */
export type Visit = { status: number; headers: Headers; text: string; url: string; way: string[] };

export type Visitor = {
  /** Visits and follows redirects, as long as `until` does not hold for the next address. */
  visit(url: string, until?: (next: string) => boolean): Promise<Visit>;
  /** The cookies that would go to this address, as a `Cookie` header. */
  cookiesFor(url: string): string;
  /** A visitor with the same cookies as now. */
  twin(): Visitor;
};

/** A browser as far as redirects and cookies go, with a jar for each origin. */
export function visitor(jars = new Map<string, Map<string, string>>()): Visitor {
  const cookiesFor = (url: string) =>
    [...(jars.get(new URL(url).origin) ?? [])].map(([name, value]) => `${name}=${value}`).join("; ");

  function keep(url: string, headers: Headers): void {
    const { origin } = new URL(url);
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    for (const cookie of headers.getSetCookie()) {
      const [pair = "", ...attributes] = cookie.split(";");
      const at = pair.indexOf("=");
      const name = pair.slice(0, at).trim();
      const value = pair.slice(at + 1).trim();
      const over = attributes.some((one) => /^\s*max-age=0\s*$/i.test(one));
      if (over || value === "") jar.delete(name);
      else jar.set(name, value);
    }
  }

  return {
    cookiesFor,
    twin: () => visitor(new Map([...jars].map(([origin, jar]) => [origin, new Map(jar)]))),
    async visit(start, until = () => false) {
      const way: string[] = [];
      let url = start;
      for (let step = 0; step < 15; step += 1) {
        way.push(url);
        const answer = await fetch(url, { redirect: "manual", headers: { Cookie: cookiesFor(url) } });
        keep(url, answer.headers);
        const location = answer.headers.get("Location");
        const text = await answer.text();
        const visit = { status: answer.status, headers: answer.headers, text, url, way };
        if (!location || answer.status < 300 || answer.status > 399) return visit;
        url = new URL(location, url).href;
        if (until(url)) return { ...visit, url };
      }
      throw new Error(`Too many redirects: ${way.join(" → ")}`);
    },
  };
}
