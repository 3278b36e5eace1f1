"use strict";
const { existsSync } = require("node:fs");
const { join } = require("node:path");

/** Runs a part of the package, by its path without an ending. */
exports.run = (name) => {
  // In a checkout the sources run as they are, so that a command is never older than the code.
  const source = join(__dirname, "..", `${name}.ts`);
  if (existsSync(source)) require("../bundle").load(source);
  else require(`../dist/${name}.js`);
};
