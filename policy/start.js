"use strict";
// Starts the pack, index.ts. Pulumi would compile it with a type check, whatever its settings say; bundled
// like the program (../start.js) it starts in a fraction of the time, and needs no TypeScript installed.
const { join } = require("node:path");
const { buildSync } = require("esbuild");

const entry = join(__dirname, "index.ts");
const { outputFiles } = buildSync({
  entryPoints: [entry],
  absWorkingDir: __dirname,
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  write: false,
});
module._compile(outputFiles[0].text, entry.replace(/ts$/, "js"));
