/** Passes a line of the program on to our own stdout or stderr; a reader that went away is no reason to stop. */
export function openTerminal(quiet: boolean): (text: string, source: "stdout" | "stderr") => void {
  if (quiet) return () => {};
  let open = true;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", () => {
      open = false;
    });
  }
  return (text, source) => {
    if (open) process[source].write(`${text}\n`);
  };
}
