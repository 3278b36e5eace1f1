import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { askHelper } from "./credential-helper";
import { RegistryError } from "./failure";
import { dockerHub } from "./origin";

/** What a registry is shown. */
export type Credentials =
  | { readonly kind: "password"; readonly username: string; readonly password: string }
  /** A token for the server that gives tokens, good for getting others. */
  | { readonly kind: "identity"; readonly token: string }
  /** A token for the registry itself. */
  | { readonly kind: "registry"; readonly token: string };

const auth = z.object({
  auth: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  identitytoken: z.string().optional(),
  registrytoken: z.string().optional(),
});

// Programs that rewrite the file may leave null for nothing, which Docker takes as such.
const dockerConfig = z.object({
  auths: z.record(z.string(), auth).nullish(),
  credsStore: z.string().nullish(),
  credHelpers: z.record(z.string(), z.string()).nullish(),
});

type DockerConfig = z.infer<typeof dockerConfig>;

/** Key of Docker Hub in Docker's own files. */
const dockerHubKey = "https://index.docker.io/v1/";

/**
 * The login that Docker's configuration holds for a registry; undefined when there is none.
 * As with Docker, a helper goes before what the file itself holds.
 * @throws {RegistryError} when the file or a helper that it names cannot be used.
 */
export async function dockerCredentials(registry: string): Promise<Credentials | undefined> {
  const { DOCKER_CONFIG: folder = "" } = process.env;
  const file = join(folder === "" ? join(homedir(), ".docker") : folder, "config.json");
  const config = readConfig(file);
  if (!config) return undefined;
  const isHub = dockerHub.includes(registry);
  const names = isHub ? [dockerHubKey, ...dockerHub, "registry-1.docker.io"] : [registry];
  const helper = names.map((name) => config.credHelpers?.[name]).find(Boolean) ?? config.credsStore;
  if (helper) return await askHelper(helper, isHub ? dockerHubKey : registry, file);
  const found = entryFor(config, names);
  return found && fromEntry(found, registry, file);
}

function readConfig(file: string): DockerConfig | undefined {
  let text;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw unusable(file, "cannot be read");
  }
  try {
    return dockerConfig.parse(JSON.parse(text));
  } catch {
    // The parser's own message may quote a secret.
    throw unusable(file, "is not what Docker writes");
  }
}

type AuthEntry = z.infer<typeof auth>;

/** An exact key goes first; others count by their host, because older Dockers wrote URLs. */
function entryFor(config: DockerConfig, names: readonly string[]): AuthEntry | undefined {
  const auths = config.auths ?? {};
  const exact = names.map((name) => auths[name]).find(Boolean);
  const hostOf = (key: string): string => key.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
  return exact ?? Object.entries(auths).find(([key]) => names.includes(hostOf(key)))?.[1];
}

function fromEntry(entry: AuthEntry, registry: string, file: string): Credentials | undefined {
  const { identitytoken, registrytoken } = entry;
  if (registrytoken) return { kind: "registry", token: registrytoken };
  if (identitytoken) return { kind: "identity", token: identitytoken };
  if (!entry.auth)
    return entry.username && entry.password
      ? { kind: "password", username: entry.username, password: entry.password }
      : undefined;
  const pair = Buffer.from(entry.auth, "base64").toString();
  const colon = pair.indexOf(":");
  if (colon < 1) throw unusable(file, `holds a login for ${registry} that is none`);
  // Docker ends some passwords with zero bytes, which belong to none.
  const password = pair.slice(colon + 1).replace(/\0+$/, "");
  return { kind: "password", username: pair.slice(0, colon), password };
}

function unusable(file: string, what: string): RegistryError {
  return new RegistryError(`${file} ${what}`, "log in again with docker login, which writes it");
}
