import type { ServerUnaryCall, UntypedHandleCall, sendUnaryData } from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { clientOf, forward, unknown } from "./forward";
import type { Program } from "./program";
import { serveInFrontOf } from "./served";
import type { Served } from "./served";

/** A policy pack's own variables of the environment. */
export type PackEnvironment = Readonly<Record<string, string>>;

/**
 * Serves a policy pack that only starts when the engine has said which stack it is for: a pack reads the
 * stack's configuration from its environment, and the engine sends it later than it wants the pack's port.
 * Upstream's host of today does the same (sdk/nodejs/cmd/pulumi-language-nodejs, PolicyProxy).
 */
export async function servePolicyPack(start: (env: PackEnvironment) => Program): Promise<Served> {
  let pack: Program | undefined;
  const started = async (env: PackEnvironment = {}) => {
    pack ??= start(env);
    return clientOf(await pack.port);
  };
  const { configureStack, handshake } = AnalyzerService;
  const configure = (
    call: ServerUnaryCall<Buffer, Buffer>,
    answer: sendUnaryData<Buffer>,
  ): void => {
    const request = AnalyzerStackConfigureRequest.deserializeBinary(call.request);
    const passOn = forward(configureStack, () => started(environment(request)));
    (passOn as (...args: unknown[]) => void)(call, answer);
  };
  return await serveInFrontOf(AnalyzerService, () => started(), {
    configureStack: configure as UntypedHandleCall,
    // It comes before the configuration, and no pack answers it.
    handshake: unknown(handshake.path),
  });
}

/** What of a stack a pack finds in its environment (@pulumi/pulumi runtime/config, runtime/settings). */
function environment(request: AnalyzerStackConfigureRequest): PackEnvironment {
  return {
    PULUMI_NODEJS_ORGANIZATION: request.getOrganization(),
    PULUMI_NODEJS_PROJECT: request.getProject(),
    PULUMI_NODEJS_STACK: request.getStack(),
    PULUMI_NODEJS_DRY_RUN: String(request.getDryRun()),
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().getEntryList())),
  };
}
