#!/usr/bin/env node
"use strict";
const { existsSync } = require("node:fs");
const { join } = require("node:path");

// In a checkout the sources run as they are, so that the command is never older than the code.
const source = join(__dirname, "..", "cli", "main.ts");
if (existsSync(source)) {
  require("esbuild-register");
  require(source);
} else {
  require("../dist/cli/main.js");
}
