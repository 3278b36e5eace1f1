import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { LocalWorkspace, Stack } from "@pulumi/pulumi/automation";
import { engineSettings } from "../engines";
import { movedVariable } from "../program";

const execFileAsync = promisify(execFile);

// The state of a stack of a thousand entries is some tens of megabytes.
const maxBuffer = 1024 * 1024 * 1024;

const settings: Readonly<Record<string, string>> = { ...engineSettings, [movedVariable]: "1" };

/** What the engine of an environment's stacks can do; it never changes which stack the user has selected. */
export class Engine {
  private readonly workspace: LocalWorkspace;

  private constructor(workspace: LocalWorkspace) {
    this.workspace = workspace;
  }

  /** Finds the engine, for a project's folder. */
  static async open(project: string): Promise<Engine> {
    const own = Object.entries(settings).filter(([name]) => process.env[name] === undefined);
    const envVars = Object.fromEntries(own);
    return new Engine(await LocalWorkspace.create({ workDir: project, envVars }));
  }

  /** Names of the stacks of the project that the backend has. */
  async stacks(): Promise<readonly string[]> {
    return (await this.workspace.listStacks()).map(({ name }) => name.split("/").at(-1) ?? name);
  }

  /** Makes a stack. */
  async create(name: string): Promise<void> {
    await this.command("stack", "init", name, "--no-select");
  }

  /** Removes a stack that holds nothing, and its file. */
  async remove(name: string): Promise<void> {
    await this.workspace.removeStack(name);
  }

  /** What the project's stacks run, counted from its folder. */
  async main(): Promise<string> {
    return (await this.workspace.projectSettings()).main ?? "";
  }

  /** A stack that is there. */
  async stack(name: string): Promise<Stack> {
    const workspace = Object.assign(Object.create(this.workspace) as LocalWorkspace, {
      // By itself it would select the stack, for the user's next commands too.
      selectStack: () => Promise.resolve(),
      // After an update it asks for these, by three commands that each read the whole state.
      stackOutputs: () => Promise.resolve({}),
    });
    const stack = await Stack.select(name, workspace);
    return Object.assign(stack, { info: () => Promise.resolve(undefined) });
  }

  /** An output of a stack; none when it has not been given out. */
  async output(stack: string, name: string): Promise<string | undefined> {
    try {
      return (await this.command("stack", "output", name, "--stack", stack)).trim();
    } catch {
      return undefined;
    }
  }

  /** Runs any other command of the engine; gives what it prints. */
  async command(...args: readonly string[]): Promise<string> {
    const { workDir, pulumiCommand } = this.workspace;
    const env = { ...process.env, ...this.workspace.envVars };
    const options = { cwd: workDir, env, maxBuffer };
    const ran = await execFileAsync(
      pulumiCommand.command,
      [...args, "--non-interactive", "--color=never"],
      options,
    );
    return ran.stdout;
  }
}
