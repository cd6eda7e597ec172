/**
 * The notifier's verbs: facts of the log become groups, groups that are due become messages in the outbox. Not part
 * of the door of `telling`, since what is pure there is read by the rooms that this one reads.
 */
export { notifyCursorSeq, passNotifyCursor } from "./cursor";
export { concernsTelling } from "./news";
export { passClockSetBack } from "./pass-clock-set-back";
export { tellFrom, tellWhatIsDue } from "./turn";
