import type { CustomResourceOptions, Input, Resource } from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from "@pulumi/kubernetes/admissionregistration/v1";
import { HorizontalPodAutoscaler } from "@pulumi/kubernetes/autoscaling/v2";
import {
  LimitRange,
  Namespace,
  ResourceQuota,
  Service,
  ServiceAccount,
} from "@pulumi/kubernetes/core/v1";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1";
import type { Part } from "../manifests";

/** A resource class; `never` stands for its own arguments, whose shape the manifests know and types do not. */
type ResourceClass = new (name: string, args: never, opts?: CustomResourceOptions) => Resource;

/** Kinds that have a resource of their own in the provider; any other kind is a custom resource. */
const builtIn: Readonly<Record<string, ResourceClass>> = {
  "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy": ValidatingAdmissionPolicy,
  "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding":
    ValidatingAdmissionPolicyBinding,
  "autoscaling/v2/HorizontalPodAutoscaler": HorizontalPodAutoscaler,
  "v1/LimitRange": LimitRange,
  "v1/Namespace": Namespace,
  "v1/ResourceQuota": ResourceQuota,
  "v1/Service": Service,
  "v1/ServiceAccount": ServiceAccount,
  "networking.k8s.io/v1/NetworkPolicy": NetworkPolicy,
};

/**
 * Makes the Pulumi resource of a part, named `<name>-<role>`. Only another name or namespace replaces one,
 * and then the new object can and should be there before the old one goes: a ToolHive configuration
 * cannot go while a server refers to it.
 * @param late Takes the place of the manifest's own fields, where they are not known before the deployment.
 */
export function createPart(
  name: string,
  { role, manifest }: Part,
  opts: CustomResourceOptions,
  late?: Readonly<Record<string, Input<object>>>,
): Resource {
  const Kind = builtIn[`${manifest.apiVersion}/${manifest.kind}`] ?? CustomResource;
  const args = { ...manifest, ...late };
  return new Kind(`${name}-${role}`, args as never, opts);
}
