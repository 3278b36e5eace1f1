/** The parts of a container image reference. */
export interface ImageReference {
  /** Registry host, with its port if one is written; `docker.io` when none is. */
  readonly registry: string;
  /** Path inside the registry, `library/` added for Docker's short names. */
  readonly repository: string;
  /** Tag, when one is written. */
  readonly tag?: string;
  /** Digest as `sha256:…`, when one is written. */
  readonly digest?: string;
}

const host =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*)(?::\d+)?$/;
const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const reference =
  /^(?<name>[^:@]+(?::\d+\/[^:@]+)?)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[a-f0-9]{64}))?$/;

/**
 * Parses an image reference; undefined when it is none. Only sha256 digests are taken.
 * Rule: github.com/distribution/reference, whose grammar container runtimes follow.
 */
export function parseImage(text: string): ImageReference | undefined {
  const groups = reference.exec(text)?.groups;
  const name = groups?.name;
  if (name === undefined || name.length > 255) return undefined;
  const slash = name.indexOf("/");
  const first = slash < 0 ? "" : name.slice(0, slash);
  const isHost =
    first !== "" && (/[.:]/.test(first) || first === "localhost" || /[A-Z]/.test(first));
  const registry = isHost ? first : "docker.io";
  const path = isHost ? name.slice(slash + 1) : name;
  if (!host.test(registry) || !path.split("/").every((part) => component.test(part)))
    return undefined;
  const official = registry === "docker.io" && !path.includes("/");
  return {
    registry,
    repository: official ? `library/${path}` : path,
    ...(groups?.tag !== undefined && { tag: groups.tag }),
    ...(groups?.digest !== undefined && { digest: groups.digest }),
  };
}
