import { Refusal } from "@/domain/kernel";

/** One answer for a wrong code and for one that was used already: which it was is nobody's business. */
export const wrongCode = (code: "invalid" | "unauthenticated" | "forbidden") =>
  new Refusal(
    code,
    "This code is not right, or it was used already. Wait for the next one in your app and type that; check the clock of your phone if it stays so.",
    { fields: [{ path: "code", message: "is not right, or was used already: type the next one" }] },
  );
