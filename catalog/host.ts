import { isIP } from "node:net";

const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

// Names that mean something else inside a cluster, or the service that hands out a node's credentials.
const local = /(?:^|\.)(?:localhost|local|internal|cluster\.local|svc)$/;

/**
 * Why a text is not a host that an entry may reach; undefined when it is one: a full name of the public
 * DNS, in lower case, or `*.` and such a name.
 */
export function hostProblem(host: string): string | undefined {
  if (/^[a-z]+:\/\//i.test(host)) return "is a URL; write the host alone";
  if (isIP(host) !== 0 || /^[0-9.]+$/.test(host))
    return "is an address; write cidr instead of host";
  if (/:\d+$/.test(host)) return "has a port; write it as port";
  if (host !== host.toLowerCase()) return `has capitals; write "${host.toLowerCase()}"`;
  const name = host.startsWith("*.") ? host.slice(2) : host;
  if (name.includes("*")) return "has a * that is not its first label; write *.example.com";
  const labels = name.split(".");
  if (name.length > 253 || !labels.every((part) => label.test(part)))
    return "is not a DNS name; write one like api.osv.dev";
  if (local.test(name))
    return "is not a public name; for a service of the cluster write namespace and pods";
  if (labels.length < 2) return "is not a full name; write one like api.osv.dev";
  return undefined;
}
