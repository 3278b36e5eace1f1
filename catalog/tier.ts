import type { z } from "zod";
import { flag, map, oneOf, text } from "./field";
import { dnsLabel } from "./patterns";
import type { Sensitivity } from "./sensitivity";

/** Levels of the Pod Security Standards (KEP-2579), from open to strict. */
export const podSecurityLevels = ["privileged", "baseline", "restricted"] as const;

/** Schema of what an environment may set of one tier; what is absent is as in the tier's preset. */
export function tierSettings(sensitivity: Sensitivity) {
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
      ).default("mcp-server"),
      podSecurity: oneOf(
        {
          description: "Pod Security level that the namespace enforces, audits and warns of.",
          example: "restricted",
        },
        podSecurityLevels,
      ).default("restricted"),
      openEgress: flag({
        description:
          "Whether an entry may say egress: internet, or name hosts where the network engine knows none.",
        expects: "true or false",
        example: false,
      }).default(sensitivity === "public" || sensitivity === "internal"),
    },
  );
}

/** What one sensitivity means in one environment. */
export type Tier = Readonly<z.infer<ReturnType<typeof tierSettings>>> & {
  /** The sensitivity whose entries run here. */
  readonly sensitivity: Sensitivity;
};
