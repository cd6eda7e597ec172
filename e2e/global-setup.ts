import { startTestPostgres } from "@/testing/database";

/** One PostgreSQL for the run; each spec file clones its own database from the migrated template. */
export default async function globalSetup() {
  const postgres = await startTestPostgres();
  return () => postgres.stop();
}
