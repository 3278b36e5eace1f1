import type { Variable } from "kubernetes-types/admissionregistration/v1";
import { parseImage } from "../../catalog";
import { listOf, literal, podTemplate, toolhive } from "./cel";
import type { AdmissionInput } from "./policy";
import type { AdmissionRule } from "./rules";

/** Where ToolHive's own images are, whose proxies run in the tiers. */
const toolhiveImages = "ghcr.io/stacklok/toolhive";

const lists = ["containers", "initContainers", "ephemeralContainers"];

/** Images of a pod's containers, and those that it has as volumes. */
function imagesOf(spec: string): string {
  return [
    ...lists.map((list) => `${spec}.?${list}.orValue([]).filter(c, has(c.image)).map(c, c.image)`),
    `${spec}.?volumes.orValue([]).filter(v, has(v.image) && has(v.image.reference)).map(v, v.image.reference)`,
  ].join(" + ");
}

// Pods, and ToolHive's kinds with what they lay over their pods.
const images = `request.resource.resource == "pods" ? ${imagesOf("object.?spec")} : (${toolhive} ? (type(object.?spec.?image.orValue(0)) == string ? [object.spec.image] : []) + ${imagesOf("object.?spec.?podTemplateSpec.?spec")} : [])`;

// The grammar of github.com/distribution/reference, which container runtimes follow.
const label = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
const host = `${label}(?:[.]${label})*(?::[0-9]+)?`;
const part = "[a-z0-9]+(?:(?:[.]|_|__|-+)[a-z0-9]+)*";
const tag = "[A-Za-z0-9_][A-Za-z0-9_.-]*";
const digest = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";
const reference = `^(?:${host}/)?${part}(?:/${part})*(?::${tag})?(?:@${digest})?$`;
const beforeTag = "^[^:@]+(?::[0-9]+/[^:@]+)?";

/** CEL that is true of an image `i` that lies in one of these places. */
function liesIn(places: readonly string[]): string {
  const full = [
    `[i.find(${literal(beforeTag)})]`,
    // A name without a host is Docker's, and one without a folder there is of its library.
    `.map(n, n.matches("^(?:[^/]*[.:A-Z][^/]*|localhost)/") ? n : "docker.io/" + n)`,
    `.map(n, n.matches("^docker[.]io/[^/]+$") ? n.replace("docker.io/", "docker.io/library/") : n)`,
  ].join("");
  return `i.matches(${literal(reference)}) && ${full}.exists(n, ${listOf(places)}.exists(r, n == r || n.startsWith(r + "/")))`;
}

const pinned = 'i.matches("^[^@]+@sha256:[a-f0-9]{64}$")';

/** Variables that say which images of an object are not what the tier demands. */
export function imageVariables({ tier, platform }: AdmissionInput): readonly Variable[] {
  const { registries } = tier.image;
  const strays = registries
    ? `variables.images.filter(i, !(${liesIn([...registries, ...runnerPlaces(platform.images)])}))`
    : "[]";
  return [
    { name: "images", expression: images },
    { name: "strays", expression: strays },
    { name: "unpinned", expression: `variables.images.filter(i, !${pinned})` },
  ];
}

/** What images of a tier must be. */
export function imageRules({ tier }: AdmissionInput): readonly AdmissionRule[] {
  const { digest: demanded, registries } = tier.image;
  const found: AdmissionRule[] = [];
  if (registries) {
    const from = `not from where tier ${tier.sensitivity} takes images (${registries.join(", ")})`;
    found.push({
      expression: "size(variables.strays) == 0",
      message: `An image is ${from}; take one that is, or have the registry reviewed.`,
      messageExpression: `"Images ${from}: " + variables.strays.join(", ") + "; take one that is, or have the registry reviewed."`,
    });
  }
  if (demanded)
    found.push({
      expression: "size(variables.unpinned) == 0",
      message: `An image names no digest, and tier ${tier.sensitivity} demands one; run mcp-fleet pin.`,
      messageExpression: `"Images without a digest (sha256), which tier ${tier.sensitivity} demands: " + variables.unpinned.join(", ") + "; run mcp-fleet pin."`,
    });
  return found;
}

/**
 * CEL that is true where every key that the rules look for is spelled as Kubernetes does. What ToolHive lays
 * over its pods reaches the API server as it is, and encoding/json, which ToolHive reads it with, takes keys
 * in any case: `Image` for `image`, and some letters outside ASCII for their likes.
 */
export function plainSpelling(): AdmissionRule {
  const spelled = (map: string, ...names: readonly string[]): string =>
    `${map}.all(k, k.matches("^[A-Za-z]+$") && (k in ${listOf(names)} || !(k.lowerAscii() in ${listOf(names.map((name) => name.toLowerCase()))})))`;
  const at = (path: string): string => `${podTemplate}${path}.orValue({})`;
  const each = (list: string, ...names: readonly string[]): string =>
    `${podTemplate}.?spec.?${list}.orValue([]).all(c, ${spelled("c", ...names)})`;
  const accounts = ["serviceAccountName", "serviceAccount", "automountServiceAccountToken"];
  const conditions = [
    spelled(at(""), "metadata", "spec"),
    spelled(at(".?metadata"), "annotations", "labels"),
    spelled(at(".?spec"), ...lists, "volumes", ...accounts),
    ...lists.map((list) => each(list, "image")),
    each("volumes", "hostPath", "image"),
  ];
  return {
    expression: `!(${toolhive}) || (${conditions.map((one) => `(${one})`).join(" && ")})`,
    message:
      "A key of spec.podTemplateSpec is in another case than Kubernetes has it in, and ToolHive would take it all the same; write it as Kubernetes does.",
  };
}

/** Repositories of the proxies' and gateways' images, which an environment may take from elsewhere. */
function runnerPlaces({ proxyrunner, vmcp }: AdmissionInput["platform"]["images"]): string[] {
  const own = [proxyrunner, vmcp].flatMap((image) => {
    const parsed = image === undefined ? undefined : parseImage(image);
    return parsed ? [`${parsed.registry}/${parsed.repository}`] : [];
  });
  return [toolhiveImages, ...own];
}
