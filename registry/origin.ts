import type { ImageReference } from "../catalog";

const loopback = ["localhost", "127.0.0.1", "[::1]"];

/** Whether a URL stays on this machine, where plain HTTP cannot be listened to. */
export function isLoopback({ hostname }: URL): boolean {
  return loopback.includes(hostname);
}

/** Names of Docker Hub in references; none of them serves the registry's API. */
export const dockerHub: readonly string[] = ["docker.io", "index.docker.io"];

/** Tag that an image without one has. */
export const defaultTag = "latest";

/** An image's path in its registry: a short name is one of Docker's own images, under each of Hub's names. */
export function repositoryOf({ registry, repository }: ImageReference): string {
  const isShort = dockerHub.includes(registry) && !repository.includes("/");
  return isShort ? `library/${repository}` : repository;
}

/** Where the manifest of an image's tag is, in its registry's API: by HTTPS, but on loopback by HTTP. */
export function manifestUrl(image: ImageReference): URL {
  const { registry, tag = defaultTag } = image;
  const host = dockerHub.includes(registry) ? "registry-1.docker.io" : registry;
  const scheme = isLoopback(new URL(`https://${host}`)) ? "http" : "https";
  return new URL(`${scheme}://${host}/v2/${repositoryOf(image)}/manifests/${tag}`);
}

/** Whether one server may send a request on to another: never from TLS to none, and without TLS only on loopback. */
export function mayLeadTo(from: URL, to: URL): boolean {
  return (
    to.protocol === "https:" ||
    (to.protocol === "http:" && from.protocol === "http:" && isLoopback(to))
  );
}
