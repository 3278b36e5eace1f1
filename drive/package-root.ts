import { dirname } from "node:path";

/** Folder of this package: the checkout, or where npm has put it. */
export const packageRoot = dirname(require.resolve("mcp-fleet/package.json"));
