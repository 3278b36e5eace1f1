import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmdirSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { labId } from "./space";

const root = "/sys/fs/cgroup";

/** Path of the lab's subtree of control groups, from their root. */
export function cgroupPath(folder: string): string {
  return `/mcp-fleet-${labId(folder)}`;
}

/** Folders of the subtree: one in each hierarchy of version 1, or the only one of version 2. */
export function cgroupFolders(folder: string): readonly string[] {
  return hierarchies().map((hierarchy) => join(hierarchy, cgroupPath(folder)));
}

/** Makes the subtree that holds the control groups of the lab's pods: one in each hierarchy of version 1. */
export function makeCgroups(folder: string): void {
  for (const hierarchy of hierarchies()) {
    const path = join(hierarchy, cgroupPath(folder));
    mkdirSync(path, { recursive: true });
    // In version 1 a new group has no processors and no memory until it is told.
    for (const file of ["cpuset.cpus", "cpuset.mems"])
      if (existsSync(join(hierarchy, file)) && hierarchy !== root)
        writeFileSync(join(path, file), readFileSync(join(hierarchy, file)));
  }
}

/** Removes the subtree; its processes must have ended. */
export function removeCgroups(folder: string): void {
  for (const path of cgroupFolders(folder)) remove(path);
}

function hierarchies(): readonly string[] {
  if (existsSync(join(root, "cgroup.controllers"))) return [root];
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .map((name) => join(root, name))
    .filter((path) => existsSync(join(path, "cgroup.procs")));
}

function remove(path: string): void {
  if (!existsSync(path)) return;
  for (const entry of readdirSync(path, { withFileTypes: true }))
    if (entry.isDirectory()) remove(join(path, entry.name));
  rmdirSync(path);
}
