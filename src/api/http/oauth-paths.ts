import { z } from "zod";
import {
  deviceAnswerSchema,
  deviceRequestSchema,
  oauthErrorSchema,
  revokeRequestSchema,
  tokenAnswerSchema,
  tokenRequestSchema,
} from "@/contracts/people/oauth";

function schemaOf(schema: z.ZodType, io: "input" | "output") {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}

type Described = { id: string; summary: string; takes: z.ZodType; gives: z.ZodType };

function operation({ id, summary, takes, gives }: Described) {
  const body = { schema: schemaOf(takes, "input") };
  return {
    post: {
      operationId: id,
      summary,
      tags: ["oauth"],
      security: [],
      requestBody: {
        required: true,
        content: { "application/x-www-form-urlencoded": body, "application/json": body },
      },
      responses: {
        200: {
          description: "Successful response",
          content: { "application/json": { schema: schemaOf(gives, "output") } },
        },
        default: {
          description: "Refused, in the words of the RFC",
          content: { "application/json": { schema: schemaOf(oauthErrorSchema, "output") } },
        },
      },
    },
  };
}

/** The endpoints of `./oauth.ts` for the document; what procedures are is described by themselves. */
export const oauthPaths = {
  "/oauth/token": operation({
    id: "oauth-token",
    summary: "OAuth2 tokens (RFC 6749): client credentials, refresh token, device code",
    takes: tokenRequestSchema,
    gives: tokenAnswerSchema,
  }),
  "/oauth/device_authorization": operation({
    id: "oauth-deviceAuthorization",
    summary: "Begin the device flow (RFC 8628)",
    takes: deviceRequestSchema,
    gives: deviceAnswerSchema,
  }),
  "/oauth/revoke": operation({
    id: "oauth-revoke",
    summary: "Revoke a refresh token and all that came of it (RFC 7009)",
    takes: revokeRequestSchema,
    gives: z.object({}),
  }),
};
