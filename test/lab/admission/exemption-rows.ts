import { merged } from "./person";
import type { Answer, Person, Sent } from "./person";
import { acted } from "./row";
import * as samples from "./samples";
import type { WriterRow } from "./writer-rows";

const key = "mcp-fleet.dev/exemption";
const { cronJob, pod, server, strictServer, unguardedPod, workloads } = samples;

/** An object that asks for an exemption. */
export const asking = (object: Sent, name = "incident-42"): Sent =>
  merged(object, { metadata: { annotations: { [key]: name } } });

/** What is said of one that does not hold. */
const lapsed = (name: string, user: string, tier: string): string =>
  `Exemption ${name} does not hold here for ${user} (unknown in tier ${tier}, over, or not for this user): take the annotation ${key} away, or have mcp-fleet:admission.exemptions reviewed.`;

const masters = ["system:masters"];

function asks(
  what: string,
  user: string,
  object: Sent,
  { name = "incident-42", tier = "internal" } = {},
  act: (person: Person) => Promise<Answer> = async (person) => person.create(object),
): WriterRow {
  return { ...acted(what, object, lapsed(name, user, tier), act), user, groups: masters };
}

const evilServer = merged(server, { spec: { image: "evil.example.com/osv:1" } });

const people: readonly WriterRow[] = [
  asks("another's exemption", "mallory", asking(evilServer)),
  asks("another's exemption, by the deployer", "admin", asking(evilServer)),
  asks("another's exemption, for a right server", "admin", asking(server)),
  asks("an exemption that is not known", "alice", asking(evilServer, "incident-41"), {
    name: "incident-41",
  }),
  asks("an exemption in capitals", "alice", asking(evilServer, "INCIDENT-42"), {
    name: "INCIDENT-42",
  }),
  asks("the exemption of a colleague", "alice", asking(evilServer, "incident-43"), {
    name: "incident-43",
  }),
  asks("an exemption of another tier", "alice", asking(evilServer, "incident-44"), {
    name: "incident-44",
  }),
  asks("the exemption in another tier", "alice", asking(strictServer), { tier: "confidential" }),
  asks("an exemption that is over", "alice", asking(unguardedPod), { tier: "public" }),
  asks("a pod's exemption", "mallory", asking(pod)),
  asks("a pod's exemption, by the deployer", "admin", asking(pod)),
  asks("a Service's exemption", "mallory", asking(samples.service)),
];

const annotations = { [key]: "incident-42" };
const jobTemplate = (change: object): object => ({ spec: { jobTemplate: change } });

const templates: readonly WriterRow[] = [
  ...workloads.flatMap(([object, change]) =>
    ["mallory", "admin"].map((user) =>
      asks(
        `the template of a ${object.kind}, by ${user}`,
        user,
        merged(object, change(annotations)),
      ),
    ),
  ),
  asks(
    "the pods of a CronJob",
    "mallory",
    merged(cronJob, jobTemplate({ spec: { template: { metadata: { annotations } } } })),
  ),
  asks(
    "the Jobs of a CronJob",
    "mallory",
    merged(cronJob, jobTemplate({ metadata: { annotations } })),
  ),
  asks(
    "an older template of a StatefulSet",
    "mallory",
    merged(samples.revision, { data: { spec: { template: { metadata: { annotations } } } } }),
  ),
  ...(
    [
      ["a server's pod", { podTemplateSpec: { metadata: { annotations } } }],
      [
        "the Deployment of a server's proxy",
        { resourceOverrides: { proxyDeployment: { annotations } } },
      ],
      [
        "the pod of a server's proxy",
        {
          resourceOverrides: { proxyDeployment: { podTemplateMetadataOverrides: { annotations } } },
        },
      ],
    ] as const
  ).map(([what, spec]) => asks(`${what}, by the deployer`, "admin", merged(server, { spec }))),
  asks(
    "one exemption for a Deployment and a colleague's for its pods",
    "alice",
    asking(
      merged(workloads[0]?.[0] ?? pod, {
        spec: { template: { metadata: { annotations: { [key]: "incident-43" } } } },
      }),
    ),
    { name: "incident-43" },
  ),
  asks(
    "an unknown exemption for its server, by a proxy",
    "system:serviceaccount:mcp-internal:osv-proxy-runner",
    merged(workloads[3]?.[0] ?? pod, {
      spec: { template: { metadata: { annotations: { [key]: "incident-41" } } } },
    }),
    { name: "incident-41" },
  ),
];

/** Rows in which somebody asks for an exemption that does not hold, but for what is there already. */
export const exemptionRows: readonly WriterRow[] = [...people, ...templates];

/** Rows over a pod that is there, and over a server that alice has exempted. */
export function exemptedRows(running: Sent, exempted: Sent): readonly WriterRow[] {
  const change = { spec: { image: "evil.example.com/worse:1" } };
  return [
    asks("a pod that runs", "mallory", running, {}, async (person) =>
      person.patch(running, { metadata: { annotations } }),
    ),
    ...["mallory", "admin", "bob"].map((user) =>
      asks(`a server that alice has exempted, by ${user}`, user, exempted, {}, async (person) =>
        person.patch(exempted, change),
      ),
    ),
  ];
}
