import type { LabelSelector } from "kubernetes-types/meta/v1";
import { predicateTypes } from "../../catalog";
import type { Signature, Tier } from "../../catalog";
import { prefix } from "../labels";
import type { Part } from "../manifest";
import { backendKey } from "../network/selectors";
import { allBut } from "./demand";
import type { Demand } from "./demand";
import { identity, publicKey, publicLog } from "./identity";
import { policy } from "./object";

/*
 * ClusterImagePolicy of Sigstore's policy-controller 0.13. Of policies that match an image all must be
 * satisfied, of a policy's authorities one. An authority with attestations looks for these alone, so each is
 * demanded by a policy of its own (pkg/webhook/validator.go, ValidatePolicy).
 */

/** Label of a namespace whose pods the controller looks at. */
export const includeLabel = { "policy.sigstore.dev/include": "true" } as const;

// The version that is stored: no other is accepted while the controller, which converts them, is away.
const kind = { apiVersion: "policy.sigstore.dev/v1alpha1", kind: "ClusterImagePolicy" } as const;

/** What cosign 3 writes as predicate type of a plain signature (cosign v3 pkg/types/predicate.go). */
const signaturePredicate = "https://sigstore.dev/cosign/sign/v1";

/** The policies of a tier's demands; the tier's own last. */
export function clusterImagePolicies(tier: Tier, demands: readonly Demand[]): readonly Part[] {
  if (demands.length === 0) return [];
  return [
    passes(tier, "workloads", workloads(tier)),
    ...(tier.signature ? [] : [passes(tier, "others", [pods(tier, allBut(demands))])]),
    ...demands.flatMap((demand) => verifies(tier, demand)),
  ];
}

function verifies(tier: Tier, { of, expressions, signature }: Demand): readonly Part[] {
  const make = (what: string, authorities: readonly object[]): Part =>
    policy(tier, kind, what, of, {
      mode: "enforce",
      images: everyImage,
      match: [pods(tier, expressions)],
      authorities,
    });
  const attested = signature.attestations.map((what) => {
    const attestations = [{ name: what, predicateType: predicateTypes[what] }];
    return make(what, [
      { name: "tag", ...signer(signature), attestations },
      ...bundle(signature, attestations),
    ]);
  });
  const plain = [{ name: "signature", predicateType: signaturePredicate }];
  return [
    ...attested,
    make("signature", [{ name: "tag", ...signer(signature) }, ...bundle(signature, plain)]),
  ];
}

/**
 * Images signed by cosign 3 have a bundle among their referrers in place of a tag beside the image; the
 * controller reads bundles of identities only, and as attestations (checkOptsFromAuthority).
 */
function bundle(signature: Signature, attestations: readonly object[]): readonly object[] {
  return signature.key === undefined
    ? [{ name: "bundle", signatureFormat: "bundle", ...signer(signature), attestations }]
    : [];
}

function signer(signature: Signature): object {
  if (signature.key !== undefined) return { key: publicKey(signature.key) };
  return {
    keyless: { url: "https://fulcio.sigstore.dev", identities: [identity(signature)] },
    ctlog: { ...publicLog },
  };
}

function passes(tier: Tier, of: string, match: readonly object[]): Part {
  const authorities = [{ name: "pass", static: { action: "pass" } }];
  return policy(tier, kind, "unverified", of, {
    mode: "enforce",
    images: everyImage,
    match,
    authorities,
  });
}

const everyImage = [{ glob: "**" }];

// A policy cannot name a namespace; the tier's label stands for it.
function pods({ sensitivity }: Tier, matchExpressions: LabelSelector["matchExpressions"]): object {
  return {
    version: "v1",
    resource: "pods",
    selector: {
      matchLabels: { [`${prefix}/sensitivity`]: sensitivity },
      ...(matchExpressions && matchExpressions.length > 0 && { matchExpressions }),
    },
  };
}

/**
 * What ToolHive makes pods by: the controller would refuse it, as it does what no policy matches, and
 * verifies the pods themselves. A backend's StatefulSet has no label of the tier.
 */
function workloads({ sensitivity }: Tier): readonly object[] {
  const apps = { group: "apps", version: "v1" };
  const proxies = { matchLabels: { [`${prefix}/sensitivity`]: sensitivity } };
  const backends = {
    matchLabels: { toolhive: "true" },
    matchExpressions: [{ key: backendKey, operator: "Exists" }],
  };
  return [
    { ...apps, resource: "deployments", selector: proxies },
    { ...apps, resource: "replicasets", selector: proxies },
    { ...apps, resource: "statefulsets", selector: backends },
  ];
}
