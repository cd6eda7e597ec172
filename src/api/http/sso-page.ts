/** A page in words: what happened, what to do, and one way on. Everything is escaped. */
export type PlainPage = {
  title: string;
  lines: string[];
  wayOn: { to: string; label: string };
  /** Goes there by itself, at once. */
  atOnce?: boolean;
};

/**
 * Pages between the identity provider and the console, drawn without scripts: they must work when nothing else does.
 * `atOnce` is what makes the session's strict cookie travel: the next visit then starts on this site.
 */
export function plainPage({ title, lines, wayOn, atOnce = false }: PlainPage): string {
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
      <p class="brand">Mission Control</p>
      <h1>${escaped(title)}</h1>
${lines.map((line) => `      <p>${escaped(line)}</p>`).join("\n")}
      <a href="${to}">${escaped(wayOn.label)}</a>
    </main>
  </body>
</html>
`;
}

const style = `
:root { color-scheme: light dark; font: 15px/1.5 "Geist Variable", system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#f6f6f7, #101113);
  color: light-dark(#18191b, #ededee); }
main { box-sizing: border-box; width: min(440px, 100vw); padding: 32px; border-radius: 12px;
  border: 1px solid light-dark(#e2e2e5, #2b2d31); background: light-dark(#fff, #17181b); overflow-wrap: anywhere; }
.brand { margin: 0 0 32px; font-weight: 600; }
h1 { margin: 0 0 12px; font-size: 22px; line-height: 28px; letter-spacing: -0.02em; }
p { margin: 0 0 12px; color: light-dark(#55585f, #a9acb3); }
a { display: inline-block; margin-top: 12px; padding: 9px 14px; border-radius: 8px; text-decoration: none;
  font-weight: 500; background: light-dark(#18191b, #ededee); color: light-dark(#fff, #18191b); }
a:focus-visible { outline: 2px solid currentColor; outline-offset: 3px; }`;

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (char) => entities[char] ?? char);
