export { entryUrl, proxyPort, proxyService } from "./address";
export { prefix } from "./labels";
export type { Manifest, Part } from "./manifest";
export { crdValues, operatorValues, renderPlatform } from "./platform";
export { renderServer } from "./server";
export { renderTier } from "./tier";
export { toYaml } from "./yaml";
