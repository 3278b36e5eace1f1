import { entryJsonSchema } from "../catalog";

/** `mcp-fleet schema`: prints the JSON Schema of an entry. */
export function schema(): void {
  console.log(JSON.stringify(entryJsonSchema(), undefined, 2));
}
