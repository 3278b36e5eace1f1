import { execFile } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import type { Tools } from "../build/tools";
import type { ImageContent } from "./table";

const run = promisify(execFile);
const certificates = "/etc/ssl/certs/ca-certificates.crt";

const serversPackage = join(__dirname, "servers");
const programsFolder = join(__dirname, "programs");

/** Content of every image: a user without rights, a folder for temporary files, the roots of TLS. */
export function commonContent(root: string): void {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write("etc/passwd", "root:x:0:0::/:\nnonroot:x:65532:65532::/tmp:\n");
  write("etc/group", "root:x:0:\nnonroot:x:65532:\n");
  write("etc/nsswitch.conf", "hosts: files dns\n");
  mkdirSync(join(root, "tmp"), { recursive: true, mode: 0o1777 });
  if (existsSync(certificates)) copy(certificates, root);
}

/** The machine's Node with the libraries that it loads. */
export async function nodeContent(root: string): Promise<void> {
  const node = join(root, "usr", "local", "bin", "node");
  mkdirSync(dirname(node), { recursive: true });
  copyFileSync(process.execPath, node);
  const { stdout } = await run("ldd", [process.execPath]);
  for (const [library] of stdout.matchAll(/\/\S+\.so[.\d]*/g)) copy(library, root);
  // Names are looked up by libraries that only the C library knows of.
  const folder = /(\/\S+)\/libc\.so/.exec(stdout)?.[1];
  for (const name of ["libnss_dns.so.2", "libnss_files.so.2", "libresolv.so.2"])
    if (folder !== undefined && existsSync(join(folder, name))) copy(join(folder, name), root);
}

/** The npm packages of the servers, as their lockfile pins them. */
export async function serversContent(root: string): Promise<void> {
  const app = join(root, "app");
  cpSync(serversPackage, app, { recursive: true });
  const args = ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"];
  await run("npm", args, { cwd: app });
}

/** The lab's own programs, each in one file. */
export async function programsContent(root: string, names: readonly string[]): Promise<void> {
  await build({
    entryPoints: names.map((name) => join(programsFolder, `${name}.ts`)),
    outdir: join(root, "app"),
    bundle: true,
    platform: "node",
    target: "node20",
    logLevel: "silent",
  });
}

/** A program of the lab's tools. */
export function toolContent(root: string, tool: string, tools: Tools): void {
  copyFileSync(tools.program(tool), join(root, tool));
}

/** What an image with this content runs. */
export function entrypoint(content: ImageContent): readonly string[] {
  if ("tool" in content) return [`/${content.tool}`];
  if ("program" in content) return ["/usr/local/bin/node", `/app/${content.program}.js`];
  return ["/usr/local/bin/node", `/app/node_modules/${content.npm}/dist/index.js`];
}

function copy(file: string, root: string): void {
  mkdirSync(join(root, dirname(file)), { recursive: true });
  copyFileSync(file, join(root, file));
}
