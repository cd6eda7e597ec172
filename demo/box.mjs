/** Lines in a frame; "" is an empty line. */
export function box(lines) {
  const width = Math.max(...lines.map((line) => line.length)) + 4;
  const edge = "─".repeat(width);
  const rows = lines.map((line) => `│  ${line.padEnd(width - 4)}  │`);
  return ["", `╭${edge}╮`, ...rows, `╰${edge}╯`, ""].join("\n");
}
