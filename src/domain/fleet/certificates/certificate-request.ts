import type { webcrypto } from "node:crypto";
import { createPublicKey } from "node:crypto";
import { invalid } from "@/domain/kernel";
import * as x509 from "./x509";

const curves = ["prime256v1", "secp384r1"];
const leastRsaBits = 2_048;

/**
 * The public key of a certificate signing request in PEM. Nothing else of it is taken: who the certificate is for is
 * said by us. `invalid` when it is none, when its signature is not of its own key, or when the key is too weak.
 */
export async function publicKeyOfRequest(pem: string): Promise<webcrypto.CryptoKey> {
  const request = read(pem);
  const signed = await request.verify().catch(() => false);
  if (!signed) throw invalid("The signature of this signing request does not fit its key. Make it anew.");
  const key = createPublicKey({ key: Buffer.from(request.publicKey.rawData), format: "der", type: "spki" });
  const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  const strong =
    (key.asymmetricKeyType === "ec" && curves.includes(namedCurve ?? "")) ||
    (key.asymmetricKeyType === "rsa" && modulusLength >= leastRsaBits);
  if (!strong) {
    throw invalid(
      "The key of this signing request is not taken. Use P-256, P-384, or RSA of 2,048 bits or more.",
    );
  }
  return request.publicKey.export();
}

function read(pem: string): x509.Pkcs10CertificateRequest {
  try {
    return new x509.Pkcs10CertificateRequest(pem);
  } catch {
    throw invalid("This is no certificate signing request in PEM. `openssl req -new` makes one.");
  }
}
