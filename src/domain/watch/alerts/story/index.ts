/** What happened to an alert, in order: by rules, by the telling, by people. */
export { storyOfAlert } from "./story-of-alert";
