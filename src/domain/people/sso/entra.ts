const hosts = /^login\.(microsoftonline\.(com|us)|partner\.microsoftonline\.cn)$/;
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The one tenant of a Microsoft Entra issuer; null for any other issuer. */
export function tenantOfIssuer(issuer: string): string | null {
  const { hostname, pathname } = new URL(issuer);
  const [, tenant = ""] = pathname.split("/");
  return hosts.test(hostname) && guid.test(tenant) ? tenant.toLowerCase() : null;
}
