import type { Metadata } from "next";
import { ApiProvider } from "@/ui/api/provider";
import { Recover } from "@/ui/people/sign-in/recover";

export const metadata: Metadata = { title: "Use a recovery code" };

export default function RecoverPage() {
  return (
    <ApiProvider>
      <Recover />
    </ApiProvider>
  );
}
