/** Where the API server answers, as pods reach it. */
export interface ApiServerAddress {
  /** Its address as a range of one. */
  readonly cidr: string;
  /** Its port. */
  readonly port: number;
}

/** The part of an EndpointSlice (discovery.k8s.io/v1) that tells where the API server answers. */
export interface ApiServerEndpoints {
  /** Endpoints with their addresses. */
  readonly endpoints?: readonly { readonly addresses: readonly string[] }[];
  /** Ports that each of them has. */
  readonly ports?: readonly { readonly port?: number }[];
}

/**
 * Addresses of the API server from the EndpointSlice `kubernetes` in namespace `default`, which every API
 * server keeps about itself.
 * @throws {Error} when it names none, because then no proxy could ever make its backend.
 */
export function apiServerAddresses(slice: ApiServerEndpoints): readonly ApiServerAddress[] {
  const ports = (slice.ports ?? []).flatMap(({ port }) => port ?? []);
  const addresses = (slice.endpoints ?? []).flatMap((endpoint) => endpoint.addresses);
  const found = addresses.flatMap((address) => {
    const cidr = `${address}/${address.includes(":") ? 128 : 32}`;
    return ports.map((port) => ({ cidr, port }));
  });
  if (found.length === 0)
    throw new Error(
      "The EndpointSlice default/kubernetes names no address of the API server; set mcp-fleet:network.apiServer.",
    );
  return found;
}
