import type { Entry, PodSecurity, Sensitivity } from "../catalog";

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

/** Labels by which people find who answers for what runs, and who pays for it. */
export const ownershipLabels = ["entry", "owner", "category", "cost-class"].map(
  (key) => `${prefix}/${key}`,
);

/** Labels of everything that an entry is made of, its pods included. */
export function entryLabels(entry: Entry): Labels {
  return {
    ...entry.labels,
    ...tierLabels(entry.sensitivity),
    [`${prefix}/entry`]: entry.name,
    [`${prefix}/owner`]: entry.owner.team,
    [`${prefix}/category`]: entry.category,
    [`${prefix}/cost-class`]: entry.costClass,
  };
}

/** What an entry says in words that do not fit in labels. */
export function entryAnnotations(entry: Entry): Labels {
  const { state, sunset, replacedBy } = entry.lifecycle;
  return {
    ...entry.annotations,
    [`${prefix}/title`]: entry.title,
    [`${prefix}/description`]: entry.description,
    [`${prefix}/contact`]: entry.owner.contact,
    ...(state !== "active" && { [`${prefix}/lifecycle`]: state }),
    ...(sunset !== undefined && { [`${prefix}/sunset`]: sunset }),
    ...(replacedBy !== undefined && { [`${prefix}/replaced-by`]: replacedBy }),
  };
}

/**
 * Makes Pulumi take back a field that somebody else has set by hand. Safe here, because every field
 * of these manifests is ours alone; the provider knows the annotation since 3.20.
 */
export const takeBack: Labels = { "pulumi.com/patchForce": "true" };

/**
 * Makes Pulumi delete an object at once and leave what it owns to garbage collection. By default it waits until
 * the owned objects are gone, for which a cluster's garbage collector needs several requests for each object
 * (20 a second by default), so that a large fleet takes minutes to go; and of an MCPRemoteProxy the operator makes them
 * anew while it goes (ToolHive 0.48 does not look at its deletionTimestamp), so that it may never go. Meanwhile the
 * tier's own rules hold what is left of a server: nothing reaches it, and it reaches nothing.
 */
export const goesAtOnce: Labels = { "pulumi.com/deletionPropagationPolicy": "background" };

/** Labels that the Pod Security admission of the API server reads (KEP-2579). */
export function podSecurityLabels({ version, ...levels }: PodSecurity): Labels {
  return Object.fromEntries(
    Object.entries(levels).flatMap(([mode, level]) => [
      [`pod-security.kubernetes.io/${mode}`, level],
      [`pod-security.kubernetes.io/${mode}-version`, version],
    ]),
  );
}
