/** Channels: the places that messages go to. Their addresses are secrets; nothing outside this noun opens them. */
export { changeChannel } from "./change-channel";
export { createChannel } from "./create-channel";
export { deleteChannel } from "./delete-channel";
export { getChannel, listChannels } from "./find";
export { testChannel } from "./test-channel";
