import type { Entry, Settings, Tier } from "../catalog";
import type { ApiServerAddress } from "./network";

/** What of an environment's settings an entry's objects depend on. */
export type EntryEnvironment = Pick<
  Settings,
  "network" | "oidc" | "redis" | "secretStore" | "signatures"
>;

/** What an entry's objects are made from. */
export interface EntryInput<T extends Entry = Entry> {
  /** The entry. */
  readonly entry: T;
  /** The tier of its sensitivity. */
  readonly tier: Tier;
  /** What it leans on in the environment. */
  readonly environment: EntryEnvironment;
  /** Where the API server answers; looked at for an entry that reaches it. */
  readonly apiServer: readonly ApiServerAddress[];
  /** Names of the Secrets that Pulumi makes, by their name in the entry; the names of `render` when absent. */
  readonly secretNames?: Readonly<Record<string, string>>;
}
