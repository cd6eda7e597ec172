/** Things that a person began and has to finish within minutes, each found by a token that only that browser holds. */
export { beginChallenge, type ChallengeKind } from "./begin-challenge";
export { takeChallenge } from "./take-challenge";
