import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Ground, may } from "@/domain/kernel";
import type { Authenticate, Caller } from "./authenticate";

/** A page that is being drawn for somebody. */
export type Visit = {
  /** Path and query, as they were asked for. */
  address: string;
  /** The account whose board this person may see. */
  account: string;
};

/** A page is drawn without the database too: for so long it waits to learn who asks, and is then drawn for nobody. */
const mostWaitMs = 500;

/**
 * Whose page is being drawn. Asked before the page begins, since a session that is prolonged by it needs its cookie
 * in the head of the answer; and known to everything that the drawing calls, without passing through Next.
 */
export class Visits {
  #now = new AsyncLocalStorage<Visit | null>();

  constructor(
    private readonly ground: Pick<Ground, "log">,
    private readonly authenticate: Authenticate,
  ) {}

  /** The visit inside whose drawing this is called; null when nobody may see a board, or only a part is drawn. */
  get now(): Visit | null {
    return this.#now.getStore() ?? null;
  }

  async draw(request: IncomingMessage, response: ServerResponse, draw: () => Promise<void>): Promise<void> {
    const caller = await this.#whoAsks(request);
    if (caller?.setCookie) response.appendHeader("Set-Cookie", caller.setCookie);
    const seesBoard = caller && may(caller, "board:read") && !caller.mustEnrol;
    await this.#now.run(seesBoard ? { address: request.url ?? "/", account: caller.account } : null, draw);
  }

  /** Next asks for parts of pages with a header; they come to a page that has its board. */
  async #whoAsks({ headers }: IncomingMessage): Promise<Caller | null> {
    const { cookie } = headers;
    if (!cookie || headers.rsc !== undefined) return null;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, mostWaitMs, null);
    });
    try {
      return await Promise.race([this.authenticate({ cookie }), late]);
    } catch (error) {
      this.ground.log.warn({ err: error }, "A page was drawn for nobody: who asks could not be told.");
      return null;
    } finally {
      clearTimeout(timer);
    }
  }
}
