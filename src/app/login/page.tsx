import type { Metadata } from "next";
import { ApiProvider } from "@/ui/api/provider";
import { SignIn } from "@/ui/people/sign-in/sign-in";

export const metadata: Metadata = { title: "Sign in" };

interface LoginPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function LoginPage({ searchParams }: LoginPageProps) {
  const { to, reason } = await searchParams;
  return (
    <ApiProvider>
      <SignIn
        to={typeof to === "string" ? to : undefined}
        reason={typeof reason === "string" ? reason : undefined}
      />
    </ApiProvider>
  );
}
