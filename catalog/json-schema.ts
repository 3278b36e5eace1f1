import { z } from "zod";
import { entrySchemas } from "./entry";
import { settingsSchema } from "./settings";

/** JSON Schema (2020-12) of an entry, for editors; what it cannot say, `mcp-fleet check` does. */
export function entryJsonSchema(): object {
  return jsonSchema("mcp-fleet catalogue entry", z.union(Object.values(entrySchemas)));
}

/** JSON Schema (2020-12) of an environment's settings, each key standing for `mcp-fleet:<key>`. */
export function settingsJsonSchema(): object {
  return jsonSchema("mcp-fleet settings of an environment", settingsSchema);
}

function jsonSchema(title: string, type: z.ZodType): object {
  const { $schema, ...rest } = z.toJSONSchema(type, { io: "input" });
  return { $schema, title, ...rest };
}
