/** Notifications: the outbox. Rows are written with the alert; a deliverer sends each until it arrived or is given up. */
export { defaultPatience, type Patience } from "./backoff";
export { Deliverer, type DelivererOptions } from "./deliverer";
export { getNotification, listNotifications, type NotificationFilter } from "./find";
export type { LaneLimits } from "./lanes";
export { retryNotification } from "./retry-notification";
export type { Outside } from "./senders";
