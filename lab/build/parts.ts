import type { NodeKind } from "../settings";

/** A program that a part gives. */
export interface Binary {
  /** File name, which is also its name on PATH. */
  readonly file: string;
  /** Go package of its `main`. */
  readonly package: string;
}

/** A pinned Go module under lab/tools/, and what is built from it. */
export interface ToolPart {
  /** Folder under lab/tools/ that holds its go.mod and go.sum. */
  readonly name: string;
  /** The kind of node that alone needs it; all do when absent. */
  readonly node?: NodeKind;
  /** Whether tests alone need it; `make up` then does not build it. */
  readonly tests?: true;
  /** Whether `make bench` alone needs it. */
  readonly bench?: true;
  /** Programs to build. */
  readonly binaries: readonly Binary[];
  /** A variable that the linker sets to the version of a module, because the programs print it. */
  readonly version?: VersionVariable;
  /** Files of other modules that the part's own `main` embeds: file name to module and path. */
  readonly embeds?: Readonly<Record<string, ModulePath>>;
  /** Changes of other modules' sources, where a pinned version has a fault that later ones have not. */
  readonly edits?: readonly SourceEdit[];
  /** Folders of modules to copy beside the programs: folder name to module and path. */
  readonly folders?: Readonly<Record<string, ModulePath>>;
  /** Files of modules to copy beside the programs: file name to module and path. */
  readonly files?: Readonly<Record<string, ModulePath>>;
}

/** A change of one file of a module, made as the part is built; the build fails where it does not fit. */
export interface SourceEdit {
  /** The file. */
  readonly file: ModulePath;
  /** Texts that stand once in it, and what takes their place. */
  readonly replace: readonly (readonly [from: string, to: string])[];
}

/** A Go variable that holds a version. */
export interface VersionVariable {
  /** Package and name of the variable. */
  readonly variable: string;
  /** Module whose pinned version it is. */
  readonly module: string;
  /** Whether the version begins with `v`, as modules' versions do. */
  readonly v: boolean;
}

/** A path inside a Go module. */
export interface ModulePath {
  /** The module's path; its version is the one that go.mod pins. */
  readonly module: string;
  /** The path in the module. */
  readonly path: string;
}

const provider = "github.com/pulumi/pulumi-kubernetes/provider/v4";
const toolhive = "github.com/stacklok/toolhive";
const kubernetes = "k8s.io/kubernetes/cmd";
const cyclonus = "github.com/mattfenwick/cyclonus";
const kyverno = "github.com/kyverno/kyverno";

const fromProvider = (file: string): ModulePath => ({
  module: provider,
  path: `cmd/pulumi-resource-kubernetes/${file}`,
});

const fromToolhive = (chart: string): ModulePath => ({
  module: toolhive,
  path: `deploy/charts/${chart}`,
});

const fromCilium = (crd: string): ModulePath => ({
  module: "github.com/cilium/cilium",
  path: `pkg/k8s/apis/cilium.io/client/crds/v2/${crd}`,
});

/*
 * The last provider that is served as a module can miss the end of an object, between asking for it and
 * listening, and then waits until the time is up (pulumi-kubernetes issue 3317, mended by 3550 and 3688).
 * Here it asks again until the object is gone.
 */
const noticeDeletion: SourceEdit = {
  file: { module: provider, path: "pkg/await/condition/deleted.go" },
  replace: [
    ['\t"sync/atomic"\n', '\t"sync/atomic"\n\t"time"\n'],
    [
      "\twg.Wait()\n",
      `\tfor dc.ctx.Err() == nil {
		select {
		case <-dc.ctx.Done():
		case <-time.After(500 * time.Millisecond):
		}
		dc.refreshClusterState()
		if dc.deleted.Load() {
			return
		}
	}
	wg.Wait()
`,
    ],
  ],
};

const programs = (base: string, ...files: readonly string[]): readonly Binary[] =>
  files.map((file) => ({ file, package: `${base}/${file}` }));

/** All parts of the lab, the slowest build first. */
export const toolParts: readonly ToolPart[] = [
  {
    name: "kubernetes",
    binaries: programs(
      kubernetes,
      "kube-apiserver",
      "kube-controller-manager",
      "kube-scheduler",
      "kubectl",
      "kubelet",
      "kube-proxy",
    ),
    version: {
      variable: "k8s.io/component-base/version.gitVersion",
      module: "k8s.io/kubernetes",
      v: true,
    },
  },
  {
    name: "pulumi-resource-kubernetes",
    binaries: [{ file: "pulumi-resource-kubernetes", package: "." }],
    embeds: {
      "schema.json": fromProvider("schema.json"),
      "terraform-mapping.json": fromProvider("terraform-mapping.json"),
    },
    edits: [noticeDeletion],
  },
  {
    name: "toolhive",
    binaries: [
      ...programs(`${toolhive}/cmd`, "thv-operator", "thv-proxyrunner", "vmcp"),
      { file: "proxy-stand-in", package: "./proxy-stand-in" },
    ],
    folders: {
      "charts/operator": fromToolhive("operator"),
      "charts/operator-crds": fromToolhive("operator-crds"),
    },
  },
  {
    name: "pulumi",
    binaries: programs("github.com/pulumi/pulumi/pkg/v3/cmd", "pulumi"),
    version: {
      variable: "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version",
      module: "github.com/pulumi/pulumi/pkg/v3",
      v: false,
    },
  },
  { name: "kwok", node: "kwok", binaries: programs("sigs.k8s.io/kwok/cmd", "kwok") },
  {
    name: "kube-router",
    node: "real",
    binaries: programs("github.com/cloudnativelabs/kube-router/v2/cmd", "kube-router"),
  },
  {
    name: "coredns",
    node: "real",
    binaries: programs("github.com/coredns", "coredns"),
  },
  {
    name: "cyclonus",
    tests: true,
    binaries: [
      ...programs(`${cyclonus}/cmd`, "cyclonus"),
      { file: "cyclonus-verdicts", package: "./cyclonus-verdicts" },
    ],
  },
  {
    name: "kyverno",
    tests: true,
    binaries: programs(`${kyverno}/cmd/cli`, "kubectl-kyverno"),
    folders: {
      chart: { module: kyverno, path: "charts/kyverno" },
      "chart/charts/kyverno-api": {
        module: "github.com/kyverno/api",
        path: "charts/kyverno-api",
      },
    },
    files: {
      "imagevalidatingpolicies.yaml": {
        module: kyverno,
        path: "config/crds/policies.kyverno.io/policies.kyverno.io_imagevalidatingpolicies.yaml",
      },
    },
  },
  {
    name: "actionlint",
    tests: true,
    binaries: programs("github.com/rhysd/actionlint/cmd", "actionlint"),
  },
  { name: "helm", bench: true, binaries: programs("helm.sh/helm/v3/cmd", "helm") },
  { name: "pause", node: "real", binaries: [{ file: "pause", package: "." }] },
  { name: "etcd", binaries: [{ file: "etcd", package: "go.etcd.io/etcd/server/v3" }] },
  {
    name: "pulumi-language-nodejs",
    binaries: programs("github.com/pulumi/pulumi/sdk/v3/nodejs/cmd", "pulumi-language-nodejs"),
  },
  {
    name: "crds",
    tests: true,
    binaries: [],
    files: {
      "cilium/ciliumnetworkpolicies.yaml": fromCilium("ciliumnetworkpolicies.yaml"),
      "cilium/ciliumclusterwidenetworkpolicies.yaml": fromCilium(
        "ciliumclusterwidenetworkpolicies.yaml",
      ),
      "network-policy-api/clusternetworkpolicies.yaml": {
        module: "sigs.k8s.io/network-policy-api",
        path: "config/crd/experimental/policy.networking.k8s.io_clusternetworkpolicies.yaml",
      },
      "external-secrets/externalsecrets.yaml": {
        module: "github.com/external-secrets/external-secrets",
        path: "config/crds/bases/external-secrets.io_externalsecrets.yaml",
      },
      "policy-controller/clusterimagepolicies.yaml": {
        module: "github.com/sigstore/policy-controller",
        path: "config/300-clusterimagepolicy.yaml",
      },
    },
  },
];
