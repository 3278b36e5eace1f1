import { z } from "zod";
import { map, oneOf, text, wrong } from "./field";
import { objectName } from "./patterns";
import { show } from "./problem";
import { variables } from "./variables";

/** Where the value of a secret comes from. */
export const secretSources = ["existing", "external", "pulumi"] as const;

// Kubernetes, Secret: a key is of letters, digits, -, _ and ., at most 253 characters.
const keyPattern = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,253}$/;

const secretKey = text(
  { description: "A key of the Secret.", expects: "a key of a Secret", example: "token" },
  keyPattern,
  253,
);

const keyName = z.string().regex(keyPattern, {
  error: ({ input }) => `${show(input)} is not a Secret's key; write letters, digits, -, _ and .`,
});

const remote = map(
  {
    description: "Where an external store keeps the value.",
    example: { remote: "mcp/grafana", property: "token" },
  },
  {
    remote: text(
      {
        description: "Key in the store, as the store names it.",
        expects: "the store's own key",
        example: "mcp/grafana",
      },
      /^\S+$/,
      500,
    ),
    property: text(
      {
        description: "Property of that key, where it holds several.",
        expects: "a property's name",
        example: "token",
      },
      /^\S+$/,
      200,
    ).optional(),
  },
);

/** Name of a value in the stack's configuration, under `mcp-fleet:secrets`. */
const configName = text(
  {
    description: "Name of the value under mcp-fleet:secrets in the stack's configuration.",
    expects: "letters, digits, - and _",
    example: "grafanaToken",
  },
  /^[A-Za-z0-9_-]+$/,
  100,
);

const keys = z
  .record(
    keyName,
    z.union([configName, remote], {
      error: ({ input }) =>
        `${show(input)} does not fit; write { remote: … } for source external, or a name in the stack's configuration for source pulumi`,
    }),
    {
      error: ({ input }) =>
        `${show(input)} does not fit; write keys, like { token: { remote: mcp/grafana } } or { token: grafanaToken }`,
    },
  )
  .refine((all) => Object.keys(all).length > 0, {
    error: "{} makes a Secret without keys; write at least one",
  })
  .optional()
  .meta({
    description:
      "Keys of the Secret and where each value is: { remote, property } in the external store, or a name in the stack's configuration. Not for source existing.",
    examples: [{ token: { remote: "mcp/grafana", property: "token" } }],
  });

const use = {
  name: text(
    {
      description:
        "Name of the Secret in the tier's namespace; for one that is made here, a name within the entry.",
      expects: "a name of lower-case letters, digits, - and .",
      example: "github",
    },
    objectName,
    253,
  ),
  source: oneOf(
    {
      description:
        "Where the values come from: existing, a Secret that is there; external, an ExternalSecret (external-secrets.io) that fetches it; pulumi, encrypted configuration of the stack.",
      example: "existing",
    },
    secretSources,
  ).default("existing"),
  keys,
};

const env = variables(secretKey)
  .optional()
  .meta({
    description: "Variables of the server's environment, each with the key that it takes.",
    examples: [{ GITHUB_PERSONAL_ACCESS_TOKEN: "token" }],
  });

const example = { name: "github", env: { GITHUB_PERSONAL_ACCESS_TOKEN: "token" } };

const secret = map(
  { description: "A Secret, by reference: no value stands in the catalogue.", example },
  { ...use, env },
);

const bareSecret = map(
  {
    description: "A Secret, by reference: no value stands in the catalogue.",
    example: { name: "linear" },
  },
  use,
);

/** One Secret of an entry. */
export type SecretUse = Readonly<z.output<typeof bareSecret>> & {
  /** Variables of the server's environment, each with the key that it takes. */
  readonly env?: Readonly<Record<string, string>>;
};

/** Schema of `secrets` of a server: references to values that no catalogue holds. */
export const secrets = z
  .array(secret, {
    error: wrong({ description: "", expects: "a list of Secrets", example: [example] }),
  })
  .default([])
  .meta({
    description: "Secrets that the server uses, by reference.",
    examples: [[example]],
  });

/** Schema of `secrets` of a remote, whose headers take them. */
export const remoteSecrets = z
  .array(bareSecret, {
    error: wrong({ description: "", expects: "a list of Secrets", example: [{ name: "linear" }] }),
  })
  .default([])
  .meta({
    description: "Secrets that headers take values from, by reference.",
    examples: [[{ name: "linear" }]],
  });
