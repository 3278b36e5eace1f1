import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findTools } from "./build/tools";
import { nodeOf } from "./node/needs";
import { stopRealCluster } from "./node/real";
import { LabError } from "./problem";
import { Progress } from "./progress";
import { Pulumi, labStack, pulumiEnvironment } from "./pulumi";
import { repairStack } from "./repair";
import { Api } from "./run/api";
import { controlPlaneNames } from "./run/control-plane";
import { withLock } from "./run/lock";
import { Processes } from "./run/process";
import type { LabSettings, NodeKind } from "./settings";

/** `make down`: destroys the stack, ends every process, removes the lab's folder. */
export async function down(settings: LabSettings): Promise<void> {
  const { folder } = settings;
  if (!existsSync(folder)) {
    console.error(`There is no lab in ${folder}.`);
    return;
  }
  await withLock(folder, async () => {
    const processes = new Processes(folder);
    const kubeconfig = settings.existingCluster
      ? (process.env.KUBECONFIG ?? "")
      : join(folder, "kubeconfig");
    const node = nodeOf(folder) ?? "kwok";
    await destroy(settings, node, processes, kubeconfig);
    const line = new Progress().start("processes", "ending");
    if (node === "real") await stopRealCluster(folder, processes);
    for (const name of [
      "operator-host",
      "proxy-stand-in",
      "kwok",
      ...[...controlPlaneNames].reverse(),
    ])
      await processes.stop(name);
    await processes.stopStrays();
    line.done("ended");
    rmSync(folder, { recursive: true, force: true });
  });
}

const destroySeconds = 180;

async function destroy(
  settings: LabSettings,
  node: NodeKind,
  processes: Processes,
  kubeconfig: string,
): Promise<void> {
  const { folder, existingCluster } = settings;
  const log = processes.log("pulumi");
  const line = new Progress().start("pulumi destroy", `stack ${labStack}`);
  if (!existsSync(join(folder, "state", ".pulumi", "stacks"))) {
    line.done("there is no stack");
    return;
  }
  const reachable = existsSync(kubeconfig) && (await new Api(kubeconfig).answers());
  if (!reachable && !existingCluster) {
    // The stack's objects lie in the lab's own etcd and go with it.
    line.done("the cluster does not run any more; it goes as a whole");
    return;
  }
  try {
    const tools = await findTools(settings, node);
    const env = pulumiEnvironment(folder, tools, kubeconfig);
    const pulumi = new Pulumi(env, folder);
    await pulumi.clearKilled(labStack, folder, log);
    await repairStack(pulumi, new Api(kubeconfig), log);
    const onLine = (text: string): void => {
      if (/^ - {2}/.test(text)) line.update(text.trim());
    };
    // The lab's own cluster is thrown away in any case; the user's is given all the time it takes.
    const seconds = existingCluster ? undefined : destroySeconds;
    await pulumi.must(["destroy", "--yes", "--stack", labStack], log, onLine, seconds);
    line.done("destroyed");
  } catch (error) {
    line.failed("failed");
    // In the user's own cluster objects would be left that only this state knows.
    if (existingCluster || !(error instanceof LabError)) throw error;
    console.error(`\n${error.message}\nThe lab's cluster is removed all the same.\n`);
    process.exitCode = 1;
  }
}
