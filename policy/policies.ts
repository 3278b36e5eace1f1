import type {
  Policies,
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { formatPath } from "../catalog";
import type { Path, Tier } from "../catalog";
import { violationsOf } from "./rule";
import type { ObjectRule, Rule, RuleContext, StackRule, Violation } from "./rule";
import { rules } from "./rules";
import { secretPaths } from "./secret-values";
import { stackObjects } from "./stack-object";
import type { StackObject } from "./stack-object";
import { tiersFrom } from "./tiers";
import { unknownIn } from "./unknown";

/**
 * The rules as Pulumi's policies.
 * @param tiers The tiers of the stack, where a policy's own configuration names no others.
 */
export function policies(tiers: readonly Tier[]): Policies {
  return rules.map((rule) =>
    "check" in rule ? objectPolicy(rule, tiers) : stackPolicy(rule, tiers),
  );
}

function described(rule: Rule) {
  const { id, title, severity, enforcement, config = {} } = rule;
  return {
    name: id,
    displayName: title,
    description: `${title} (docs/policies/${id}.md).`,
    enforcementLevel: enforcement,
    severity,
    configSchema: {
      properties: {
        ...config,
        tiers: {
          type: "object" as const,
          description: "In place of the stack's own mcp-fleet:tiers, in the same shape.",
        },
      },
    },
  };
}

function objectPolicy(rule: ObjectRule, tiers: readonly Tier[]): ResourceValidationPolicy {
  const secrets = new Map<string, readonly Path[]>();
  let blind = false;
  const policy: ResourceValidationPolicy = {
    ...described(rule),
    validateResource: (args, report) => {
      const seen = secrets.get(args.urn);
      if (rule.seesSecrets && !seen) {
        // Once is enough: it is the configuration that is wrong, not the objects.
        if (!blind)
          report(`it sees nothing at this enforcement level; configure ${rule.id}: remediate`);
        blind = true;
        return;
      }
      const about = context(rule, args, tiers);
      for (const object of objectsOf(args, seen))
        for (const violation of violationsOf(rule, object, about))
          report(textOf(object, violation));
    },
  };
  if (!rule.seesSecrets) return policy;
  return {
    ...policy,
    // The engine tells what is secret to remediations alone. This one remedies nothing.
    enforcementLevel: "remediate",
    remediateResource: ({ urn, props }) => {
      secrets.set(urn, secretPaths(props));
    },
  };
}

function stackPolicy(rule: StackRule, tiers: readonly Tier[]): StackValidationPolicy {
  return {
    ...described(rule),
    validateStack: (args, report) => {
      const stacked = new Map<StackObject, Stacked>();
      for (const resource of args.resources)
        for (const { object, unknown } of stackedObjects(resource))
          stacked.set(object, { urn: resource.urn, unknown });
      const { violations, unsure } = rule.checkStack(
        [...stacked.keys()],
        context(rule, args, tiers),
      );
      for (const violation of violations)
        report(textOf(violation.object, violation), stacked.get(violation.object)?.urn);
      // The SDK makes an advice of it: what cannot be checked yet is not said to be right.
      for (const object of unsure) {
        const { unknown } = stacked.get(object) ?? {};
        if (unknown) throw unknown;
      }
    },
  };
}

function objectsOf(
  { type, props, opts }: ResourceValidationArgs,
  secrets: readonly Path[] | undefined,
): readonly StackObject[] {
  return stackObjects({
    type,
    props,
    ...(opts.parent !== undefined && { parent: opts.parent }),
    ...(secrets && { secrets }),
  });
}

/** Where an object of a stack comes from, and what of it a preview does not know. */
interface Stacked {
  readonly urn: string;
  readonly unknown: Error | undefined;
}

/** The objects of one resource of many: what is not known of it must not hide the others. */
function stackedObjects({
  type,
  props,
  opts,
}: PolicyResource): readonly (Pick<Stacked, "unknown"> & { readonly object: StackObject })[] {
  const resource = { type, ...(opts.parent !== undefined && { parent: opts.parent }) };
  const unknown = unknownIn(() => JSON.stringify(props));
  let objects: readonly StackObject[] = [];
  const unreadable = unknownIn(() => {
    objects = stackObjects({ ...resource, props, known: !unknown });
  });
  // Its type is known all the same.
  if (unreadable) objects = stackObjects({ ...resource, props: {}, known: false });
  return objects.map((object) => ({ object, unknown: unreadable ?? unknown }));
}

function context(
  { id, config = {} }: Rule,
  args: Pick<ResourceValidationArgs, "getConfig">,
  stack: readonly Tier[],
): RuleContext {
  const { tiers, ...own } = args.getConfig<Readonly<Record<string, unknown>>>();
  const defaults = Object.entries(config).map(([key, schema]) => [
    key,
    (schema as { readonly default?: unknown }).default,
  ]);
  return {
    tiers: tiers === undefined ? stack : tiersFrom(tiers, `${id}: tiers`),
    config: { ...(Object.fromEntries(defaults) as Readonly<Record<string, unknown>>), ...own },
  };
}

function textOf({ place }: StackObject, { path, message }: Violation): string {
  return `${formatPath([...place, ...path])}: ${message}`;
}
