import { Link } from "./link";

export type SocketIoOptions = {
  port: number;
  namespace: string;
  auth: Record<string, unknown>;
  cookie?: string | undefined;
  onTaken?: (() => void) | undefined;
  onReady(): void;
  /** Anything but the handshake and pings, raw. */
  onText(payload: Buffer): void;
  /** `refused`: the server's own words, when it closed the door. */
  onClose(refused?: string): void;
};

const code = (character: string) => character.charCodeAt(0);
const [openCode, pingCode, messageCode] = [code("0"), code("2"), code("4")];

/** One Socket.IO connection over WebSocket in one namespace, spoken by hand (Engine.IO 4, Socket.IO 5). */
export class SocketIoLink {
  readonly prefix: string;
  private readonly link: Link;
  private ready = false;

  constructor(options: SocketIoOptions) {
    const { namespace, auth } = options;
    this.prefix = namespace === "/" ? "" : `${namespace},`;
    this.link = new Link({
      port: options.port,
      path: "/socket.io/?EIO=4&transport=websocket",
      cookie: options.cookie,
      onTaken: options.onTaken,
      onOpen: () => {},
      onClose: () => options.onClose(),
      onText: (payload) => {
        const first = payload[0];
        if (first === pingCode) this.link.send("3");
        else if (first === openCode) this.link.send(`40${this.prefix}${JSON.stringify(auth)}`);
        else if (first === messageCode && this.ready) options.onText(payload);
        else if (payload[1] === openCode) {
          this.ready = true;
          options.onReady();
        } else if (payload[1] === messageCode) {
          this.link.close();
          options.onClose(payload.toString());
        }
      },
    });
  }

  /** An event; with `ackId` the server's answer comes as `43…ackId[…]`. */
  emit(event: string, message: unknown, ackId?: number): void {
    this.link.send(`42${this.prefix}${ackId ?? ""}${JSON.stringify([event, message])}`);
  }

  /** The same with the message as JSON text. */
  emitText(event: string, json: string, ackId: number): void {
    this.link.send(`42${this.prefix}${ackId}["${event}",${json}]`);
  }

  /** Answers an event that the server sent with an id. */
  answer(ackId: string, message: unknown): void {
    this.link.send(`43${this.prefix}${ackId}${JSON.stringify([message])}`);
  }

  close(): void {
    this.link.close();
  }
}
