import { z } from "zod";
import { isDate } from "./date";
import { list, map, oneOf, text, wrong } from "./field";
import { dnsLabel } from "./patterns";
import { show } from "./problem";
import { sensitivities } from "./sensitivity";

const identityName = (what: string, example: string) =>
  text({ description: what, expects: "a name without spaces", example }, /^\S+$/, 300);

const deployer = z.union(
  [
    map(
      { description: "A user.", example: { user: "ci@example.com" } },
      { user: identityName("Name of the user, as the API server sees it.", "ci@example.com") },
    ),
    map(
      { description: "A group.", example: { group: "platform-deployers" } },
      { group: identityName("Name of a group of users.", "platform-deployers") },
    ),
  ],
  {
    error: ({ input }) =>
      `${show(input)} does not fit; write { user: … } or { group: … }; a ServiceAccount is the user system:serviceaccount:<namespace>:<name>`,
  },
);

/** One who may deploy: a user or a group of users. */
export type Deployer = Readonly<z.output<typeof deployer>>;

const day = {
  description: "Last day on which it holds, in UTC.",
  expects: "a date as YYYY-MM-DD",
  example: "2026-12-01",
};

const exemption = map(
  {
    description: "An exemption for an emergency.",
    example: { name: "incident-42", tier: "internal", until: "2026-12-01" },
  },
  {
    name: text(
      {
        description:
          "Its name; an object asks for it by the annotation mcp-fleet.dev/exemption: <name>.",
        expects: "a DNS label of at most 63 characters",
        example: "incident-42",
      },
      dnsLabel,
      63,
    ),
    tier: oneOf({ description: "The tier in which it holds.", example: "internal" }, sensitivities),
    reason: text(
      {
        description: "Why; stands in the audit log with every use.",
        expects: "one line of at most 200 characters",
        example: "the vendor's fix has no signature yet",
      },
      /^\S(?:[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*\S)?$/u,
      200,
    ),
    until: z
      .string({ error: wrong(day) })
      .refine(isDate, { error: wrong(day) })
      .meta({ description: day.description, examples: [day.example] }),
    users: list(
      {
        description: "Who may use it, besides controllers acting for them.",
        expects: "a list of users",
        example: ["alice@example.com"],
      },
      identityName("A user.", "alice@example.com"),
    ),
  },
);

/** An exemption for an emergency: named, for one tier, for some users, until a day. */
export type Exemption = Readonly<z.output<typeof exemption>>;

/** Schema of `admission`: rules that the cluster itself holds. */
export const admission = map(
  {
    description:
      "ValidatingAdmissionPolicies of the tiers' namespaces; none are made when absent. They hold whoever writes, by whatever tool.",
    example: { deployers: [{ group: "platform-deployers" }] },
  },
  {
    deployers: list(
      {
        description:
          "Who may create or change ToolHive's kinds in the tiers, besides the operator: the identity that runs pulumi up.",
        expects: "a list of users and groups",
        example: [{ group: "platform-deployers" }],
      },
      deployer,
    ),
    exemptions: z
      .array(exemption, {
        error: wrong({ description: "", expects: "a list of exemptions", example: [] }),
      })
      .default([])
      .meta({
        description:
          "Exemptions for emergencies; every use is written to the audit log. One whose day is over is an error, so that it is taken out.",
        examples: [
          [
            {
              name: "incident-42",
              tier: "internal",
              reason: "the vendor's fix has no signature yet",
              until: "2026-12-01",
              users: ["alice@example.com"],
            },
          ],
        ],
      }),
  },
).optional();

/** Admission of an environment. */
export type Admission = Readonly<NonNullable<z.output<typeof admission>>>;
