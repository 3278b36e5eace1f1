import { z } from "zod";
import { flag, map, oneOf, text, wrong } from "./field";
import { objectName } from "./patterns";
import { show } from "./problem";
import { memory } from "./resources";

/** An absolute path without `.` and `..` parts. */
const absolutePath = /^\/(?!(?:.*\/)?\.{1,2}(?:\/|$))[\w.@-]+(?:\/[\w.@-]+)*$/;

// The kernel's own trees, and where Kubernetes puts what belongs to the pod.
const taken = /^\/(?:proc|sys|dev|run\/secrets|var\/run\/secrets)(?:\/|$)/;

function place(description: string, example: string) {
  return text(
    { description, expects: "an absolute path without . and .. parts", example },
    absolutePath,
    200,
  ).refine((value) => !taken.test(value), {
    error: ({ input }) => `${show(input)} belongs to the system; write another folder`,
  });
}

const path = place("Where it is seen in the server.", "/data");

function name(what: string, example: string) {
  return text(
    { description: what, expects: "the name of an object in the tier's namespace", example },
    objectName,
    253,
  );
}

const key = text(
  {
    description: "One key alone, seen as the file `path`; all keys as files in `path` when absent.",
    expects: "a key: letters, digits, -, _ and .",
    example: "ca.crt",
  },
  /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,253}$/,
  253,
).optional();

const emptyDir = map(
  { description: "An empty folder, lost with the pod.", example: { sizeLimit: "1Gi" } },
  {
    sizeLimit: memory.optional(),
    medium: oneOf({ description: "What it lies on.", example: "disk" }, ["disk", "memory"]).default(
      "disk",
    ),
  },
);

const from = (what: string) => ({ description: `A volume from ${what}.`, example: {} });

const readOnly = flag({
  description: "Whether the server may only read it.",
  expects: "true or false",
  example: false,
}).default(true);

const volume = z.union(
  [
    map(from("a ConfigMap"), { path, configMap: name("A ConfigMap.", "grafana-config"), key }),
    map(from("a Secret of `secrets`"), {
      path,
      secret: name("Name of a Secret in this entry's secrets.", "kubeconfig"),
      key,
    }),
    map(from("a PersistentVolumeClaim"), {
      path,
      claim: name("A PersistentVolumeClaim that is there.", "filesystem-data"),
      readOnly,
    }),
    map(from("an empty folder"), { path, emptyDir }),
  ],
  {
    error: ({ input }) =>
      typeof input === "object" && input !== null && "hostPath" in input
        ? `${show(input)} names hostPath, which is never given: it is the node's own disk; write claim, configMap, secret or emptyDir`
        : `${show(input)} does not fit; write path and exactly one of claim, configMap, secret or emptyDir, for example { path: /data, claim: data }`,
  },
);

/** One volume of an entry. */
export type VolumeUse = Readonly<z.output<typeof volume>>;

const doc = {
  description:
    "Files and folders that the server sees: ConfigMaps, Secrets, claims, empty folders; never the node's disk.",
  expects: "a list of volumes",
  example: [{ path: "/data", claim: "filesystem-data", readOnly: false }],
};

/** Schema of `volumes`. */
export const volumes = z
  .array(volume, { error: wrong(doc) })
  .default([])
  .meta({ description: doc.description, examples: [doc.example] });

/** Schema of `writable`: folders on the read-only root that the server may write to. */
export const writable = z
  .array(place("A folder.", "/tmp"), {
    error: ({ input }) => `${show(input)} does not fit; write a list of folders, like [/tmp]`,
  })
  .optional()
  .meta({
    description:
      "Folders that the server may write to; each is empty at start and lost with the pod. All else is read-only.",
    examples: [["/tmp"]],
  });
