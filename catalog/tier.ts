import { z } from "zod";
import { flag, integer, list, map, oneOf, text, wrong } from "./field";
import { dnsLabel, objectName } from "./patterns";
import { peer } from "./peer";
import { show } from "./problem";
import { cpu, memory } from "./resources";
import type { Sensitivity } from "./sensitivity";
import { signature } from "./signature";
import { presets } from "./tier-presets";

/** Levels of the Pod Security Standards (KEP-2579), from open to strict. */
export const podSecurityLevels = ["privileged", "baseline", "restricted"] as const;

const levelDoc = (mode: string) => ({
  description: `Level that the namespace ${mode}.`,
  example: "restricted",
});

const level = (mode: string) => oneOf(levelDoc(mode), podSecurityLevels).default("restricted");

const podSecurityModes = map(
  {
    description: "Pod Security of the namespace, by mode.",
    example: { enforce: "baseline", warn: "restricted" },
  },
  {
    enforce: level("enforces"),
    audit: level("writes to the audit log"),
    warn: level("warns of"),
    version: text(
      {
        description: "Version of the standards.",
        expects: "latest, or a version like v1.36",
        example: "v1.36",
      },
      /^(?:latest|v1\.\d{1,2})$/,
      10,
    ).default("latest"),
  },
);

/** Pod Security of a namespace (KEP-2579). */
export type PodSecurity = Readonly<z.output<typeof podSecurityModes>>;

const podSecurity = z
  .union([z.enum(podSecurityLevels), podSecurityModes], {
    error: ({ input }) =>
      `${show(input)} does not fit; write one of ${podSecurityLevels.join(", ")}, or a map like { enforce: baseline, warn: restricted, version: v1.36 }`,
  })
  .transform((value): PodSecurity =>
    typeof value === "string"
      ? { enforce: value, audit: value, warn: value, version: "latest" }
      : value,
  );

const podSecurityDoc = {
  description:
    "Pod Security level that the namespace enforces, audits and warns of; or a map with enforce, audit, warn and version.",
  examples: ["restricted"],
};

function amounts(description: string, preset: { readonly cpu: string; readonly memory: string }) {
  const doc = { description, example: preset };
  return map(doc, { cpu: cpu.default(preset.cpu), memory: memory.default(preset.memory) }).prefault(
    {},
  );
}

function quota({ quota: { requests, limits, pods } }: (typeof presets)[Sensitivity]) {
  return map(
    {
      description:
        "ResourceQuota of the namespace; the entries of the tier must fit, with their proxies and one proxy more for rollouts.",
      example: { pods: 100, limits: { cpu: "40", memory: "80Gi" } },
    },
    {
      requests: amounts("Sum of what is requested.", requests),
      limits: amounts("Sum of limits.", limits),
      pods: integer(
        { description: "Pods.", expects: "a whole number from 1", example: 100 },
        1,
        1_000_000,
      ).default(pods),
    },
  ).prefault({});
}

function containers({ containers: own }: (typeof presets)[Sensitivity]) {
  return map(
    {
      description: "LimitRange of the namespace: what a container may have.",
      example: { max: { cpu: "4", memory: "8Gi" } },
    },
    {
      max: amounts("What one container may have at most.", own.max),
      limits: amounts("Limits of a container that says nothing.", own.limits),
      requests: amounts("Requests of a container that says nothing.", own.requests),
    },
  ).prefault({});
}

const allTransports = ["stdio", "streamable-http", "sse"] as const;

function rules(sensitivity: Sensitivity) {
  const preset = presets[sensitivity];
  return {
    openEgress: flag({
      description:
        "Whether an entry may say egress: internet, or name hosts where the network engine knows none.",
      expects: "true or false",
      example: false,
    }).default(preset.openEgress),
    egress: oneOf({ description: "Egress of an entry that says nothing.", example: "none" }, [
      "none",
      "internet",
    ]).default("none"),
    clients: z
      .union([z.literal("any"), z.array(map({ description: "Pods.", example: {} }, peer))], {
        error: ({ input }) =>
          `${show(input)} does not fit; write any, or a list like [{ namespace: litellm }]`,
      })
      .default("any")
      .meta({
        description:
          "Clients that entries may name: any, or those within this list; a namespace without pods allows any pods of it.",
        examples: [[{ namespace: "litellm" }]],
      }),
    auth: flag({
      description: "Whether every entry must have auth.",
      expects: "true or false",
      example: true,
    }).default(preset.auth),
    transports: list(
      {
        description: "Transports that entries may have.",
        expects: `a list of ${allTransports.join(", ")}`,
        example: ["streamable-http", "stdio"],
      },
      oneOf({ description: "A transport.", example: "stdio" }, allTransports),
    ).default([...allTransports]),
    image: map(
      { description: "What images of entries must be.", example: { digest: true } },
      {
        digest: flag({
          description: "Whether an image must be named by digest.",
          expects: "true or false",
          example: true,
        }).default(preset.digest),
        registries: z
          .array(
            text(
              {
                description: "A registry, or the beginning of a path in it.",
                expects: "a registry's host, or host/path",
                example: "ghcr.io/stackloklabs",
              },
              /^[a-z0-9.-]+(?::\d+)?(?:\/[a-z0-9._-]+)*$/,
              300,
            ),
            { error: wrong({ description: "", expects: "a list", example: ["ghcr.io"] }) },
          )
          .min(1, { error: "[] allows no image; write a registry, or remove it" })
          .optional()
          .meta({
            description: "Where images may come from; anywhere when absent.",
            examples: [["ghcr.io/stackloklabs", "docker.io/mcp"]],
          }),
      },
    ).prefault({}),
    signature: signature.optional().meta({
      description:
        "Who must have signed the images of the tier's entries; needs `signatures`. An entry's own signature takes its place.",
    }),
  };
}

/** Schema of what an environment may set of one tier; what is absent is as in the tier's preset. */
export function tierSettings(sensitivity: Sensitivity) {
  const preset = presets[sensitivity];
  return map(
    {
      description: `The tier of ${sensitivity} entries: what differs from its preset.`,
      example: { namespace: `tools-${sensitivity}` },
    },
    {
      namespace: text(
        {
          description: "Namespace of all entries of this sensitivity, and of nothing else.",
          expects: "a DNS label of at most 63 characters",
          example: `tools-${sensitivity}`,
        },
        dnsLabel,
        63,
      ).default(`mcp-${sensitivity}`),
      serviceAccount: text(
        {
          description: "ServiceAccount of the servers; it has no token.",
          expects: "a DNS label of at most 63 characters",
          example: "mcp-server",
        },
        dnsLabel,
        63,
      )
        .refine((name) => !name.endsWith("-proxy-runner"), {
          error: ({ input }) =>
            `${show(input)} ends like ToolHive's names of its proxies' accounts, which have rights; write another`,
        })
        .default("mcp-server"),
      podSecurity: podSecurity.prefault("restricted").meta(podSecurityDoc),
      ...rules(sensitivity),
      quota: quota(preset),
      containers: containers(preset),
      seccomp: text(
        {
          description:
            "Seccomp profile of the servers: RuntimeDefault, or localhost/ and a profile of the node.",
          expects: "RuntimeDefault, or localhost/ and a profile's path",
          example: "RuntimeDefault",
        },
        /^(?:RuntimeDefault|localhost\/(?!.*\.\.)[\w./-]+)$/,
        200,
      ).default("RuntimeDefault"),
      readOnlyRoot: flag({
        description: "Whether the servers' root is read-only.",
        expects: "true or false",
        example: true,
      }).default(true),
      runtimeClass: text(
        {
          description:
            "RuntimeClass of the servers, such as one of gVisor or Kata; the cluster's default when absent.",
          expects: "the name of a RuntimeClass",
          example: "gvisor",
        },
        objectName,
        253,
      ).optional(),
    },
  );
}

/** What one sensitivity means in one environment. */
export type Tier = Readonly<z.infer<ReturnType<typeof tierSettings>>> & {
  /** The sensitivity whose entries run here. */
  readonly sensitivity: Sensitivity;
};
