import type { ObjectMeta } from "kubernetes-types/meta/v1";

/** A Kubernetes object as plain data. */
export interface Manifest {
  /** Group and version. */
  readonly apiVersion: string;
  /** Kind. */
  readonly kind: string;
  /** Metadata; the name is always given. */
  readonly metadata: ObjectMeta & { readonly name: string };
  /** What is wanted, for kinds that have it. */
  readonly spec?: object;
  /** What is wanted, several times, for CiliumNetworkPolicies. */
  readonly specs?: readonly object[];
}

/** A manifest and the part it plays among those rendered with it. */
export interface Part {
  /** Stable word for the part, unique among those rendered together; ends the name of its Pulumi resource. */
  readonly role: string;
  /** The object. */
  readonly manifest: Manifest;
}
