import { z } from "zod";
import { serverEntry } from "./server";

/** JSON Schema (2020-12) of an entry, for editors; what it cannot say, `mcp-fleet check` does. */
export function entryJsonSchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(serverEntry, { io: "input" });
  return { $schema, title: "mcp-fleet catalogue entry", ...rest };
}
