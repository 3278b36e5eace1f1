import { CatalogueError } from "../catalog";
import { down } from "./down";
import { LabError } from "./problem";
import { labSettings } from "./settings";
import { lab, tools, up } from "./up";

const verbs: Readonly<Record<string, (settings: ReturnType<typeof labSettings>) => Promise<void>>> =
  { up, lab, down, tools };

async function main(): Promise<void> {
  const verb = verbs[process.argv[2] ?? ""];
  if (!verb) throw new LabError("Say what to do.", `One of ${Object.keys(verbs).join(", ")}.`);
  await verb(labSettings());
}

main().catch((error: unknown) => {
  const plain = error instanceof LabError || error instanceof CatalogueError;
  console.error(plain ? `\n${error.message}` : error);
  process.exitCode = 1;
});
