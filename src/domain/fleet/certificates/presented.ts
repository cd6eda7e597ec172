import type { X509Certificate } from "node:crypto";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";

/** A client certificate that TLS has verified: issued by the authority we trust, and in its time. */
export type PresentedCertificate = {
  /** SHA-256 over the certificate, 64 hex digits in lower case. */
  fingerprint: string;
  commonName: string | null;
  /** URIs among its alternative names. */
  uris: string[];
  issuer: string;
  expiresAt: Date;
};

/** The other side's certificate, null for a connection without one: then it must show another credential. */
export function presentedCertificate(socket: Socket): PresentedCertificate | null {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return null;
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) return null;
  return {
    fingerprint: fingerprintOf(certificate),
    commonName: nameIn(certificate.subject),
    uris: (certificate.subjectAltName ?? "")
      .split(", ")
      .flatMap((name) => (name.startsWith("URI:") ? [name.slice("URI:".length)] : [])),
    issuer: nameIn(certificate.issuer) ?? "Outside authority",
    expiresAt: new Date(certificate.validTo),
  };
}

export const fingerprintOf = (certificate: X509Certificate): string =>
  certificate.fingerprint256.replaceAll(":", "").toLowerCase();

/** `CN=` of a name that Node writes one part a line. */
const nameIn = (name: string): string | null => /^CN=(.*)$/m.exec(name)?.[1] ?? null;
