const endings: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Ctrl-C and its kin: the first asks for an orderly end, a second one is impatient. Answers how to stop listening. */
export function onEndingSignals(first: (signal: NodeJS.Signals) => void, again: () => void): () => void {
  let asked = false;
  const listen = (signal: NodeJS.Signals) => {
    if (asked) return again();
    asked = true;
    first(signal);
  };
  for (const signal of endings) process.on(signal, listen);
  return () => {
    for (const signal of endings) process.off(signal, listen);
  };
}
