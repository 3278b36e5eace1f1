"use strict";
// Loads a program from its TypeScript sources. Bundling them on the fly takes esbuild a few hundredths of a
// second and leaves Node one module to load; a loader that is asked for each file costs several times as much,
// and ts-node's type check, Pulumi's default, seconds (npm run bench:start). `npm run types` checks types.
const { dirname, join } = require("node:path");
const Module = require("node:module");
const { buildSync } = require("esbuild");

/** Runs the module at a path, and gives what it exports. */
exports.load = (source) => {
  const folder = dirname(source);
  const entry = source.replace(/ts$/, "js");
  const { outputFiles } = buildSync({
    entryPoints: [source],
    absWorkingDir: folder,
    outfile: entry,
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    sourcemap: "external",
    define: { __dirname: JSON.stringify(folder) },
    write: false,
  });
  const [map, code] = outputFiles;

  // Positions are mapped to the sources in errors alone. Pulumi takes the stack of every promise and resource,
  // and by its own hook maps each of them, which costs a third of the program's time.
  delete Error.prepareStackTrace;
  const sources = new Module.SourceMap(JSON.parse(map.text));
  const position = (_, line, column) => {
    const { originalSource, originalLine, originalColumn } = sources.findEntry(
      line - 1,
      column - 1,
    );
    return originalSource === undefined
      ? `${entry}:${line}:${column}`
      : `${join(folder, originalSource)}:${originalLine + 1}:${originalColumn + 1}`;
  };
  const mapped = (error) => {
    if (error instanceof Error && error.stack)
      error.stack = error.stack
        .split(`${entry}:`)
        .map((part, n) => (n === 0 ? part : part.replace(/^(\d+):(\d+)/, position)))
        .join("");
    return error;
  };
  // A listener where there is none would keep Node from ending with the error.
  process.on("uncaughtExceptionMonitor", (error) => void mapped(error));
  for (const event of ["uncaughtException", "unhandledRejection"])
    if (process.listenerCount(event) > 0)
      process.prependListener(event, (error) => void mapped(error));

  const program = new Module(entry, module);
  program.filename = entry;
  program.paths = Module._nodeModulePaths(folder);
  try {
    program._compile(code.text, entry);
  } catch (error) {
    throw mapped(error);
  }
  return program.exports;
};
