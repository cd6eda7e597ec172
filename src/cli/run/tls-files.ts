import { readGivenFile } from "../connection/given-file";

/** PEM texts for the connection: what proves the server, and what proves this agent. */
export type LinkTls = { ca?: string; cert?: string; key?: string };

/** Reads the files that were named; a `Failure` tells which can't be read, before the program is started. */
export function readTls(files: {
  ca?: string | undefined;
  cert?: string | undefined;
  key?: string | undefined;
}): LinkTls {
  return {
    ...(files.ca ? { ca: readGivenFile(files.ca) } : {}),
    ...(files.cert ? { cert: readGivenFile(files.cert), key: readGivenFile(files.key ?? files.cert) } : {}),
  };
}
