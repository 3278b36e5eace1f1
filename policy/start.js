"use strict";
// Starts the pack, index.ts. Pulumi would compile it with a type check, whatever its settings say; bundled
// like the program it starts in a fraction of the time, and needs no TypeScript installed.
const { join } = require("node:path");
const { load } = require("../bundle");

load(join(__dirname, "index.ts"));
