import { listWords } from "./list-words";

/** "Ops Teams", "Ops Teams and Night shift"; a channel that is gone is named as such. Empty: `nobodyNamed`. */
export function channelWords(
  ids: readonly string[],
  channels: readonly { id: string; name: string }[],
  nobodyNamed: string,
): string {
  if (ids.length === 0) return nobodyNamed;
  return listWords(
    ids.map((id) => channels.find((channel) => channel.id === id)?.name ?? "a deleted channel"),
  );
}
