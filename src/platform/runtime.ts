/**
 * Next bundles its own copy of every module that it imports, so a module-level singleton would exist twice. The one
 * runtime that `server.ts` builds is therefore kept on `globalThis` under a registered symbol; pages reach it here.
 */
const runtimeKey = Symbol.for("mission-control.runtime");
const slots: { [key: symbol]: unknown } = globalThis;

export function setRuntime<Runtime extends object>(runtime: Runtime): void {
  slots[runtimeKey] = runtime;
}

/** Throws when nothing has been set: a page was rendered outside `server.ts`, as in `next build` or `next dev`. */
export function getRuntime<Runtime extends object>(): Runtime {
  const runtime = slots[runtimeKey];
  if (!runtime)
    throw new Error("The runtime is not there: start the server by `npm run dev` or `npm start`.");
  return runtime as Runtime;
}
