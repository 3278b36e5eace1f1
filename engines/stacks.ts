/** One stack of an environment, as an engine has to know it. */
export interface FleetStack {
  /** Name of the stack. */
  readonly stack: string;
  /** The slice that it holds; none when it is the environment's own, which holds the platform. */
  readonly slice?: string;
  /** How many entries it holds; none of a slice whose last entry has gone, which one more update takes away. */
  readonly entries: number;
}

/** The stacks of an environment in the order in which they are deployed: the platform first. */
export interface Fleet {
  /** The environment. */
  readonly environment: string;
  /** The environment's own stack. */
  readonly platform: FleetStack;
  /** The stacks of its slices, which may be deployed side by side. */
  readonly slices: readonly FleetStack[];
}

/** Names of all stacks in order, one a line. */
export function stackNames({ platform, slices }: Fleet): string {
  return [platform, ...slices].map(({ stack }) => stack).join("\n");
}

/** The stacks as JSON in one line, as a job's output must be: `environment`, `platform` and `slices`. */
export function stacksJson({ environment, platform, slices }: Fleet): string {
  return JSON.stringify({ environment, platform: platform.stack, slices });
}

/** The name of a stack with its organization, where the backend has those. */
export function qualified(stack: string, organization: string | undefined): string {
  return organization === undefined ? stack : `${organization}/${stack}`;
}
