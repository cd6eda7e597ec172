import { startTestPostgres } from "./database";

/** One PostgreSQL for the whole run; vitest awaits the answer at the end. */
export default async function setup(): Promise<() => Promise<void>> {
  const server = await startTestPostgres();
  return () => server.stop();
}
