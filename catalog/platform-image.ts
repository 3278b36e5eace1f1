import { parseImage } from "./image";
import { show } from "./problem";
import type { Settings } from "./settings";

/** Why the image of the proxies may move: it is not named, or by no digest; undefined when it may not. */
export function unpinnedProxyrunner({ platform }: Settings): string | undefined {
  const { proxyrunner } = platform.images;
  if (proxyrunner === undefined) return "is missing";
  return parseImage(proxyrunner)?.digest === undefined
    ? `${show(proxyrunner)} names no digest`
    : undefined;
}
