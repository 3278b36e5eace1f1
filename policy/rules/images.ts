import { imageRules, parseImage, show } from "../../catalog";
import type { Tier } from "../../catalog";
import { at, text } from "../plain-data";
import type { ObjectRule, Violation } from "../rule";
import { isToolhive, tierOf } from "../stack-object";
import { containers, listed, podSpec } from "./pods";
import type { Located } from "./pods";

/** MCP003: what runs in a tier comes from where the tier takes images, and cannot be changed unseen. */
export const images: ObjectRule = {
  id: "MCP003",
  title: "Images come from where the tier takes them, by digest where it demands one",
  severity: "high",
  enforcement: "mandatory",
  check: (object, { tiers }) => {
    const tier = tierOf(object, tiers);
    if (!tier) return [];
    const pod = podSpec(object);
    const holders: readonly Located[] = [
      ...(isToolhive(object) ? [{ path: ["spec"], value: at(object.content, "spec") }] : []),
      ...(pod ? containers(pod) : []),
    ];
    const volumes = pod ? listed(pod.value, [...pod.path, "volumes"], "volumes") : [];
    return [
      ...holders.map((holder) => inside(holder, "image")),
      ...volumes.map((volume) => inside(volume, "image", "reference")),
    ].flatMap((image) => imageViolations(image, tier));
  },
};

function inside({ path, value }: Located, ...keys: readonly string[]): Located {
  return { path: [...path, ...keys], value: at(value, ...keys) };
}

function imageViolations({ path, value }: Located, tier: Tier): readonly Violation[] {
  const image = text(value);
  if (image === undefined) return [];
  if (!parseImage(image))
    return [
      {
        path,
        message: `${show(image)} is no image reference; write registry/path@sha256:digest`,
      },
    ];
  return imageRules({ image }, tier).map(({ message }) => ({ path, message }));
}
