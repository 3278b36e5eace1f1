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
  return [
    ...(at(content, "automountServiceAccountToken") === false
      ? []
      : [
          {
            path: ["automountServiceAccountToken"],
            message: "is not false, so its pods get a token of the API server; write false",
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
  const own = at(content, "spec", "serviceAccount");
  const patch = ["spec", "podTemplateSpec", "spec"];
  const laid = at(content, ...patch);
  const patched = at(laid, "serviceAccountName");
  return [
    ...(own === tier.serviceAccount ? [] : [foreign(own, ["spec", "serviceAccount"], tier)]),
    ...(patched === undefined || patched === tier.serviceAccount
      ? []
      : [foreign(patched, [...patch, "serviceAccountName"], tier)]),
    ...mounted(laid, patch),
  ];
}

/** ToolHive makes an account with the rights that a proxy needs; another would have other rights. */
function proxy({ content }: StackObject): readonly Violation[] {
  return [
    ["spec", "serviceAccount"],
    ["spec", "podTemplateSpec", "spec", "serviceAccountName"],
  ].flatMap((path) => {
    const name = text(at(content, ...path)) ?? "";
    return name === ""
      ? []
      : [{ path, message: `${show(name)} takes the place of the proxy's own; remove it` }];
  });
}

function podAccount(pod: unknown, path: Path, tier: Tier): readonly Violation[] {
  const name = at(pod, "serviceAccountName");
  return [
    ...(name === tier.serviceAccount ? [] : [foreign(name, [...path, "serviceAccountName"], tier)]),
    ...mounted(pod, path),
  ];
}

function foreign(name: unknown, path: Path, tier: Tier): Violation {
  return {
    path,
    message: `${name === undefined ? "is missing, so it is another than that of tier" : `${show(name)} is not the ServiceAccount of tier`} ${tier.sensitivity}; write ${tier.serviceAccount}`,
  };
}

function mounted(pod: unknown, path: Path): readonly Violation[] {
  return at(pod, "automountServiceAccountToken") === false
    ? []
    : [
        {
          path: [...path, "automountServiceAccountToken"],
          message: "is not false, so the pod gets a token of the API server; write false",
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
