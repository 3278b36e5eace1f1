import { ComponentResource, all, output, secret } from "@pulumi/pulumi";
import type {
  ComponentResourceOptions,
  CustomResourceOptions,
  Input,
  Output,
  Resource,
} from "@pulumi/pulumi";
import { Secret } from "@pulumi/kubernetes/core/v1";
import type { Entry, SecretUse, Tier } from "../catalog";
import { configNames, entryUrl, mainRoles, renderEntry, secretRole } from "../manifests";
import type { ApiServerAddress, EntryEnvironment, EntryInput, Part } from "../manifests";
import { createPart } from "./parts";

/** Arguments of the component of an entry. */
export interface EntryArgs<T extends Entry> {
  /** The entry, as the catalogue has it. */
  readonly entry: T;
  /** The tier of the entry's sensitivity. */
  readonly tier: Tier;
  /** What it leans on in the environment: network, identity provider, Redis, store of secrets, what verifies signatures. */
  readonly environment: EntryEnvironment;
  /** Where the API server answers; needed for an entry that reaches it. */
  readonly apiServer?: Input<readonly ApiServerAddress[]>;
  /** Values of the stack's configuration that Secrets of source `pulumi` take, by name. */
  readonly secretValues?: Input<Readonly<Record<string, string>>>;
}

/** What the components of both kinds of entry are. */
export abstract class EntryComponent extends ComponentResource {
  /** Address of the proxy inside the cluster, known once the entry is declared. */
  public readonly url: Output<string>;

  protected constructor(
    type: string,
    name: string,
    args: EntryArgs<Entry>,
    opts?: ComponentResourceOptions,
  ) {
    super(`mcp-fleet:index:${type}`, name, {}, opts);
    const { entry, tier, environment } = args;
    // Settings are checked when they are read; whoever makes a server alone has none.
    if (entry.kind === "Server" && entry.signature && !environment.signatures)
      throw new Error(
        `${name}: a signature is demanded, and environment names nothing that verifies it; give environment.signatures`,
      );
    // The parts and their names are known at once; what comes from elsewhere takes their place below.
    const known: EntryInput = { entry, tier, environment, apiServer: [] };
    const secretNames: Record<string, Output<string>> = {};
    const input = (): Output<EntryInput> =>
      all([args.apiServer ?? [], all(secretNames)]).apply(([apiServer, names]) => ({
        ...known,
        apiServer,
        secretNames: names,
      }));
    // The main part is the last: it refers to the others, and must be gone before they may go.
    const made: Resource[] = [];
    for (const part of renderEntry({ ...known, apiServer: unknownAddress })) {
      const options = { parent: this, dependsOn: [...made] };
      const use = pulumiSecret(entry, part);
      if (use) {
        const resource = createSecret(name, part, use, args.secretValues ?? {}, options);
        secretNames[use.name] = resource.metadata.name;
        made.push(resource);
      } else {
        // The engine takes for secret, and hides in its preview, what comes with a secret.
        const named = part.role === mainRoles[entry.kind] && Object.keys(secretNames).length > 0;
        const late = named || reachesApiServer(entry, part);
        made.push(createPart(name, part, options, late ? fieldsOf(part, input()) : undefined));
      }
    }
    this.url = output(entryUrl(entry, tier));
    this.registerOutputs({ url: this.url });
  }
}

// Makes the parts that hold it appear; its place is taken by what the cluster says.
const unknownAddress: readonly ApiServerAddress[] = [{ cidr: "0.0.0.0/32", port: 1 }];

function reachesApiServer(entry: Entry, { role }: Part): boolean {
  const egress = entry.kind === "Server" ? entry.egress : undefined;
  return (
    Array.isArray(egress) &&
    egress.some((destination) => "apiServer" in destination) &&
    (role === "backend-policy" || role === "hosts")
  );
}

/** The fields of a part that are only known with the deployment. */
function fieldsOf(part: Part, input: Output<EntryInput>): Readonly<Record<string, Output<object>>> {
  const key = part.manifest.specs ? "specs" : "spec";
  const value = input.apply((known) => {
    const parts = renderEntry(known);
    return parts.find(({ role }) => role === part.role)?.manifest[key] ?? {};
  });
  return { [key]: value };
}

function pulumiSecret(entry: Entry, { role }: Part): SecretUse | undefined {
  return entry.secrets.find(({ name, source }) => source === "pulumi" && role === secretRole(name));
}

/**
 * The Secret that Pulumi fills. It is immutable and its name is chosen by the engine, so a changed value
 * makes a new one beside the old, to which the server then turns: it restarts with the new value, and the
 * old Secret goes last. No hash of the value is kept anywhere.
 */
function createSecret(
  name: string,
  { role, manifest }: Part,
  use: SecretUse,
  values: Input<Readonly<Record<string, string>>>,
  opts: CustomResourceOptions,
): Secret {
  const { labels, annotations, namespace } = manifest.metadata;
  const stringData = output(values).apply((known) =>
    Object.fromEntries(
      Object.entries(configNames(use)).map(([key, from]) => {
        const value = known[from];
        if (value === undefined)
          throw new Error(`${name}: mcp-fleet:secrets.${from} is not in the configuration`);
        return [key, value];
      }),
    ),
  );
  return new Secret(
    `${name}-${role}`,
    {
      metadata: { namespace, labels, annotations },
      type: "Opaque",
      immutable: true,
      stringData: secret(stringData),
    },
    opts,
  );
}
