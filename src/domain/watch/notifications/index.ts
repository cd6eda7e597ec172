/** Notifications: the outbox. Telling writes the rows; a deliverer sends each until it arrived or is given up. */
export { defaultPatience, type Patience } from "./backoff";
export { Deliverer, type DelivererOptions } from "./deliverer";
export { getNotification, listNotifications, type NotificationFilter } from "./find";
export { outboxTurn } from "./outbox-turn";
export { passClockStep } from "./pass-clock-step";
export { retryChannel, retryNotification } from "./retry";
export type { Outside } from "./senders";
