import type { Inputs, Resource } from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import { Namespace, ServiceAccount } from "@pulumi/kubernetes/core/v1";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import type { Manifest, Part } from "../manifests";

type Constructor = new (name: string, args: Inputs, opts: CustomResourceOptions) => Resource;

/** Kinds that have a resource of their own in the provider; any other kind is a custom resource. */
const builtIn: Readonly<Record<string, Constructor>> = {
  "v1/Namespace": Namespace,
  "v1/ServiceAccount": ServiceAccount,
  "networking.k8s.io/v1/NetworkPolicy": NetworkPolicy,
};

/**
 * Makes one Pulumi resource of each part, named `<name>-<role>`. Each has a fixed `metadata.name`, so
 * a replacement must delete the old object first: two cannot have one name.
 */
export function createParts(
  name: string,
  parts: readonly Part[],
  opts: CustomResourceOptions,
): ReadonlyMap<string, Resource> {
  return new Map(
    parts.map(({ role, manifest }) => [role, create(`${name}-${role}`, manifest, opts)]),
  );
}

function create(name: string, manifest: Manifest, opts: CustomResourceOptions): Resource {
  const Kind = builtIn[`${manifest.apiVersion}/${manifest.kind}`] ?? CustomResource;
  return new (Kind as Constructor)(name, { ...manifest }, { ...opts, deleteBeforeReplace: true });
}
