import { UnknownValueError } from "@pulumi/policy";
import type {
  Policies,
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { formatPath } from "../catalog";
import type { Path, Tier } from "../catalog";
import type { ObjectRule, Rule, RuleContext, StackRule, Violation } from "./rule";
import { rules } from "./rules";
import { secretPaths } from "./secret-values";
import { stackObject } from "./stack-object";
import type { StackObject } from "./stack-object";
import { tiersFrom } from "./tiers";

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
      const object = objectOf(args, seen);
      if (!object) return;
      for (const violation of rule.check(object, context(rule, args, tiers)))
        report(textOf(violation));
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
      const urns = new Map<StackObject, string>();
      for (const resource of args.resources) {
        const object = stackedObject(resource);
        if (object) urns.set(object, resource.urn);
      }
      for (const violation of rule.checkStack([...urns.keys()], context(rule, args, tiers)))
        report(textOf(violation), urns.get(violation.object));
    },
  };
}

function objectOf(
  { type, props, opts }: ResourceValidationArgs,
  secrets: readonly Path[] | undefined,
): StackObject | undefined {
  return stackObject({
    type,
    props,
    ...(opts.parent !== undefined && { parent: opts.parent }),
    ...(secrets && { secrets }),
  });
}

/** One object of many: what is not known of it must not hide the others. */
function stackedObject({ type, props, opts }: PolicyResource): StackObject | undefined {
  const parent = opts.parent !== undefined && { parent: opts.parent };
  const known = isKnown(() => JSON.stringify(props));
  let object: StackObject | undefined;
  isKnown(() => (object = stackObject({ type, props, known, ...parent })));
  return object;
}

function isKnown(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof UnknownValueError) return false;
    throw error;
  }
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

function textOf({ path, message }: Violation): string {
  return `${formatPath(path)}: ${message}`;
}
