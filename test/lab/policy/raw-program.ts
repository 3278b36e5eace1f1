import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Pulumi } from "../../../lab/pulumi";
import { project } from "../../../lab/settings";
import type { Plain } from "../../policy/right";
import type { TestLab } from "../test-lab";

/** An object that a program makes. */
export interface RawObject {
  /** Name of the resource. */
  readonly name: string;
  /** The object. */
  readonly manifest: Plain;
  /** Type of the component that makes it; the program itself does when absent. */
  readonly component?: string;
  /** Path of a value that Pulumi shall keep secret. */
  readonly secret?: readonly string[];
  /** Path of a value that only the deployment shall know. */
  readonly late?: readonly string[];
  /** How it is made: as a resource of its kind when absent, as a patch, or from text. */
  readonly as?: "patch" | "text";
}

/** A Pulumi program that knows nothing of mcp-fleet: it makes the objects that a file lists. */
const source = `
const pulumi = require("@pulumi/pulumi");
const { ConfigGroup } = require("@pulumi/kubernetes/yaml");
const objects = require("./objects.json");

function change(value, [key, ...rest], by) {
  if (rest.length > 0) change(value[key], rest, by);
  else value[key] = by(value[key]);
}

function make(name, manifest, suffix, opts) {
  const version = manifest.apiVersion.includes("/") ? manifest.apiVersion : "core/" + manifest.apiVersion;
  return new pulumi.CustomResource("kubernetes:" + version + ":" + manifest.kind + suffix, name, manifest, opts);
}

let first;
// Nothing is known of the id of an object that is not there.
function later(value) {
  const metadata = { name: "first", namespace: "default" };
  first ??= make("first", { apiVersion: "v1", kind: "ConfigMap", metadata }, "");
  return first.id.apply(() => value);
}

for (const { name, manifest, component, secret, late, as } of objects) {
  if (secret) change(manifest, secret, pulumi.secret);
  if (late) change(manifest, late, later);
  const parent = component && new pulumi.ComponentResource(component, name + "-component");
  if (as === "text") new ConfigGroup(name, { yaml: JSON.stringify(manifest) });
  else make(name, manifest, as === "patch" ? "Patch" : "", { parent });
}
`;

/** What the engine said of a program. */
export interface Said {
  readonly code: number;
  readonly output: string;
}

/** The program in a folder of the lab, with a stack of its own. */
export class RawProgram {
  private readonly folder: string;
  private readonly pulumi: Pulumi;
  private readonly log: string;

  private constructor(lab: TestLab, variables: Readonly<Record<string, string>>) {
    this.folder = join(lab.folder, "raw");
    this.pulumi = new Pulumi(variables, lab.folder);
    this.log = join(lab.folder, "log", "test.log");
  }

  /** Writes the program, and makes its stack. */
  static async in(lab: TestLab): Promise<RawProgram> {
    const program = new RawProgram(lab, await lab.variables());
    const { folder } = program;
    mkdirSync(folder);
    symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "raw", version: "1.0.0" }));
    writeFileSync(join(folder, "index.js"), source);
    writeFileSync(
      join(folder, "Pulumi.yaml"),
      "name: raw\nruntime: { name: nodejs, options: { typescript: false } }\nmain: index.js\n",
    );
    await program.must("stack", "init", "raw");
    return program;
  }

  /** Sets a value of the stack's configuration. */
  async configure(path: string, value: string): Promise<void> {
    await this.must("config", "set", "--path", path, value);
  }

  /** Previews or deploys objects under the pack, with a configuration of the pack. */
  async run(
    verb: "preview" | "up",
    objects: readonly RawObject[],
    config: Readonly<Record<string, unknown>> = {},
  ): Promise<Said> {
    const file = join(this.folder, "policy.json");
    writeFileSync(join(this.folder, "objects.json"), JSON.stringify(objects));
    writeFileSync(file, JSON.stringify(config));
    return await this.pulumi.run(
      [
        ...["-C", this.folder, verb, "--policy-pack", join(project, "policy")],
        ...["--policy-pack-config", file, ...(verb === "up" ? ["--yes", "--skip-preview"] : [])],
      ],
      this.log,
    );
  }

  private async must(...args: readonly string[]): Promise<void> {
    await this.pulumi.must(["-C", this.folder, ...args], this.log);
  }
}
