/** The console's own inbox: messages that an `inbox` channel delivered, and how far each person has read. */
export { listInbox, unreadCount } from "./list-inbox";
export { readInbox } from "./read-inbox";
