"use strict";
// What `mcp-fleet up`, `preview` and `destroy` start for the stacks that they work on.
require("./run").run("drive/worker");
