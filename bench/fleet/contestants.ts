import {
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import type { Command } from "./observe";

/** The phases of a contest, in their order. */
export const phases = ["fresh", "unchanged", "preview one", "one", "all", "destroy"] as const;

/** One of {@link phases}. */
export type Phase = (typeof phases)[number];

/** Where a contest takes place. */
export interface Arena {
  /** The project's folder. */
  readonly project: string;
  /** A folder of its own. */
  readonly folder: string;
  /** Folder of the catalogue, which is rewritten before each phase. */
  readonly catalogue: string;
  /** Environment of every command: cluster, engine, state. */
  readonly env: NodeJS.ProcessEnv;
  /** How many entries there are. */
  readonly entries: number;
}

/** One way to bring a catalogue to a cluster. */
export interface Contestant {
  /** Its name. */
  readonly name: string;
  /** Makes ready for a phase; not measured. */
  readonly prepare: (phase: Phase) => void;
  /** The command of a phase; none where there is no such thing. */
  readonly command: (phase: Phase) => Omit<Command, "log" | "env"> | undefined;
}

const verbs: Readonly<Record<Phase, "up" | "preview" | "destroy">> = {
  fresh: "up",
  unchanged: "preview",
  "preview one": "preview",
  one: "up",
  all: "up",
  destroy: "destroy",
};

/** `mcp-fleet up` and its like, with as many slices as given. */
export function ours({ project }: Arena, environment: string, name: string): Contestant {
  const program = process.execPath;
  const bin = join(project, "bin", "mcp-fleet.js");
  return {
    name,
    prepare: () => undefined,
    command: (phase) => ({
      program,
      args: [bin, verbs[phase], "--env", environment, "--project", project],
      cwd: project,
    }),
  };
}

/**
 * The program that one would write at first: everything from the root import, three resources for each server,
 * checked by ts-node at its start, the engine's own settings.
 */
export function straightforward(arena: Arena): Contestant {
  const cwd = join(arena.folder, "straightforward");
  mkdirSync(cwd, { recursive: true });
  symlinkSync(join(arena.project, "node_modules"), join(cwd, "node_modules"));
  cpSync(join(__dirname, "straightforward.ts.txt"), join(cwd, "index.ts"));
  writeFileSync(
    join(cwd, "Pulumi.yaml"),
    stringify({ name: "straightforward", runtime: "nodejs", main: "index.ts" }),
  );
  writeFileSync(
    join(cwd, "package.json"),
    JSON.stringify({ name: "straightforward", main: "index.ts" }),
  );
  writeFileSync(
    join(cwd, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        target: "es2020",
        module: "commonjs",
        moduleResolution: "node",
        skipLibCheck: true,
        ignoreDeprecations: "6.0",
      },
      files: ["index.ts"],
    }),
  );
  writeFileSync(
    join(cwd, "Pulumi.bench.yaml"),
    stringify({ config: { "straightforward:catalogue": arena.catalogue } }),
  );
  const flags: Readonly<Record<Phase, readonly string[]>> = {
    fresh: ["up", "--yes", "--skip-preview"],
    unchanged: ["preview"],
    "preview one": ["preview"],
    one: ["up", "--yes", "--skip-preview"],
    all: ["up", "--yes", "--skip-preview"],
    destroy: ["destroy", "--yes", "--skip-preview"],
  };
  return {
    name: "straightforward program",
    prepare: () => undefined,
    command: (phase) => ({
      program: "pulumi",
      args: [...flags[phase], "--stack", "bench", "--non-interactive", "--color=never"],
      cwd,
    }),
  };
}

/** kubectl, with the manifests that `mcp-fleet render` has written. */
export function kubectl({ folder, project }: Arena, render: () => void): Contestant {
  const files = join(folder, "rendered", "servers");
  const flags: Readonly<Record<Phase, readonly string[]>> = {
    fresh: ["apply", "--server-side", "--filename", files],
    unchanged: ["diff", "--server-side", "--filename", files],
    "preview one": ["diff", "--server-side", "--filename", files],
    one: ["apply", "--server-side", "--filename", files],
    all: ["apply", "--server-side", "--filename", files],
    destroy: ["delete", "--filename", files],
  };
  return {
    name: "kubectl",
    prepare: render,
    // A diff that finds something ends with 1.
    command: (phase) => ({
      program: "kubectl",
      args: flags[phase],
      cwd: project,
      fine: verbs[phase] === "preview" ? [0, 1] : [0],
    }),
  };
}

/** Helm, with the same manifests as one chart. */
export function helm({ folder, project }: Arena, program: string, render: () => void): Contestant {
  const chart = join(folder, "chart");
  const templates = join(chart, "templates");
  const up = ["upgrade", "--install", "bench", chart, "--timeout", "30m"];
  const flags: Readonly<Record<Phase, readonly string[]>> = {
    fresh: up,
    unchanged: [...up, "--dry-run=server"],
    "preview one": [...up, "--dry-run=server"],
    one: up,
    all: up,
    destroy: ["uninstall", "bench", "--wait", "--timeout", "30m"],
  };
  return {
    name: "Helm",
    prepare: () => {
      render();
      rmSync(templates, { recursive: true, force: true });
      mkdirSync(templates, { recursive: true });
      writeFileSync(
        join(chart, "Chart.yaml"),
        stringify({ apiVersion: "v2", name: "bench", version: "1.0.0" }),
      );
      const rendered = resolve(folder, "rendered", "servers");
      for (const file of readdirSync(rendered)) {
        const text = readFileSync(join(rendered, file), "utf8");
        writeFileSync(join(templates, file), text.replaceAll("{{", '{{ "{{" }}'));
      }
    },
    command: (phase) => ({ program, args: flags[phase], cwd: project }),
  };
}
