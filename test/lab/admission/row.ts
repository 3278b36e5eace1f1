import { plurals } from "./person";
import type { Answer, Person, Sent } from "./person";

/** One way to break a rule. */
export interface Row {
  /** What is wrong. */
  readonly what: string;
  /** Does it, as somebody. */
  readonly act: (person: Person) => Promise<Answer>;
  /** What they are told. */
  readonly says: string;
  /** Namespace whose policy tells them. */
  readonly where: string;
  /** Kind that is written, as the API names it, where only deployers may write it at all. */
  readonly owned?: string;
}

/** Kinds that only deployers may write. */
const owned = [
  "EmbeddingServer",
  "MCPGroup",
  "MCPOIDCConfig",
  "MCPRemoteProxy",
  "MCPServer",
  "MCPToolConfig",
  "NetworkPolicy",
  "VirtualMCPServer",
];

/** The row of an object that nobody may make. */
export function made(what: string, object: Sent, says: string): Row {
  return acted(what, object, says, async (person) => await person.create(object));
}

/** The row of something that nobody may do with an object. */
export function acted(what: string, object: Sent, says: string, act: Row["act"]): Row {
  const { kind, metadata } = object;
  const { namespace: where = "" } = metadata;
  const name = owned.includes(kind) ? plurals[kind] : undefined;
  return { what, act, says, where, ...(name !== undefined && { owned: name }) };
}

/** What somebody is told who may not change a kind at all. */
export const foreigner = (user: string, resources: string): string =>
  `${user} may not change ${resources} here, only the fleet's deployer: change the catalogue, open a pull request, and let pulumi up apply it.`;
