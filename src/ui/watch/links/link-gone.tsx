import { AuthFrame } from "../../people/auth-frame";
import { OpenInConsole } from "./open-in-console";

const titles: Record<string, string> = {
  expired: "This link has run out",
  gone: "This link opens nothing any more",
};

/** A link that is too old, torn or made by somebody else; the server's own sentence says which. */
export function LinkGone({ message, details }: { message: string; details: unknown }) {
  const told = typeof details === "object" && details !== null ? (details as Record<string, unknown>) : {};
  const title = (typeof told.link === "string" && titles[told.link]) || "This link opens nothing";
  return (
    <AuthFrame title={title} lead={message} note="Nothing was changed.">
      <div className="grid">
        <OpenInConsole alertId={typeof told.alertId === "string" ? told.alertId : null} main />
      </div>
    </AuthFrame>
  );
}
