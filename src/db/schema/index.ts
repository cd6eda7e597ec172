/** The whole schema, one file a table family. */
export * from "./accounts";
export * from "./alerts";
export * from "./commands";
export * from "./facts";
export * from "./fleet";
export * from "./identity";
export * from "./logs";
export * from "./notifications";
export * from "./people";
export * from "./rules";
