// The certificates' library needs this first: its parts find each other by it.
import "reflect-metadata";

export * from "@peculiar/x509";
