import { createRequire } from "node:module";
import { join } from "node:path";
import type { ServerWritableStream, UntypedHandleCall } from "@grpc/grpc-js";
import { RunPluginRequest, RunPluginResponse } from "@pulumi/pulumi/proto/language_pb";
import { servePolicyPack } from "./policy-pack";
import { startProgram } from "./program";
import type { Program } from "./program";

type Call = ServerWritableStream<Buffer, Buffer>;

/** Answers RunPlugin with @pulumi/pulumi's own programs for policy packs and component plugins. */
export const runPlugin: UntypedHandleCall = (call: Call) => {
  const request = RunPluginRequest.deserializeBinary(call.request);
  const run = request.getKind() === "analyzer" ? runPolicyPack : runComponents;
  run(call, request).catch((error: unknown) => {
    send(call, (message) => message.setStderr(Buffer.from(`${String(error)}\n`)));
    send(call, (message) => message.setExitcode(1));
    call.end();
  });
};

async function runPolicyPack(call: Call, request: RunPluginRequest): Promise<void> {
  const served = await servePolicyPack((env) =>
    start(call, request, (folder) => [...request.getArgsList(), folder], env, "run-policy-pack"),
  );
  call.on("cancelled", served.stop);
  say(call, String(served.port));
}

async function runComponents(call: Call, request: RunPluginRequest): Promise<void> {
  const args = (folder: string): readonly string[] => [folder, ...request.getArgsList()];
  say(call, await start(call, request, args, {}, "run-plugin").port);
}

function say(call: Call, port: string): void {
  send(call, (message) => message.setStdout(Buffer.from(`${port}\n`)));
}

/** Starts a program of the @pulumi/pulumi that the plugin itself has; its output goes to the engine. */
function start(
  call: Call,
  request: RunPluginRequest,
  args: (folder: string) => readonly string[],
  env: Readonly<Record<string, string>>,
  name: "run-policy-pack" | "run-plugin",
): Program {
  const folder = request.getInfo()?.getProgramDirectory() ?? request.getPwd();
  const module = createRequire(join(folder, "package.json")).resolve(`@pulumi/pulumi/cmd/${name}`);
  const given = request.getEnvList().map((line) => {
    const equals = line.indexOf("=");
    return [line.slice(0, equals), line.slice(equals + 1)] as const;
  });
  const program = startProgram({
    command: process.execPath,
    args: [module, ...args(folder)],
    // A pack's version is read from the package.json of its working directory.
    cwd: name === "run-policy-pack" ? folder : request.getPwd(),
    env: { ...Object.fromEntries(given), ...env },
    onOutput: (bytes) => {
      send(call, (message) => message.setStdout(bytes));
    },
    onError: (bytes) => {
      send(call, (message) => message.setStderr(bytes));
    },
  });
  program.child.on("close", (code) => {
    send(call, (message) => message.setExitcode(code ?? 1));
    call.end();
  });
  call.on("cancelled", () => {
    program.child.kill();
  });
  return program;
}

function send(call: Call, fill: (message: RunPluginResponse) => unknown): void {
  if (call.cancelled) return;
  const message = new RunPluginResponse();
  fill(message);
  call.write(Buffer.from(message.serializeBinary()));
}
