const loopback = ["localhost", "127.0.0.1", "[::1]"];

/** Whether a URL stays on this machine, where plain HTTP cannot be listened to. */
export function isLoopback({ hostname }: URL): boolean {
  return loopback.includes(hostname);
}

/** Names of Docker Hub in references; none of them serves the registry's API. */
export const dockerHub: readonly string[] = ["docker.io", "index.docker.io"];

/** Where a registry's API is, by its name in references: HTTPS, but on loopback HTTP. */
export function originOf(registry: string): URL {
  const url = new URL(
    `https://${dockerHub.includes(registry) ? "registry-1.docker.io" : registry}`,
  );
  if (isLoopback(url)) url.protocol = "http:";
  return url;
}

/** Whether one server may send a request on to another: never from TLS to none, and without TLS only on loopback. */
export function mayLeadTo(from: URL, to: URL): boolean {
  return (
    to.protocol === "https:" ||
    (to.protocol === "http:" && from.protocol === "http:" && isLoopback(to))
  );
}
