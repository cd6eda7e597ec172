/** Silences and planned work: what fires meanwhile is not told. Whether one mutes now is a matter of the clock alone. */
export { changeSilence } from "./change-silence";
export { createSilence, insertSilence } from "./create-silence";
export { endSilence } from "./end-silence";
export { getSilence, listSilences } from "./find";
export { openSilences } from "./open-silences";
export { previewSilence } from "./preview-silence";
export type { SilenceRow } from "./silence-of";
