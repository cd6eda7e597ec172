import * as x509 from "./x509";

/**
 * Serial numbers that a revocation list in PEM takes back, in hex of lower case without leading zeros. Of a list that
 * names no next issue, which outside authorities' always do, the library reads none: new handshakes know it by TLS.
 */
export function revokedSerials(pem: string): ReadonlySet<string> {
  return new Set(
    x509.PemConverter.decode(pem).flatMap((list) =>
      new x509.X509Crl(list).entries.map(({ serialNumber }) => plainSerial(serialNumber)),
    ),
  );
}

/** As TLS and lists write the same number: with or without zeros before it, in either case. */
export const plainSerial = (serial: string): string => serial.toLowerCase().replace(/^0+(?=.)/, "");
