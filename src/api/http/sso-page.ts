/** A page in words: what happened, what to do, and one way on. Everything is escaped. */
export type PlainPage = {
  title: string;
  lines: string[];
  /** Of what went wrong: finds it in the log. */
  requestId?: string;
  wayOn: { to: string; label: string };
  /** Goes there by itself, at once. */
  atOnce?: boolean;
};

/**
 * Pages between the identity provider and the console, drawn without scripts: they must work when nothing else does.
 * `atOnce` is what makes the session's strict cookie travel: the next visit then starts on this site.
 */
export function plainPage({ title, lines, wayOn, atOnce = false, requestId }: PlainPage): string {
  const to = escaped(wayOn.to);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">${atOnce ? `\n    <meta http-equiv="refresh" content="0;url=${to}">` : ""}
    <title>${escaped(title)} · Mission Control</title>
    <style>${style}</style>
  </head>
  <body>
    <main>
      <p class="brand">${brandMark}Mission Control</p>
      <h1>${escaped(title)}</h1>
${lines.map((line) => `      <p>${escaped(line)}</p>`).join("\n")}
${requestId ? `      <p class="request">For an admin: request <code>${escaped(requestId)}</code> in the server's log.</p>\n` : ""}      <a href="${to}">${escaped(wayOn.label)}</a>
    </main>
  </body>
</html>
`;
}

/** The sign of the product, as the console has it. */
const brandMark = `<svg aria-hidden="true" viewBox="0 0 20 20" fill="none"><circle cx="10" cy="10" r="8.1" stroke="currentColor" stroke-width="1.8" stroke-dasharray="39 12" stroke-dashoffset="-4.4" stroke-linecap="round"/><circle cx="10" cy="10" r="2.6" fill="currentColor"/><circle cx="15.7" cy="4.3" r="2.1" fill="currentColor"/></svg>`;

/** The colours and measures of the sign-in page; its font is not at hand without scripts and may be anything. */
const style = `
:root { color-scheme: light dark; font: 14px/20px "Geist Variable", Geist, system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center;
  background: light-dark(oklch(0.979 0.003 245), oklch(0.148 0.006 250));
  color: light-dark(oklch(0.225 0.012 250), oklch(0.925 0.005 245)); }
main { box-sizing: border-box; width: 400px; min-height: 420px; display: flex; flex-direction: column;
  padding: 32px 32px 28px; border-radius: 12px; overflow-wrap: anywhere;
  border: 1px solid light-dark(oklch(0.915 0.004 245), oklch(0.272 0.009 250));
  background: light-dark(oklch(1 0 0), oklch(0.2 0.008 250)); }
.brand { display: flex; align-items: center; gap: 9px; margin: 0 0 32px; font-weight: 600; color: inherit; }
.brand svg { width: 22px; height: 22px; }
h1 { margin: 0 0 8px; font-size: 22px; line-height: 28px; font-weight: 600; letter-spacing: -0.02em; }
p { margin: 0 0 10px; color: light-dark(oklch(0.49 0.014 250), oklch(0.71 0.011 245)); }
.request { order: 9; margin: auto 0 0; padding-top: 20px; font-size: 12px; line-height: 16px; }
code { font-family: ui-monospace, monospace; }
a { margin-top: 14px; padding: 10px 14px; border-radius: 6px; text-align: center; text-decoration: none;
  font-weight: 500; background: light-dark(oklch(0.235 0.014 250), oklch(0.935 0.004 245));
  color: light-dark(oklch(0.99 0.001 240), oklch(0.19 0.01 250)); }
a:focus-visible { outline: 2px solid light-dark(oklch(0.5 0.083 203), oklch(0.72 0.1 203)); outline-offset: 2px; }
@media (max-width: 767px) {
  body { place-items: start stretch; background: light-dark(oklch(1 0 0), oklch(0.2 0.008 250)); }
  main { width: auto; border: 0; padding: 28px 20px; min-height: 100vh; }
}`;

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (char) => entities[char] ?? char);
