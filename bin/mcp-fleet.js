#!/usr/bin/env node
"use strict";
require("./run").run("cli/main");
