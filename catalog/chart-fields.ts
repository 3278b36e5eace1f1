import { text } from "./field";

/** Where a chart is. */
export function chartField(example: string) {
  return text(
    {
      description: "The chart: an OCI reference, or a folder counted from the project's folder.",
      expects: "an oci:// reference or a folder",
      example,
    },
    /^(?:oci:\/\/\S+|(?![a-z+]+:\/\/)\S.*)$/,
    500,
  );
}

/** A chart's version. */
export function versionField(description: string, example: string) {
  return text(
    { description, expects: "a full version", example },
    /^\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?$/,
    64,
  );
}
