import type { Entry, Sensitivity, Tier } from "../catalog";

/** Prefix of this project's own labels and annotations. */
export const prefix = "mcp-fleet.dev";

type Labels = Readonly<Record<string, string>>;

/** Labels of everything that a tier is made of. */
export function tierLabels(sensitivity: Sensitivity): Labels {
  return {
    "app.kubernetes.io/managed-by": "mcp-fleet",
    [`${prefix}/sensitivity`]: sensitivity,
  };
}

/** Labels of everything that an entry is made of, its pods included. */
export function entryLabels(entry: Entry): Labels {
  return {
    ...tierLabels(entry.sensitivity),
    [`${prefix}/entry`]: entry.name,
    [`${prefix}/owner`]: entry.owner.team,
    [`${prefix}/category`]: entry.category,
    [`${prefix}/cost-class`]: entry.costClass,
  };
}

/** What an entry says in words that do not fit in labels. */
export function entryAnnotations(entry: Entry): Labels {
  return {
    [`${prefix}/title`]: entry.title,
    [`${prefix}/description`]: entry.description,
    [`${prefix}/contact`]: entry.owner.contact,
  };
}

/**
 * Makes Pulumi take back a field that somebody else has set by hand. Safe here, because every field
 * of these manifests is ours alone; the provider knows the annotation since 3.20.
 */
export const takeBack: Labels = { "pulumi.com/patchForce": "true" };

/**
 * The same for an object that owns no other. A deletion in the foreground would leave it there for a moment,
 * and the provider, which asks and listens at the same time, can miss its end and then waits for ten minutes
 * (4.18 pkg/await/condition/deleted.go). In the background it is gone with the answer.
 */
export const takeBackLeaf: Labels = {
  ...takeBack,
  "pulumi.com/deletionPropagationPolicy": "background",
};

/** Labels that the Pod Security admission of the API server reads (KEP-2579). */
export function podSecurityLabels(level: Tier["podSecurity"]): Labels {
  const modes = ["enforce", "audit", "warn"];
  return Object.fromEntries(
    modes.flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, level],
      [`pod-security.kubernetes.io/${mode}-version`, "latest"],
    ]),
  );
}
