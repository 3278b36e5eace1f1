import * as sdk from "@pulumi/policy";

// The SDK exports it, and leaves its type out (1.21, proxy.d.ts).
const { UnknownValueError } = sdk as unknown as {
  readonly UnknownValueError: abstract new (...args: never) => Error;
};

/** What reading throws that meets a value which only the deployment knows; undefined when it meets none. */
export function unknownIn(read: () => unknown): Error | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof UnknownValueError) return error;
    throw error;
  }
}
