import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { SMTPServer } from "smtp-server";
import { eventually } from "./eventually";

export type ReceivedMail = { from: string; to: string[]; raw: string; headers: string; body: string };

/** What the server does with the next mails. `hang`: it takes the connection and says nothing, ever. */
export type MailBehaviour = "take" | "refuse-for-now" | "refuse-for-good";

export interface MailServer {
  /** For SMTP_URL. */
  url: string;
  received: ReceivedMail[];
  /** How often somebody began to hand over a mail. */
  tries(): number;
  behave(how: MailBehaviour): void;
  /** The newest mail to an address, once it is there. */
  mailTo(address: string): Promise<ReceivedMail>;
  stop(): Promise<void>;
}

/**
 * A real SMTP server on a free port of the loopback: in the clear, or with `tls` by STARTTLS, or from the first byte.
 * `users`: who may sign in, which is then demanded.
 */
export async function startMailServer({
  tls,
  users,
}: {
  tls?: { cert: string; key: string; from: "starttls" | "first-byte" };
  users?: Record<string, string>;
} = {}): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  let behaviour: MailBehaviour = "take";
  let tries = 0;
  const server = new SMTPServer({
    ...(tls ? { cert: tls.cert, key: tls.key, secure: tls.from === "first-byte" } : {}),
    authOptional: users === undefined,
    disabledCommands: tls ? [] : ["STARTTLS"],
    onAuth: ({ username = "", password }, _session, done) =>
      users?.[username] === password
        ? done(null, { user: username })
        : done(Object.assign(new Error("Invalid username or password"), { responseCode: 535 })),
    disableReverseLookup: true,
    onMailFrom(_address, _session, done) {
      tries += 1;
      if (behaviour === "take") return done();
      const refusal = new Error("not now");
      done(Object.assign(refusal, { responseCode: behaviour === "refuse-for-good" ? 550 : 451 }));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const raw = Buffer.concat(chunks).toString("utf8");
        const [headers = ""] = raw.split("\r\n\r\n", 1);
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          raw,
          headers,
          body: plain(raw),
        });
        done();
      });
    },
  });
  server.on("error", () => {});
  const listener = server.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  if (!address || typeof address === "string") throw new Error("the mail server has no port");
  return {
    url: `${tls?.from === "first-byte" ? "smtps" : "smtp"}://127.0.0.1:${address.port}`,
    received,
    tries: () => tries,
    behave: (how) => {
      behaviour = how;
    },
    mailTo: (wanted) => eventually(() => received.findLast(({ to }) => to.includes(wanted))),
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** Somebody listens and never says a word: the worst mail server there is. */
export async function startMuteServer(): Promise<{
  url: string;
  connections(): number;
  stop(): Promise<void>;
}> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("the mute server has no port");
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    connections: () => open.size,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** The parts as a reader sees them: quoted-printable undone. */
function plain(raw: string): string {
  const joined = raw.replace(/=\r\n/g, "");
  const bytes = joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
