import { show } from "../../catalog";
import type { Path, Tier } from "../../catalog";
import { at, fields, items, text } from "../plain-data";
import type { ObjectRule, Violation } from "../rule";
import { isToolhive, tierOf } from "../stack-object";
import type { StackObject } from "../stack-object";
import { listed, podSpec } from "./pods";

// Annotations by which clouds hand a ServiceAccount's pods credentials of their own.
const cloudIdentities = [
  "eks.amazonaws.com/role-arn",
  "iam.gke.io/gcp-service-account",
  "azure.workload.identity/client-id",
];

// A pod's field for the account, and what it was called once, which the API server still takes.
const accountFields = ["serviceAccountName", "serviceAccount"] as const;

/** MCP016: a server has no credentials for the API server, and none that are another's. */
export const serviceAccount: ObjectRule = {
  id: "MCP016",
  title: "Servers run as their tier's ServiceAccount, without a token",
  severity: "high",
  enforcement: "mandatory",
  check: (object, { tiers }) => {
    const tier = tierOf(object, tiers);
    if (!tier) return [];
    if (object.group === "" && object.kind === "ServiceAccount") return account(object);
    if (object.group === "" && object.kind === "Secret") return tokenSecret(object);
    if (isToolhive(object, "MCPServer")) return [...server(object, tier), ...projected(object)];
    if (isToolhive(object)) return [...proxy(object), ...projected(object)];
    const pod = podSpec(object);
    return pod ? [...podAccount(pod.value, pod.path, tier), ...projected(object)] : [];
  },
};

function account({ content }: StackObject): readonly Violation[] {
  const token = at(content, "automountServiceAccountToken");
  return [
    ...(token === false
      ? []
      : [
          {
            path: ["automountServiceAccountToken"],
            message: "is not false, so its pods get a token of the API server; write false",
            missing: token === undefined,
          },
        ]),
    ...fields(at(content, "metadata", "annotations"))
      .filter(([key]) => cloudIdentities.includes(key))
      .map(([key]) => ({
        path: ["metadata", "annotations", key],
        message:
          "gives every server of the tier credentials of the cloud; take a Secret of the entry that needs them",
      })),
  ];
}

function tokenSecret({ content }: StackObject): readonly Violation[] {
  return at(content, "type") === "kubernetes.io/service-account-token"
    ? [{ path: ["type"], message: "is a token of the API server that never ends; remove it" }]
    : [];
}

function server({ content }: StackObject, tier: Tier): readonly Violation[] {
  const patch = ["spec", "podTemplateSpec", "spec"];
  const laid = at(content, ...patch);
  return [
    ...foreign(at(content, "spec", "serviceAccount"), ["spec", "serviceAccount"], tier),
    ...accountFields
      .filter((field) => at(laid, field) !== undefined)
      .flatMap((field) => foreign(at(laid, field), [...patch, field], tier)),
    ...mounted(laid, patch),
  ];
}

/** ToolHive makes an account with the rights that a proxy needs; another would have other rights. */
function proxy({ content }: StackObject): readonly Violation[] {
  return [
    ["spec", "serviceAccount"],
    ...accountFields.map((field) => ["spec", "podTemplateSpec", "spec", field]),
  ].flatMap((path) => {
    const name = text(at(content, ...path)) ?? "";
    return name === ""
      ? []
      : [{ path, message: `${show(name)} takes the place of the proxy's own; remove it` }];
  });
}

function podAccount(pod: unknown, path: Path, tier: Tier): readonly Violation[] {
  const [field, once] = accountFields;
  const before = at(pod, once);
  return [
    ...foreign(at(pod, field), [...path, field], tier),
    ...(before === undefined ? [] : foreign(before, [...path, once], tier)),
    ...mounted(pod, path),
  ];
}

function foreign(name: unknown, path: Path, tier: Tier): readonly Violation[] {
  if (name === tier.serviceAccount) return [];
  const what =
    name === undefined
      ? "is missing, so it is another than that of tier"
      : `${show(name)} is not the ServiceAccount of tier`;
  const message = `${what} ${tier.sensitivity}; write ${tier.serviceAccount}`;
  return [{ path, message, missing: name === undefined }];
}

function mounted(pod: unknown, path: Path): readonly Violation[] {
  const field = "automountServiceAccountToken";
  const own = at(pod, field);
  return own === false
    ? []
    : [
        {
          path: [...path, field],
          message: "is not false, so the pod gets a token of the API server; write false",
          missing: own === undefined,
        },
      ];
}

function projected(object: StackObject): readonly Violation[] {
  const pod = podSpec(object);
  const volumes = pod ? listed(pod.value, [...pod.path, "volumes"], "volumes") : [];
  return volumes.flatMap(({ path, value }) =>
    items(at(value, "projected", "sources")).flatMap((source, i) =>
      at(source, "serviceAccountToken") === undefined
        ? []
        : [
            {
              path: [...path, "projected", "sources", i],
              message: "gives the pod a token of its ServiceAccount; remove it",
            },
          ],
    ),
  );
}
