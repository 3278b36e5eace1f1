import { listOf } from "./cel";
import type { AdmissionInput } from "./policy";
import type { AdmissionRule } from "./rules";

/** Where ToolHive's own images are, whose proxies run in the tiers. */
const toolhiveImages = "ghcr.io/stacklok/toolhive";

const lists = ["containers", "initContainers", "ephemeralContainers"];

function images(spec: string): string {
  return lists
    .map((list) => `${spec}.?${list}.orValue([]).filter(c, has(c.image)).map(c, c.image)`)
    .join(" + ");
}

// Pods, and ToolHive's kinds with what they lay over their pods.
const all = `(request.resource.resource == "pods" ? ${images("object.?spec")} : (request.resource.group == "toolhive.stacklok.dev" ? ((type(object.?spec.?image.orValue(0)) == string ? [object.spec.image] : []) + ${images("object.?spec.?podTemplateSpec.?spec")}) : []))`;

// A name without a host is Docker's (github.com/distribution/reference).
const full =
  '(i.matches("^([^/]*[.:][^/]*|localhost|[^/]*[A-Z][^/]*)/") ? i : (i.contains("/") ? "docker.io/" + i : "docker.io/library/" + i))';

/** What images of a tier must be. */
export function imageRules({ tier, platform }: AdmissionInput): readonly AdmissionRule[] {
  const { digest, registries } = tier.image;
  const found: AdmissionRule[] = [];
  if (registries) {
    const allowed = listOf([...registries, ...runnerPlaces(platform.images)]);
    const fits = `${allowed}.exists(r, ${full}.startsWith(r + "/") || ${full}.startsWith(r + ":") || ${full}.startsWith(r + "@") || ${full} == r)`;
    found.push({
      expression: `${all}.all(i, ${fits})`,
      message: `An image is not from where tier ${tier.sensitivity} takes images: ${registries.join(", ")}.`,
      messageExpression: `"Images not from where tier ${tier.sensitivity} takes images (${registries.join(", ")}): " + ${all}.filter(i, !${fits}).join(", ") + "; take one that is, or have the registry reviewed."`,
    });
  }
  if (digest) {
    const pinned = 'i.matches("^[^@]+@sha256:[a-f0-9]{64}$")';
    found.push({
      expression: `${all}.all(i, ${pinned})`,
      message: `An image names no digest, and tier ${tier.sensitivity} demands one; run mcp-fleet pin.`,
      messageExpression: `"Images without a digest, which tier ${tier.sensitivity} demands: " + ${all}.filter(i, !${pinned}).join(", ") + "; run mcp-fleet pin."`,
    });
  }
  return found;
}

/** Repositories of the proxies' and gateways' images, which an environment may take from elsewhere. */
function runnerPlaces({ proxyrunner, vmcp }: AdmissionInput["platform"]["images"]): string[] {
  const own = [proxyrunner, vmcp].flatMap((image) =>
    image === undefined ? [] : [image.replace(/@.*$/, "").replace(/:[^/:]*$/, "")],
  );
  return [toolhiveImages, ...own];
}
