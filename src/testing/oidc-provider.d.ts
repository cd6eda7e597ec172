/** What the tests use of `oidc-provider`, which ships no types. */
declare module "oidc-provider" {
  import type { IncomingMessage, ServerResponse } from "node:http";

  export type ProviderContext = {
    oidc: { client: { clientId: string }; session: { accountId: string } };
  };
  export default class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>;
    use(
      middleware: (
        ctx: { path: string; body?: { id_token?: string } },
        next: () => Promise<void>,
      ) => Promise<void>,
    ): void;
    on(event: string, listener: (...given: unknown[]) => void): void;
    Grant: new (
      given: object,
    ) => { addOIDCScope(scope: string): void; save(): Promise<string> };
  }
}
