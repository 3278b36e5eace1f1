/**
 * The Node language host of the lab. The one that can be built from modules knows neither policy packs nor
 * component plugins; this one starts it, passes every call on to it byte for byte, and answers those that
 * concern plugins itself.
 *
 * Usage: host UPSTREAM [ARGUMENT…], the arguments being upstream's
 */
import type { ServerUnaryCall, UntypedHandleCall, sendUnaryData } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { clientOf } from "./forward";
import { runPlugin } from "./plugins";
import { endPrograms, startProgram } from "./program";
import { serveInFrontOf } from "./served";

// A message without fields, such as a list with nothing in it, has no bytes.
const nothing: UntypedHandleCall = (
  _call: ServerUnaryCall<Buffer, Buffer>,
  answer: sendUnaryData<Buffer>,
) => {
  answer(null, Buffer.alloc(0));
};

async function main(): Promise<void> {
  const [command = "", ...args] = process.argv.slice(2);
  const upstream = startProgram({
    command,
    args,
    onOutput: (bytes) => void process.stdout.write(bytes),
    onError: (bytes) => void process.stderr.write(bytes),
  });
  // It watches over the engine, and ends when that is gone.
  upstream.child.on("close", (code) => process.exit(code ?? 1));
  const client = clientOf(await upstream.port);
  const { port } = await serveInFrontOf(LanguageRuntimeService, () => Promise.resolve(client), {
    runPlugin,
    // The lab has its plugins on PATH: the engine need look for none, least of all by download.
    getRequiredPlugins: nothing,
    getRequiredPackages: nothing,
  });
  process.stdout.write(`${port}\n`);
}

process.on("exit", endPrograms);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => process.exit(130));

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
