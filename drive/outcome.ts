import type { Job } from "./job";

/** What can be done with an environment. */
export type Verb = "up" | "preview" | "destroy";

/** What became of one stack. */
export interface StackOutcome {
  /** Name of the stack. */
  readonly stack: string;
  /** `skipped` was not tried, because what it stands on, or what stands on it, has failed. */
  readonly status: "done" | "failed" | "skipped";
  /** How many resources were, or would be, created, updated, replaced, deleted or left as they are. */
  readonly changes: Readonly<Record<string, number>>;
  /** Time that it took. */
  readonly seconds: number;
  /** What the engine said, when it failed. */
  readonly message?: string;
  /** The command that tries this stack again. */
  readonly repeat: string;
}

/** The command that does one stack's part of the work alone. */
export function repeatCommand({ verb, stack, stale }: Omit<Job, "project">): string {
  return `pulumi ${stale && verb === "up" ? "destroy" : verb} --stack ${stack}`;
}

const order = ["create", "update", "replace", "delete", "same"];

/** The outcomes as a table, what failed with its reason, and how to repeat it. */
export function summary(verb: Verb, outcomes: readonly StackOutcome[]): string {
  const width = Math.max(...outcomes.map(({ stack }) => stack.length));
  const rows = outcomes.map(({ stack, status, changes, seconds }) =>
    `${stack.padEnd(width)}  ${status.padEnd(7)}  ${seconds.toFixed(0).padStart(4)} s  ${changesText(changes)}`.trimEnd(),
  );
  const failed = outcomes.filter(({ status }) => status !== "done");
  const reasons = failed.map(({ stack, message, repeat }) =>
    [`${stack}:`, ...(message === undefined ? [] : [message]), `repeat it with: ${repeat}`].join(
      "\n",
    ),
  );
  const done = `${verb}: ${outcomes.length - failed.length} of ${outcomes.length} stacks done`;
  return [...rows, "", ...reasons.flatMap((reason) => [reason, ""]), done].join("\n");
}

function changesText(changes: StackOutcome["changes"]): string {
  return order
    .filter((kind) => (changes[kind] ?? 0) > 0)
    .map((kind) => `${String(changes[kind])} ${kind}`)
    .join(", ");
}
