/** Signed links in messages: a page that shows what its button would do, and the button. */

export { actByAlertLink } from "./act-by-link";
export { actionLinks } from "./action-links";
export { lookAtAlertLink } from "./look-at-link";
