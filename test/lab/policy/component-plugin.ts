import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { project } from "../../../lab/settings";

const source = `
import { ComponentResource, output } from "@pulumi/pulumi";
import type { ComponentResourceOptions, Input, Output } from "@pulumi/pulumi";

export interface GreetingArgs {
  /** Whom to greet. */
  name: Input<string>;
}

/** A greeting. */
export class Greeting extends ComponentResource {
  /** The text. */
  public readonly text: Output<string>;

  constructor(name: string, args: GreetingArgs, opts?: ComponentResourceOptions) {
    super("greeter:index:Greeting", name, args, opts);
    this.text = output(args.name).apply((who) => "hello " + who);
    this.registerOutputs({ text: this.text });
  }
}
`;

const packageJson = {
  name: "greeter",
  version: "1.0.0",
  main: "index.ts",
  // The engine installs a plugin's packages, and demands that there be some; this one is at hand.
  dependencies: { nothing: "file:nothing" },
};

/** Writes a component plugin in TypeScript into the folder `greeter`. */
export function writeComponentPlugin(parent: string): void {
  const folder = join(parent, "greeter");
  mkdirSync(join(folder, "nothing"), { recursive: true });
  // Above the plugin, in whose own folder the engine would install.
  symlinkSync(join(project, "node_modules"), join(parent, "node_modules"));
  const files: Readonly<Record<string, string>> = {
    "PulumiPlugin.yaml": "runtime: nodejs\n",
    "package.json": JSON.stringify(packageJson),
    "index.ts": source,
    "nothing/package.json": JSON.stringify({ name: "nothing", version: "1.0.0" }),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}
