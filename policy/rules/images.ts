import { imageRules, parseImage, show } from "../../catalog";
import type { Tier } from "../../catalog";
import { at, text } from "../plain-data";
import type { ObjectRule, Violation } from "../rule";
import { isToolhive, tierOf } from "../stack-object";
import { containers, podSpec } from "./pods";
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
    return holders.flatMap((holder) => imageViolations(holder, tier));
  },
};

function imageViolations({ path, value }: Located, tier: Tier): readonly Violation[] {
  const image = text(at(value, "image"));
  if (image === undefined) return [];
  if (!parseImage(image))
    return [
      {
        path: [...path, "image"],
        message: `${show(image)} is no image reference; write registry/path@sha256:digest`,
      },
    ];
  return imageRules({ image }, tier).map((found) => ({
    path: [...path, ...found.path],
    message: found.message,
  }));
}
