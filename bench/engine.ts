import { Server, ServerCredentials } from "@grpc/grpc-js";
import type { UntypedServiceImplementation, handleUnaryCall } from "@grpc/grpc-js";
import * as engine from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as resource from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as resourceMessages from "@pulumi/pulumi/proto/resource_pb";
import * as engineMessages from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

/** An engine that answers as Pulumi's own does, does nothing, and tells what a program registers. */
export interface FakeEngine {
  /** Address of both its services. */
  readonly address: string;
  /** Ends it. */
  readonly close: () => void;
}

/** Starts an engine; `onRegister` is told the type of each resource, `onError` what the program logs as an error. */
export async function startEngine(
  onRegister: (type: string) => void,
  onError: (message: string) => void,
): Promise<FakeEngine> {
  const server = new Server();
  const register: handleUnaryCall<
    resourceMessages.RegisterResourceRequest,
    resourceMessages.RegisterResourceResponse
  > = ({ request }, answer) => {
    onRegister(request.getType());
    const response = new resourceMessages.RegisterResourceResponse();
    response.setUrn(`urn:pulumi:bench::mcp-fleet::${request.getType()}::${request.getName()}`);
    response.setId(request.getName());
    response.setObject(request.getObject());
    answer(null, response);
  };
  const nothing: handleUnaryCall<unknown, Empty> = (_, answer) => {
    answer(null, new Empty());
  };
  const monitor: UntypedServiceImplementation = {
    registerResource: register,
    registerResourceOutputs: nothing,
    registerStackTransform: nothing,
    signalAndWaitForShutdown: nothing,
    supportsFeature: (({ request }, answer) => {
      const response = new resourceMessages.SupportsFeatureResponse();
      // Features that need a callback server or a newer engine are not what is measured.
      response.setHassupport(
        ["secrets", "resourceReferences", "outputValues"].includes(request.getId()),
      );
      answer(null, response);
    }) satisfies handleUnaryCall<
      resourceMessages.SupportsFeatureRequest,
      resourceMessages.SupportsFeatureResponse
    >,
  };
  const host: UntypedServiceImplementation = {
    log: (({ request }, answer) => {
      if (request.getSeverity() === engineMessages.LogSeverity.ERROR) onError(request.getMessage());
      answer(null, new Empty());
    }) satisfies handleUnaryCall<engineMessages.LogRequest, Empty>,
    getRootResource: (_: unknown, answer: (e: null, r: object) => void) => {
      answer(null, new engineMessages.GetRootResourceResponse());
    },
    setRootResource: (_: unknown, answer: (e: null, r: object) => void) => {
      answer(null, new engineMessages.SetRootResourceResponse());
    },
  };
  server.addService(resource.ResourceMonitorService, monitor);
  server.addService(engine.EngineService, host);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return {
    address: `127.0.0.1:${port}`,
    close: () => {
      server.forceShutdown();
    },
  };
}
