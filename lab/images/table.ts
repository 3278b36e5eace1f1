/** What an image of the lab holds and runs. */
export type ImageContent =
  | {
      /** A program of the lab's tools, alone in the image. */
      readonly tool: string;
    }
  | {
      /** A program of the lab's own: lab/images/programs/<name>.ts, on Node. */
      readonly program: string;
    }
  | {
      /** A package of lab/images/servers/package.json, on Node. */
      readonly npm: string;
    };

/** An image that the lab's registry serves. */
export interface LabImage {
  /** Reference, with registry and tag, as catalogues and charts write it. */
  readonly reference: string;
  /** What it holds. */
  readonly content: ImageContent;
  /** What it is, and why it is not the vendor's own; becomes a label. */
  readonly substitute: string;
}

/** Image of the first container of every pod. */
export const pauseImage = "registry.k8s.io/pause:3.10";

/** Image of the cluster's DNS. */
export const dnsImage = "registry.k8s.io/coredns/coredns:v1.15.0";

/** Image of the lab's client: a pod that calls tools and tries connections. */
export const clientImage = "lab.mcp-fleet.dev/client:1";

const built = "the vendor's program, built by the lab from its pinned module";
const packed = "the vendor's npm package on the machine's Node, packed by the lab";

/** Every image of the lab. What is no vendor's own image says so in its label. */
export const labImages: readonly LabImage[] = [
  {
    reference: pauseImage,
    content: { tool: "pause" },
    substitute: "a program of the lab that does what Kubernetes' pause does",
  },
  { reference: dnsImage, content: { tool: "coredns" }, substitute: built },
  toolhive("operator", "thv-operator"),
  toolhive("proxyrunner", "thv-proxyrunner"),
  toolhive("vmcp", "vmcp"),
  server("everything"),
  server("filesystem"),
  server("memory"),
  server("sequentialthinking", "sequential-thinking"),
  {
    reference: "ghcr.io/stackloklabs/osv-mcp/server:latest",
    content: { program: "osv" },
    substitute:
      "a program of the lab with the same tools; the vendor's is not to be had as a module",
  },
  {
    reference: clientImage,
    content: { program: "client" },
    substitute: "a program of the lab",
  },
];

function toolhive(name: string, tool: string): LabImage {
  return {
    reference: `ghcr.io/stacklok/toolhive/${name}:v0.48.0`,
    content: { tool },
    substitute: built,
  };
}

function server(image: string, name = image): LabImage {
  return {
    reference: `docker.io/mcp/${image}:latest`,
    content: { npm: `@modelcontextprotocol/server-${name}` },
    substitute: packed,
  };
}

/** Registries that the references name. */
export const registries: readonly string[] = [
  ...new Set(labImages.map(({ reference }) => reference.split("/")[0] ?? "")),
];
