"use strict";
// Starts the program, index.ts. Bundling its sources on the fly takes esbuild a few hundredths of a second
// and leaves Node one module to load; a loader that is asked for each file costs several times as much,
// and ts-node's type check, Pulumi's default, seconds (npm run bench:start). `npm run types` checks types.
const { join } = require("node:path");
const Module = require("node:module");
const { buildSync } = require("esbuild");
const sourceMaps = require("source-map-support");

// A killed engine takes the language host with it but not this process, which would then try to reach it
// for ever, at full speed and with growing memory.
const host = process.ppid;
setInterval(() => {
  if (process.ppid !== host) process.exit(1);
}, 1000).unref();

const entry = join(__dirname, "index.ts");
const { outputFiles } = buildSync({
  entryPoints: [entry],
  absWorkingDir: __dirname,
  outfile: entry.replace(/ts$/, "js"),
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  sourcemap: "external",
  define: { __dirname: JSON.stringify(__dirname) },
  write: false,
});
const [map, code] = outputFiles;
sourceMaps.install({
  retrieveSourceMap: (file) => (file === entry ? { url: entry, map: map.text } : null),
});
const program = new Module(entry, module);
program.filename = entry;
program.paths = module.paths;
program._compile(code.text, entry);
module.exports = program.exports;
