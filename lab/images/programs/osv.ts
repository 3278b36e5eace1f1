/** Stands in for ghcr.io/stackloklabs/osv-mcp/server: its tools, asked of the same address, on port 8080. */
import { createServer } from "node:http";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

const base = "https://api.osv.dev/v1";
const query = {
  commit: z.string().optional(),
  version: z.string().optional(),
  package_name: z.string().optional(),
  ecosystem: z.string().optional(),
};

async function ask(path: string, body?: object) {
  try {
    const answer = await fetch(`${base}/${path}`, {
      signal: AbortSignal.timeout(5000),
      ...(body && { method: "POST", body: JSON.stringify(body) }),
    });
    return { content: [{ type: "text" as const, text: await answer.text() }] };
  } catch (error) {
    const text = `osv.dev could not be asked: ${error instanceof Error ? error.message : String(error)}`;
    return { content: [{ type: "text" as const, text }], isError: true };
  }
}

function server(): McpServer {
  const mcp = new McpServer({ name: "osv (lab stand-in)", version: "1.0.0" });
  const toQuery = ({
    commit,
    version,
    package_name,
    ecosystem,
  }: z.infer<z.ZodObject<typeof query>>) => ({
    commit,
    version,
    ...(package_name !== undefined && { package: { name: package_name, ecosystem } }),
  });
  mcp.registerTool(
    "query_vulnerability",
    { description: "Vulnerabilities of a package or commit.", inputSchema: query },
    async (args) => await ask("query", toQuery(args)),
  );
  mcp.registerTool(
    "query_vulnerabilities_batch",
    {
      description: "Vulnerabilities of several packages or commits.",
      inputSchema: { queries: z.array(z.object(query)) },
    },
    async ({ queries }) => await ask("querybatch", { queries: queries.map(toQuery) }),
  );
  mcp.registerTool(
    "get_vulnerability",
    { description: "One vulnerability.", inputSchema: { id: z.string() } },
    async ({ id }) => await ask(`vulns/${encodeURIComponent(id)}`),
  );
  return mcp;
}

createServer((request, response) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  response.on("close", () => void transport.close());
  void server()
    .connect(transport)
    .then(async () => {
      await transport.handleRequest(request, response);
    });
}).listen(Number(process.env.MCP_PORT ?? 8080), "0.0.0.0");
process.on("SIGTERM", () => process.exit(0));
