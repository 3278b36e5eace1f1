import { z } from "zod";
import { egress } from "./egress";
import { map, oneOf, text, wrong } from "./field";
import { objectName } from "./patterns";

const reached = egress.default("none").meta({
  description:
    "Where it is, for the network rules of the proxies that need it: internet, or a list of destinations.",
  examples: [[{ namespace: "identity", pods: { app: "keycloak" }, port: 8443 }]],
});

function url(description: string, example: string) {
  const doc = { description, expects: "an https URL", example };
  return text(doc, /^https:\/\/[^\s?#@]+$/, 500);
}

const oidc = map(
  {
    description: "The issuer of the tokens that callers of entries with auth must show.",
    example: { issuer: "https://idp.example.com/realms/corp", egress: "internet" },
  },
  {
    issuer: url("The issuer, as tokens name it.", "https://idp.example.com/realms/corp"),
    jwksUrl: url(
      "Where its keys are; found from the issuer when absent.",
      "https://idp.example.com/realms/corp/certs",
    ).optional(),
    egress: reached,
  },
).optional();

const name = (description: string, example: string) =>
  text({ description, expects: "the name of an object", example }, objectName, 253);

const redis = map(
  {
    description: "The Redis that proxies of entries with sessionStorage: redis share.",
    example: { address: "redis.cache.svc.cluster.local:6379" },
  },
  {
    address: text(
      {
        description: "Its address.",
        expects: "host:port",
        example: "redis.cache.svc.cluster.local:6379",
      },
      /^[A-Za-z0-9.:[\]-]+:\d{1,5}$/,
      300,
    ),
    egress: reached,
    password: map(
      {
        description: "Its password: a Secret of this name in the namespace of every tier.",
        example: { secret: "redis", key: "password" },
      },
      {
        secret: name("The Secret.", "redis"),
        key: text(
          { description: "Its key.", expects: "a key of the Secret", example: "password" },
          /^[A-Za-z0-9._-]+$/,
          253,
        ),
      },
    ).optional(),
  },
).optional();

const secretStore = map(
  {
    description:
      "Where ExternalSecrets fetch values; the cluster runs the External Secrets Operator.",
    example: { name: "vault" },
  },
  {
    kind: oneOf(
      {
        description: "Kind of the store; a SecretStore must be in the namespace of every tier.",
        example: "ClusterSecretStore",
      },
      ["ClusterSecretStore", "SecretStore"],
    ).default("ClusterSecretStore"),
    name: name("Name of the store.", "vault"),
    refresh: text(
      {
        description: "How often values are fetched again.",
        expects: "a duration like 15m or 1h",
        example: "1h",
      },
      /^(?:[1-9]\d*(?:s|m|h))+$/,
      20,
    ).default("1h"),
  },
).optional();

/**
 * What stands under `mcp-fleet:secrets`: names alone are looked at. Values are encrypted in the file, and
 * the program puts the same shape in their place before it checks them, so that none gets into a message.
 */
const secrets = z
  .record(
    z.string(),
    z.strictObject(
      { secure: z.string() },
      {
        error: "is not encrypted; set it by pulumi config set --secret --path",
      },
    ),
    {
      error: wrong({
        description: "",
        expects: "a map of encrypted values",
        example: { grafanaToken: { secure: "v1:…" } },
      }),
    },
  )
  .default({})
  .transform((values) => Object.keys(values))
  .meta({
    description:
      "Values that entries take by source: pulumi, each encrypted: pulumi config set --secret --path 'mcp-fleet:secrets.grafanaToken'.",
    examples: [{ grafanaToken: { secure: "v1:…" } }],
  });

/** Settings of what entries may lean on: identity provider, sessions, secrets. */
export const services = { oidc, redis, secretStore, secrets };
