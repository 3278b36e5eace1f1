"use strict";
// Starts the program, index.ts.
const { join } = require("node:path");
const { load } = require("./bundle");

// A killed engine takes the language host with it but not this process, which would then try to reach it
// for ever, at full speed and with growing memory.
const host = process.ppid;
setInterval(() => {
  if (process.ppid !== host) process.exit(1);
}, 1000).unref();

module.exports = load(join(__dirname, "index.ts"));
