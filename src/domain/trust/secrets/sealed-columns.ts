import type { PgColumn } from "drizzle-orm/pg-core";
import {
  certificateAuthorities,
  channels,
  idempotencyKeys,
  settings,
  signingKeys,
  ssoSessions,
  totpFactors,
} from "@/db/schema";

/** A column of sealed texts, and the purpose that they are sealed for. Of a JSON column: those values that are texts. */
export type SealedColumn = { column: PgColumn; purpose: string };

/**
 * Every column that holds sealed texts: what is not here can't be opened any more once the secret has changed. A test
 * compares the list with the schema, and the purposes with the code that seals.
 */
export const sealedColumns: SealedColumn[] = [
  { column: channels.sealedConfig, purpose: "channel" },
  { column: idempotencyKeys.answer, purpose: "idempotency" },
  { column: settings.value, purpose: "setting" },
  { column: totpFactors.sealedSecret, purpose: "totp" },
  { column: signingKeys.sealedPrivateKey, purpose: "signing-key" },
  { column: ssoSessions.sealedRefreshToken, purpose: "sso-refresh-token" },
  { column: certificateAuthorities.sealedKey, purpose: "certificate-authority" },
];

/** Purposes of texts that travel, in cookies and forms, and are kept nowhere: they run out by themselves. */
export const travellingPurposes = [
  "session-cookie",
  "setup-session",
  "sso-state",
  "device-ask",
  "alert-link",
];
