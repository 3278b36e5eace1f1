import type { Secret } from "kubernetes-types/core/v1";
import type { SecretUse } from "../catalog";
import type { EntryInput } from "./entry-input";
import { prefix } from "./labels";
import type { Manifest, Part } from "./manifest";
import { entryMetadata } from "./metadata";

/**
 * Name of the Secret that stands behind one of an entry's. A dot parts the two names, because none can
 * be in an entry's: no two entries come to the same.
 */
export function secretName(
  { entry, secretNames = {} }: Pick<EntryInput, "entry" | "secretNames">,
  { name, source }: SecretUse,
): string {
  if (source === "existing") return name;
  return secretNames[name] ?? `${entry.name}.${name}`;
}

/** Role of the object that is made for one of an entry's Secrets; the dot parts it from the entry's name. */
export function secretRole(name: string): string {
  return `secret.${name}`;
}

/** The ExternalSecrets of an entry, and the Secrets that Pulumi fills. */
export function renderSecrets(input: EntryInput): readonly Part[] {
  return input.entry.secrets.flatMap((use) => {
    if (use.source === "existing") return [];
    const manifest =
      use.source === "external" ? externalSecret(input, use) : pulumiSecret(input, use);
    return [{ role: secretRole(use.name), manifest }];
  });
}

/** An ExternalSecret (external-secrets.io/v1), which makes and fills a Secret of the same name. */
function externalSecret(input: EntryInput, use: SecretUse): Manifest {
  const { entry, tier, environment } = input;
  const { kind, name, refresh } = environment.secretStore ?? {};
  const target = secretName(input, use);
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: entryMetadata(entry, tier, target),
    spec: {
      secretStoreRef: { kind, name },
      refreshInterval: refresh,
      target: { name: target, creationPolicy: "Owner" },
      data: Object.entries(use.keys ?? {}).flatMap(([secretKey, value]) =>
        typeof value === "string"
          ? []
          : [
              {
                secretKey,
                remoteRef: {
                  key: value.remote,
                  ...(value.property !== undefined && { property: value.property }),
                },
              },
            ],
      ),
    },
  };
}

/** Keys of a Secret that Pulumi fills, each with the name of its value in the stack's configuration. */
export function configNames({ keys = {} }: SecretUse): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(keys).flatMap(([key, from]) => (typeof from === "string" ? [[key, from]] : [])),
  );
}

/** The Secret without its values, which Pulumi adds: what is rendered may be read by anybody. */
function pulumiSecret(input: EntryInput, use: SecretUse): Secret & Manifest {
  const from = Object.entries(configNames(use)).map(([key, name]) => `${key}=${name}`);
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: entryMetadata(input.entry, input.tier, secretName(input, use), {
      [`${prefix}/values-from`]: from.join(","),
    }),
    type: "Opaque",
    immutable: true,
  };
}
