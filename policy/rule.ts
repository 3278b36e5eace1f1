import type { Path, Tier } from "../catalog";
import type { StackObject } from "./stack-object";

/** How much harm is near when a rule is broken. */
export type RuleSeverity = "low" | "medium" | "high" | "critical";

/** What happens when a rule is broken: a mandatory one stops the deployment, an advisory one only speaks. */
export type Enforcement = "mandatory" | "advisory";

/** JSON Schemas of what may be configured of a rule, by name. */
export type ConfigSchema = Readonly<Record<string, object>>;

/** What is known of a rule besides its check. */
export interface RuleInfo {
  /** Stable name; configuration and exceptions refer to it, so it is never given to another rule. */
  readonly id: string;
  /** What must be true, in a few words. */
  readonly title: string;
  /** Harm. */
  readonly severity: RuleSeverity;
  /** What happens where an environment says nothing else. */
  readonly enforcement: Enforcement;
  /** What may be configured besides the tiers. */
  readonly config?: ConfigSchema;
}

/** What a rule says about an object. */
export interface Violation {
  /** Path of the field in the object. */
  readonly path: Path;
  /** What is wrong, with the value where it is no secret, and what to write instead. */
  readonly message: string;
  /** Whether it is wrong that the field is not there. */
  readonly missing?: boolean;
}

/** What a rule is checked with. */
export interface RuleContext {
  /** The tiers of the environment. */
  readonly tiers: readonly Tier[];
  /** The rule's own configuration; defaults are filled in. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** A rule over one object, checked before the object is made. */
export interface ObjectRule extends RuleInfo {
  /** Whether it looks at what Pulumi keeps secret: {@link StackObject.secrets}. */
  readonly seesSecrets?: true;
  /** Everything that is wrong with the object. */
  readonly check: (object: StackObject, context: RuleContext) => readonly Violation[];
}

/** A violation that concerns one object of many. */
export interface StackViolation extends Violation {
  /** The object. */
  readonly object: StackObject;
}

/** What a rule says about a stack. */
export interface StackFindings {
  /** Everything that is wrong with it. */
  readonly violations: readonly StackViolation[];
  /** Objects of which more must be known to say whether something is. */
  readonly unsure: readonly StackObject[];
}

/** A rule over all objects of a stack together. */
export interface StackRule extends RuleInfo {
  /** What is wrong with the stack. */
  readonly checkStack: (objects: readonly StackObject[], context: RuleContext) => StackFindings;
}

/** A rule. */
export type Rule = ObjectRule | StackRule;

/** All that a rule says about an object; of one that is patched only what is written, the rest is another's. */
export function violationsOf(
  rule: ObjectRule,
  object: StackObject,
  context: RuleContext,
): readonly Violation[] {
  const found = rule.check(object, context);
  return object.partial ? found.filter(({ missing = false }) => !missing) : found;
}
