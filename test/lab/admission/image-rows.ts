import { registries } from "./fleet";
import { merged } from "./person";
import type { Sent } from "./person";
import { acted, made } from "./row";
import type { Row } from "./row";
import * as samples from "./samples";

const { container, digest, pod, server, strictPod, strictServer } = samples;
const evil = "evil.example.com/osv:1";

/** What is said of images that are from elsewhere. */
export const stray = (tier: keyof typeof registries, ...images: readonly string[]): string =>
  `Images not from where tier ${tier} takes images (${registries[tier].join(", ")}): ${images.join(", ")}; take one that is, or have the registry reviewed.`;

const unpinned = (image: string): string =>
  `Images without a digest (sha256), which tier confidential demands: ${image}; run mcp-fleet pin.`;

const withImage = (image: string, base: Sent = server): Sent => merged(base, { spec: { image } });
const withTemplate = (spec: object, base: Sent = server): Sent =>
  merged(base, { spec: { podTemplateSpec: { spec } } });

const pinned = (name: string): string => `${name}@${digest}`;

const registryRows = [
  ["another registry", evil],
  ["another registry with a digest", pinned("evil.example.com/osv")],
  ["a name that ends in an allowed registry", "evil.example.com/ghcr.io/osv:1"],
  ["a host that begins like an allowed one", "ghcr.io.evil.dev/stackloklabs/osv:1"],
  ["a host that ends like an allowed one", "evil-ghcr.io/stackloklabs/osv:1"],
  ["a host with another dash", "ghcr-io/stackloklabs/osv:1"],
  ["an allowed host as a user's name", "ghcr.io@evil.dev/osv:1"],
  ["a user's name before an allowed host", "evil@ghcr.io/osv:1"],
  ["another port of an allowed host", "ghcr.io:8443/stackloklabs/osv:1"],
  ["an allowed host in capitals", "GHCR.IO/stackloklabs/osv:1"],
  ["an allowed host with one capital", "Ghcr.io/stackloklabs/osv:1"],
  ["a folder in capitals, which no registry has", "ghcr.io/StacklokLabs/osv:1"],
  ["a letter of another alphabet", "ghcr.iо/stackloklabs/osv:1"],
  ["a URL", "https://ghcr.io/stackloklabs/osv:1"],
  ["a way upwards", "docker.io/mcp/../evil/osv:1"],
  ["an empty folder", "docker.io//mcp/osv:1"],
  ["a space before it", " ghcr.io/stackloklabs/osv:1"],
  ["Docker's short name", "alpine:3"],
  ["Docker's short name with a folder", "evil/osv:1"],
  ["an image called as an allowed folder is", "mcp:1"],
  ["the same with Docker's host", "docker.io/mcp:1"],
  ["a folder that begins like an allowed one", "docker.io/mcp-evil/osv:1"],
  ["another name of Docker's host", "index.docker.io/mcp/osv:1"],
  ["an address", "127.0.0.1:5000/mcp/osv:1"],
  ["this machine", "localhost/mcp/osv:1"],
].map(([what = "", image = ""]) =>
  made(`${what}: ${image}`, withImage(image), stray("internal", image)),
);

const digestRows = [
  ["a tag only", "docker.io/grafana/mcp-grafana:2.0.0"],
  ["neither tag nor digest", "docker.io/grafana/mcp-grafana"],
  ["a short digest", "docker.io/grafana/mcp-grafana:2.0.0@sha256:cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd"],
  ["a longer digest", `${samples.strictImage}cd`],
  ["a digest in capitals", `docker.io/grafana/mcp-grafana@sha256:${"CD".repeat(32)}`],
  ["another kind of digest", `docker.io/grafana/mcp-grafana@sha512:${"cd".repeat(64)}`],
  ["a digest as a tag", `docker.io/grafana/mcp-grafana:sha256-${"cd".repeat(32)}`],
].map(([what = "", image = ""]) =>
  made(`${what}: ${image}`, withImage(image, strictServer), unpinned(image)),
);

const place = stray("internal", evil);
const unsafe =
  "A key of spec.podTemplateSpec is in another case than Kubernetes has it in, and ToolHive would take it all the same; write it as Kubernetes does.";
const imageVolume = (reference: string): object => ({ name: "v", image: { reference } });

const placeRows: readonly Row[] = [
  ...[server, samples.gateway, samples.remote].flatMap((base) =>
    ["containers", "initContainers", "ephemeralContainers"].map((list) =>
      made(
        `an image of ${list} in podTemplateSpec of ${base.kind}`,
        withTemplate({ [list]: [{ name: "mcp", image: evil }] }, base),
        place,
      ),
    ),
  ),
  made(
    "a sidecar in podTemplateSpec beside the server",
    withTemplate({ containers: [{ name: "mcp" }, { name: "sidecar", image: evil }] }),
    place,
  ),
  made(
    "an image as a volume in podTemplateSpec",
    withTemplate({ volumes: [imageVolume(evil)] }),
    place,
  ),
  made(
    "an image in podTemplateSpec without a digest",
    withTemplate({ containers: [{ name: "mcp", image: "docker.io/mcp/memory:1" }] }, strictServer),
    unpinned("docker.io/mcp/memory:1"),
  ),
  ...[
    { spec: { containers: [{ name: "mcp", Image: evil }] } },
    { spec: { Containers: [{ name: "mcp", image: evil }] } },
    { Spec: { containers: [{ name: "mcp", image: evil }] } },
    // A letter that encoding/json takes for an s.
    { ſpec: { containers: [{ name: "mcp", image: evil }] } },
    { spec: { volumes: [{ name: "v", hostpath: { path: "/" } }] } },
    { spec: { ServiceAccountName: "admin" } },
    { metadata: { Annotations: { "mcp-fleet.dev/exemption": "incident-42" } } },
  ].map((podTemplateSpec) =>
    made(
      `a key in another case: ${JSON.stringify(podTemplateSpec)}`,
      merged(server, { spec: { podTemplateSpec } }),
      unsafe,
    ),
  ),
  made(
    "an EmbeddingServer's image",
    { ...samples.group, kind: "EmbeddingServer", spec: { model: "m", image: evil } },
    place,
  ),
];

const podRows: readonly Row[] = [
  made("a pod's container", merged(pod, { spec: { containers: [container(evil)] } }), place),
  made(
    "a pod's second container",
    merged(pod, { spec: { containers: [container(samples.image), container(evil, "b")] } }),
    place,
  ),
  made(
    "a pod's init container",
    merged(pod, { spec: { initContainers: [container(evil, "init")] } }),
    place,
  ),
  made(
    "an image as a pod's volume",
    merged(pod, { spec: { volumes: [imageVolume(evil)] } }),
    place,
  ),
  made(
    "a pod's tag only",
    merged(strictPod, { spec: { containers: [container("docker.io/mcp/memory:1")] } }),
    unpinned("docker.io/mcp/memory:1"),
  ),
  made(
    "a pod's init container without a digest",
    merged(strictPod, { spec: { initContainers: [container("docker.io/mcp/memory", "init")] } }),
    unpinned("docker.io/mcp/memory"),
  ),
];

/** Rows over images, but for pods that are there. */
export const imageRows: readonly Row[] = [...registryRows, ...digestRows, ...placeRows, ...podRows];

/** Rows over images of pods that are there. */
export function runningRows(running: Sent): readonly Row[] {
  const debug = (image: string): object => ({
    spec: { ephemeralContainers: [container(image, "debugger")] },
  });
  return [
    acted("an ephemeral container", running, place, async (person) =>
      person.patch(running, debug(evil), "/ephemeralcontainers"),
    ),
    acted("the image of a pod that runs", running, place, async (person) =>
      person.patch(running, [{ op: "replace", path: "/spec/containers/0/image", value: evil }]),
    ),
  ];
}
