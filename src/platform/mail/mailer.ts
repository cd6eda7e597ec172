import { createTransport } from "nodemailer";
import type { Clock, Timer } from "../clock";
import type { Log } from "../log";
import { type MailFailure, mailFailure } from "./failure";
import type { Mail } from "./mail";
import { smtpTarget } from "./smtp-target";

/** Mail as the installation sends it. Whoever posts goes on at once; sending and trying again happen behind them. */
export interface Mailer {
  /** False: there is no SMTP_URL, and pages say what to do instead. */
  readonly on: boolean;
  /** Why the newest mail is not out yet, in words; null when it is, or when there was none. */
  lastFailure(): string | null;
  /** Takes a mail and answers at once; false when it can't be: mail is off, or too many wait already. */
  post(mail: Mail): boolean;
  /** One try, for who keeps the mail and tries again: null when the server took it, else why not. */
  send(mail: Mail): Promise<MailFailure | null>;
  /** One try as `send`, for who shows what the server said. Taken for some addresses alone is taken. */
  deliver(mail: Mail): Promise<MailEnd>;
  /** Waits for what is being sent, a few seconds at most; what waits for another try is lost. */
  close(): Promise<void>;
}

/** How a try ended. `answer`: the server's last line, or why there was none; `status`: its code, 0 when none came. */
export type MailEnd = { taken: boolean; final: boolean; status: number; answer: string };

export type MailerOptions = {
  smtpUrl?: string | undefined;
  mailFrom?: string | undefined;
  /** Hosts that may be spoken to in the clear. */
  unencryptedAllow?: string[];
  /** Authority that the server's certificate may come from, PEM; the system's unless given. */
  authority?: string;
  clock: Clock;
  log: Log;
  /** Longest wait for the server at each step of a try. */
  timeoutMs?: number;
  /** Waits between the tries; after the last of them the mail is given up. */
  retryMs?: number[];
};

/**
 * Posted mails wait in memory, not in a table: their links are secrets that exist nowhere else in readable form, and each
 * mail here can be asked for again. A crash loses what waits, which costs a person a second click.
 */
const mostWaiting = 500;
/** Kind to small relays, and quick enough for a page of invitations. */
const mostAtOnce = 2;
const patienceMs = 4_000;

export function createMailer(options: MailerOptions): Mailer {
  const { smtpUrl, mailFrom, log } = options;
  if (!smtpUrl || !mailFrom) {
    const failure = { failure: "Mail is not set up (SMTP_URL).", final: true };
    return {
      on: false,
      lastFailure: () => null,
      post: () => false,
      send: async () => failure,
      deliver: async () => ({ taken: false, final: true, status: 0, answer: failure.failure }),
      close: async () => {},
    };
  }
  return openMailer(smtpUrl, mailFrom, { ...options, log: log.child({ part: "mail" }) });
}

function openMailer(
  smtpUrl: string,
  mailFrom: string,
  {
    clock,
    log,
    unencryptedAllow,
    authority,
    timeoutMs = 10_000,
    retryMs = [2_000, 15_000, 60_000, 300_000],
  }: Omit<MailerOptions, "smtpUrl" | "mailFrom">,
): Mailer {
  const target = smtpTarget(smtpUrl, unencryptedAllow);
  const transport = createTransport({
    ...target,
    tls: { minVersion: "TLSv1.2", ...(authority ? { ca: authority } : {}) },
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const waiting: { mail: Mail; tries: number }[] = [];
  const timers = new Set<Timer>();
  const sending = new Set<Promise<void>>();
  let lastFailure: string | null = null;
  let closed = false;

  function startSome(): void {
    while (!closed && sending.size < mostAtOnce) {
      const next = waiting.shift();
      if (!next) return;
      const work = attempt(next).finally(() => {
        sending.delete(work);
        startSome();
      });
      sending.add(work);
    }
  }

  async function attempt(entry: { mail: Mail; tries: number }): Promise<void> {
    const failed = await send(entry.mail);
    if (!failed) return;
    const pauseMs = failed.final ? undefined : retryMs[entry.tries];
    if (pauseMs === undefined) {
      log.error({ failure: failed.failure, tries: entry.tries + 1 }, "A mail was given up.");
      return;
    }
    log.warn({ failure: failed.failure, againInMs: pauseMs }, "A mail was not taken; it is tried again.");
    const timer = clock.setTimeout(() => {
      timers.delete(timer);
      waiting.push({ mail: entry.mail, tries: entry.tries + 1 });
      startSome();
    }, pauseMs);
    timers.add(timer);
  }

  async function send(mail: Mail): Promise<MailFailure | null> {
    const failed = await handOver(mail);
    lastFailure = failed?.failure ?? null;
    return failed;
  }

  async function handOver(mail: Mail): Promise<MailFailure | null> {
    try {
      await transport.sendMail(envelopeOf(mail));
      return null;
    } catch (error) {
      return mailFailure(error, target.host);
    }
  }

  async function deliver(mail: Mail): Promise<MailEnd> {
    try {
      const { response, rejected } = await transport.sendMail(envelopeOf(mail));
      const status = statusOf(response) ?? 250;
      const refused = rejected.length > 0 ? ` Not for ${rejected.length} of the addresses.` : "";
      return { taken: true, final: false, status, answer: `${response.trim()}${refused}` };
    } catch (error) {
      const { failure, final } = mailFailure(error, target.host);
      return {
        taken: false,
        final,
        status: statusOf(failure.match(/answer (\d{3})/)?.[1]) ?? 0,
        answer: failure,
      };
    }
  }

  function envelopeOf({ to, ...mail }: Mail) {
    // Objects and not a line of text: a comma or a bracket in an address can't make another one.
    const everybody = [to].flat().map((address) => ({ name: "", address }));
    return { from: mailFrom, to: everybody, ...mail };
  }

  return {
    on: true,
    lastFailure: () => lastFailure,
    send,
    deliver,
    post(mail) {
      if (closed || waiting.length + timers.size + sending.size >= mostWaiting) {
        log.error({ waiting: waiting.length + timers.size }, "A mail was turned away: too many wait.");
        return false;
      }
      waiting.push({ mail, tries: 0 });
      startSome();
      return true;
    },
    async close() {
      closed = true;
      for (const timer of timers) timer.cancel();
      const lost = waiting.length + timers.size;
      if (lost > 0) log.warn({ lost }, "Mails that waited for the server are lost.");
      await Promise.race([Promise.allSettled(sending), clock.sleep(patienceMs)]);
      transport.close();
    },
  };
}

function statusOf(answer: string | undefined): number | null {
  const code = Number(answer?.slice(0, 3));
  return code >= 200 && code < 600 ? code : null;
}
