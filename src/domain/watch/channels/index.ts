/** Channels: the places that messages go to. Their addresses are secrets; nothing outside this noun opens them. */
export { changeChannel } from "./change-channel";
export { createChannel } from "./create-channel";
export { deleteChannel } from "./delete-channel";
export { ensureInboxes } from "./ensure-inboxes";
export { getChannel, listChannels } from "./find";
export { previewTemplate } from "./preview-template";
export { testChannel } from "./test-channel";
