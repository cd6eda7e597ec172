import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { SsoSignIn } from "./sso-sign-in";

test("names Microsoft, or SSO, and takes along where the person wanted to go", () => {
  const microsoft = renderToStaticMarkup(<SsoSignIn kind="microsoft" to="/agents?group=a&b=1" />);
  expect(microsoft).toContain("Sign in with Microsoft");
  expect(microsoft).toContain('href="/auth/sso/start?to=%2Fagents%3Fgroup%3Da%26b%3D1"');
  expect(renderToStaticMarkup(<SsoSignIn kind="oidc" to={undefined} />)).toContain("Sign in with SSO");
});

test("takes no way to another site along", () => {
  expect(renderToStaticMarkup(<SsoSignIn kind="oidc" to="//evil.test" />)).toContain(
    'href="/auth/sso/start?to=%2F"',
  );
});
