import { Client, credentials, status } from "@grpc/grpc-js";
import type {
  MethodDefinition,
  ServerUnaryCall,
  ServerWritableStream,
  ServiceDefinition,
  StatusObject,
  UntypedHandleCall,
  sendUnaryData,
} from "@grpc/grpc-js";

// A stack's resources travel in one message; the engine's own limit is as high (sdk/go/common/util/rpcutil).
const anySize = {
  "grpc.max_receive_message_length": 400 * 1024 * 1024,
  "grpc.max_send_message_length": 400 * 1024 * 1024,
};

/** Options of every server and client of the host. */
export const messageSizes = anySize;

/** A service whose messages are left as the bytes that they came as. */
export type RawService = ServiceDefinition;

const same = (bytes: Buffer): Buffer => bytes;

/**
 * The definition of a service with no message of it parsed: what is not known here, such as a newer
 * engine's field, passes unchanged.
 */
export function raw(service: ServiceDefinition): RawService {
  return Object.fromEntries(
    Object.entries(service).map(([name, method]) => [
      name,
      {
        ...method,
        requestSerialize: same,
        requestDeserialize: same,
        responseSerialize: same,
        responseDeserialize: same,
      },
    ]),
  );
}

/** A client of a program that listens on loopback. */
export function clientOf(port: string): Client {
  return new Client(`127.0.0.1:${port}`, credentials.createInsecure(), anySize);
}

type Definition = MethodDefinition<Buffer, Buffer>;

/**
 * Answers a method by asking somebody else.
 * @param target The one who is asked; a failure to find it is the answer.
 */
export function forward(
  { path, responseStream }: Pick<Definition, "path" | "responseStream">,
  target: () => Promise<Client>,
): UntypedHandleCall {
  return responseStream ? stream(path, target) : unary(path, target);
}

function unary(path: string, target: () => Promise<Client>): UntypedHandleCall {
  return (call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>) => {
    target().then((client) => {
      const asked = client.makeUnaryRequest(path, same, same, call.request, call.metadata, answer);
      call.on("cancelled", () => {
        asked.cancel();
      });
    }, answer);
  };
}

function stream(path: string, target: () => Promise<Client>): UntypedHandleCall {
  return (call: ServerWritableStream<Buffer, Buffer>) => {
    target().then(
      (client) => {
        const asked = client.makeServerStreamRequest(path, same, same, call.request, call.metadata);
        asked.on("data", (message: Buffer) => void call.write(message));
        asked.on("error", (error: Partial<StatusObject>) => call.emit("error", error));
        asked.on("end", () => {
          call.end();
        });
        call.on("cancelled", () => {
          asked.cancel();
        });
      },
      (error: unknown) => call.emit("error", error),
    );
  };
}

/** Answers that a method is not known, as a server does that does not have it. */
export function unknown(path: string): UntypedHandleCall {
  return (_call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>) => {
    answer({ code: status.UNIMPLEMENTED, details: `unknown method ${path}` });
  };
}
