/** How well the bus reaches the other instances. */
export type BusHealth = {
  ok: boolean;
  /** Since when it has been so. */
  since: Date;
  reason?: string;
  /** At the return: how many of this instance's own messages did not reach the others meanwhile. */
  gap?: number;
};

export interface MessageMeta {
  /** Published by this instance. */
  local: boolean;
  /** `instanceId` of the publisher. */
  origin: string;
}

export type MessageHandler<Message> = (message: Message, meta: MessageMeta) => void;

/**
 * Messages to every instance. A message is a hint: it may be lost on the way to others, never twice, never out of
 * order from one publisher. Who must not miss anything reads the tables again when `onHealth` tells of a return.
 * Messages are JSON values: others get a copy without dates, maps or undefined.
 */
export interface Bus<Topics extends object> {
  /** Never throws. Local subscribers get it after the current microtask, in order, whatever Redis does. */
  publish<Topic extends keyof Topics & string>(topic: Topic, message: Topics[Topic]): void;
  /** The answer ends the subscription. */
  subscribe<Topic extends keyof Topics & string>(
    topic: Topic,
    handler: MessageHandler<Topics[Topic]>,
  ): () => void;
  health(): BusHealth;
  /** Called at each loss and at each return. The answer ends it. */
  onHealth(listener: (health: BusHealth) => void): () => void;
  readonly instanceId: string;
  close(): Promise<void>;
}
