/**
 * An MCP client for one call, and a pod to make it from.
 * Usage: client wait | client list URL | client call URL TOOL JSON
 */
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const timeout = Number(process.env.CLIENT_TIMEOUT_MS ?? 10_000);
const [verb = "wait", url = "", tool = "", args = "{}"] = process.argv.slice(2);

async function ask(): Promise<unknown> {
  const client = new Client({ name: "mcp-fleet-lab", version: "1.0.0" });
  await client.connect(new StreamableHTTPClientTransport(new URL(url)), { timeout });
  try {
    if (verb === "list")
      return (await client.listTools(undefined, { timeout })).tools.map(({ name }) => name);
    const values = JSON.parse(args) as Record<string, unknown>;
    return await client.callTool({ name: tool, arguments: values }, undefined, { timeout });
  } finally {
    await client.close();
  }
}

if (verb === "wait") {
  setInterval(() => undefined, 1 << 30);
  process.on("SIGTERM", () => process.exit(0));
} else
  ask().then(
    (answer) => {
      console.log(JSON.stringify(answer));
      process.exit(0);
    },
    (error: unknown) => {
      console.error(error instanceof Error ? (error.cause ?? error.message) : error);
      process.exit(1);
    },
  );
