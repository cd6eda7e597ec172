import { invalid } from "@/domain/kernel";

/** Refuses an address whose path can't be read, which routers would stumble over. */
export function demandDecodable(path: string): void {
  try {
    decodeURIComponent(path);
  } catch {
    throw invalid("The address holds a % that is not followed by two hex digits of UTF-8.");
  }
}
