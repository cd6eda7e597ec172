import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import type { PasskeyCreation, PasskeyMade, PasskeyRequest, PasskeyShown } from "@/contracts/people/passkey";

const sha256 = (bytes: Buffer | string) => createHash("sha256").update(bytes).digest();
const base64url = (bytes: Buffer | string) => Buffer.from(bytes).toString("base64url");

/** CBOR heads and strings, as far as a key and an attestation need them. */
const head = (major: number, count: number) =>
  count < 24
    ? Buffer.from([(major << 5) | count])
    : count < 256
      ? Buffer.from([(major << 5) | 24, count])
      : Buffer.from([(major << 5) | 25, count >> 8, count & 255]);
const integer = (value: number) => (value < 0 ? head(1, -1 - value) : head(0, value));
const bytesOf = (bytes: Buffer) => Buffer.concat([head(2, bytes.length), bytes]);
const text = (value: string) => Buffer.concat([head(3, value.length), Buffer.from(value)]);
const map = (...entries: Buffer[][]) => Buffer.concat([head(5, entries.length), ...entries.flat()]);

/** The public half of a P-256 key as COSE. */
function coseOf(key: KeyObject): Buffer {
  const { x = "", y = "" } = key.export({ format: "jwk" });
  return map(
    [integer(1), integer(2)],
    [integer(3), integer(-7)],
    [integer(-1), integer(1)],
    [integer(-2), bytesOf(Buffer.from(x, "base64url"))],
    [integer(-3), bytesOf(Buffer.from(y, "base64url"))],
  );
}

/** What a test may bend: the page that asks, the count, whether the finger was there. */
type Bent = { origin?: string; counter?: number; verified?: boolean };

/** A WebAuthn authenticator in software with one discoverable key: makes a passkey and shows it. */
export function softAuthenticator(origin: string) {
  const id = base64url(randomBytes(32));
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  let userHandle = "";
  let counter = 0;

  const clientData = (type: string, challenge: string, from: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: from, crossOrigin: false }));
  const authData = (rpId: string, bent: Bent, attested = Buffer.alloc(0)) => {
    counter = bent.counter ?? counter;
    const flags = 0x01 | (bent.verified === false ? 0 : 0x04) | (attested.length > 0 ? 0x40 : 0);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count, attested]);
  };

  return {
    id,
    make(options: PasskeyCreation, bent: Bent = {}): PasskeyMade {
      userHandle = options.user.id;
      const key = Buffer.from(id, "base64url");
      const attested = Buffer.concat([
        Buffer.alloc(16),
        Buffer.from([0, key.length]),
        key,
        coseOf(publicKey),
      ]);
      const attestation = map(
        [text("fmt"), text("none")],
        [text("attStmt"), map()],
        [text("authData"), bytesOf(authData(options.rp.id, bent, attested))],
      );
      return {
        id,
        rawId: id,
        type: "public-key",
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(clientData("webauthn.create", options.challenge, bent.origin ?? origin)),
          attestationObject: base64url(attestation),
          transports: ["internal"],
        },
      };
    },
    show(options: PasskeyRequest, bent: Bent = {}): PasskeyShown {
      const client = clientData("webauthn.get", options.challenge, bent.origin ?? origin);
      const data = authData(options.rpId, { counter: counter + 1, ...bent });
      const signature = sign("sha256", Buffer.concat([data, sha256(client)]), privateKey);
      return {
        id,
        rawId: id,
        type: "public-key",
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(client),
          authenticatorData: base64url(data),
          signature: base64url(signature),
          userHandle,
        },
      };
    },
  };
}
