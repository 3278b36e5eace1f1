import assert from "node:assert/strict";
import type { Pod, PodSpec, PodTemplateSpec } from "kubernetes-types/core/v1";
import { sensitivities } from "../../../catalog";
import type { NetworkSettings } from "../../../catalog";
import { renderFiles, renderPlatform } from "../../../manifests";
import { parseAllDocuments } from "yaml";
import { loaded } from "./fleet";
import type { PlainObject, RawApi, Said } from "./raw-api";

/** Engines that enforce network rules. */
export const engines: readonly NetworkSettings["engine"][] = [
  "kubernetes",
  "cilium",
  "cluster-network-policy",
];

/** Every object of an environment with this engine, in namespaces of its own, with all that settings can say. */
export function rendered(
  catalogue: readonly string[],
  engine: NetworkSettings["engine"],
): readonly PlainObject[] {
  const tiers = Object.fromEntries(
    sensitivities.map((sensitivity) => [sensitivity, { namespace: `${engine}-${sensitivity}` }]),
  );
  const apiServer = [
    { cidr: "192.0.2.1/32", port: 6443 },
    { cidr: "2001:db8::1/128", port: 443 },
  ];
  const { settings, entries } = loaded(catalogue, {
    platform: { namespace: `${engine}-system` },
    network: {
      engine,
      priority: 1000,
      apiServer,
      dns: { namespace: "dns", pods: { app: "dns", tier: "node" }, addresses: ["192.0.2.53/32"] },
      exclude: ["34.118.224.0/20"],
    },
    tiers: {
      ...tiers,
      public: {
        ...tiers.public,
        serviceAccount: "tool",
        podSecurity: {
          enforce: "restricted",
          audit: "baseline",
          warn: "restricted",
          version: "v1.36",
        },
        seccomp: "localhost/profiles/mcp.json",
        readOnlyRoot: false,
        runtimeClass: "sandboxed",
        quota: { requests: { cpu: "21", memory: "65Gi" }, limits: { cpu: "201" }, pods: 401 },
        containers: { max: { cpu: "5" }, limits: { memory: "1Gi" }, requests: { cpu: "11m" } },
      },
    },
  });
  return [
    ...renderPlatform(settings.platform).map(({ manifest }) => manifest),
    ...[...renderFiles(entries, settings, apiServer).values()].flatMap((text) =>
      parseAllDocuments(text).map((document) => document.toJS() as PlainObject),
    ),
  ];
}

/** Kinds that are really made, because the pods that are tried beside them are admitted by them. */
const kept = ["Namespace", "ServiceAccount", "LimitRange"];

/** Posts all objects with strict field validation; gives what the API server has against them. */
export async function refusals(
  api: RawApi,
  objects: readonly PlainObject[],
): Promise<readonly string[]> {
  const said: string[] = [];
  for (const object of objects)
    said.push(...complaints(object, await api.create(object, !kept.includes(object.kind ?? ""))));
  return said;
}

/** What the API server has against an object: that it refuses it, and what it warns of. */
export function complaints(object: PlainObject, { code, body, warnings }: Said): readonly string[] {
  const name = `${object.kind ?? ""} ${object.metadata?.namespace ?? ""}/${object.metadata?.name ?? ""}`;
  return [
    ...(code === 201 ? [] : [`${name}: ${code} ${body.message ?? ""}`]),
    ...warnings.map((warning) => `${name}: warning: ${warning}`),
  ];
}

interface Server extends PlainObject {
  readonly spec: {
    readonly image: string;
    readonly serviceAccount: string;
    readonly podTemplateSpec: PodTemplateSpec & { readonly spec: PodSpec };
  };
}

/**
 * What MCPServers say about their backends, as the pods that they mean: for the API server that part of
 * an MCPServer may hold anything, so that it alone would not see a field that does not exist.
 */
export function meantPods(objects: readonly PlainObject[]): readonly Pod[] {
  return objects
    .filter(({ kind }) => kind === "MCPServer")
    .map((object) => {
      const { metadata, spec } = object as Server;
      const { podTemplateSpec, image, serviceAccount } = spec;
      assert.equal(podTemplateSpec.spec.containers.length, 1);
      return {
        apiVersion: "v1",
        kind: "Pod",
        metadata: {
          ...podTemplateSpec.metadata,
          name: metadata?.name,
          namespace: metadata?.namespace,
        },
        spec: {
          ...podTemplateSpec.spec,
          serviceAccountName: serviceAccount,
          containers: podTemplateSpec.spec.containers.map((container) => ({ ...container, image })),
        },
      };
    });
}
