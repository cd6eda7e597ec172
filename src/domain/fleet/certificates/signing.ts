import { webcrypto } from "node:crypto";
import { validFrom } from "./serial";
import * as x509 from "./x509";

/** What signs: its certificate and private key, both PEM. */
export type Signer = { certificatePem: string; keyPem: string };

export type Validity = { from: Date; to: Date };

/** Names that a certificate stands for, beside its common name. */
export type AlternativeName = { type: "dns" | "ip" | "url"; value: string };

type Wish = {
  commonName: string;
  names: AlternativeName[];
  use: "client" | "server";
  /** 32 hex digits. */
  serial: string;
  validity: Validity;
  publicKey: webcrypto.CryptoKey;
};

export const keyAlgorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/** A fresh key pair, as it is used here and as the PEM that is kept or handed over. */
export async function makeKeyPair(): Promise<{ pair: webcrypto.CryptoKeyPair; keyPem: string }> {
  const pair = await webcrypto.subtle.generateKey(keyAlgorithm, true, ["sign", "verify"]);
  const pkcs8 = await webcrypto.subtle.exportKey("pkcs8", pair.privateKey);
  return { pair, keyPem: x509.PemConverter.encode(pkcs8, "PRIVATE KEY") };
}

/** The certificate of an authority that signs leaves only, signed by itself. */
export async function signAuthority(name: string, serial: string, validity: Validity): Promise<Signer> {
  const { pair, keyPem } = await makeKeyPair();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial,
    name: [{ CN: [name] }],
    notBefore: validity.from,
    notAfter: validity.to,
    signingAlgorithm: keyAlgorithm,
    keys: pair,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(pair.publicKey),
    ],
  });
  return { certificatePem: certificate.toString("pem"), keyPem };
}

/** A certificate for one use, in PEM. */
export async function signLeaf(signer: Signer, wish: Wish): Promise<x509.X509Certificate> {
  const issuer = new x509.X509Certificate(signer.certificatePem);
  const signingKey = await signingKeyOf(signer);
  const { serverAuth, clientAuth } = x509.ExtendedKeyUsage;
  return x509.X509CertificateGenerator.create({
    serialNumber: wish.serial,
    subject: [{ CN: [wish.commonName] }],
    issuer: issuer.subject,
    notBefore: wish.validity.from,
    notAfter: wish.validity.to,
    signingAlgorithm: keyAlgorithm,
    publicKey: wish.publicKey,
    signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([wish.use === "client" ? clientAuth : serverAuth]),
      new x509.SubjectAlternativeNameExtension(wish.names),
      await x509.SubjectKeyIdentifierExtension.create(wish.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
    ],
  });
}

/** A list of certificates that the signer took back, in PEM. With `until`, nobody takes it for good after that. */
export async function signRevocations(
  signer: Signer,
  at: Date,
  revoked: { serial: string; revokedAt: Date }[],
  until?: Date,
): Promise<string> {
  const list = await x509.X509CrlGenerator.create({
    issuer: new x509.X509Certificate(signer.certificatePem).subject,
    thisUpdate: validFrom(at),
    ...(until ? { nextUpdate: until } : {}),
    entries: revoked.map(({ serial, revokedAt }) => ({ serialNumber: serial, revocationDate: revokedAt })),
    signingAlgorithm: keyAlgorithm,
    signingKey: await signingKeyOf(signer),
  });
  return x509.PemConverter.encode(list.rawData, "X509 CRL");
}

function signingKeyOf({ keyPem }: Signer): Promise<webcrypto.CryptoKey> {
  const pkcs8 = x509.PemConverter.decodeFirst(keyPem);
  return webcrypto.subtle.importKey("pkcs8", pkcs8, keyAlgorithm, false, ["sign"]);
}
