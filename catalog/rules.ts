import type { EntryFile, Finding } from "./entry";
import { toProblem } from "./finding";
import { objectNames } from "./names";
import type { Named } from "./names";
import type { Problem } from "./problem";
import { show } from "./problem";

/** Rules over all entries together; also over those with errors of their own, as far as can be. */
export function checkTogether(files: readonly EntryFile[]): readonly Problem[] {
  const byName = new Map<string, EntryFile>();
  const names = files.flatMap((file) => unique(file, byName));
  const claims = new Map<string, Claim>();
  const aliases = new Map<string, EntryFile>();
  const audiences = new Map<string, EntryFile>();
  return [
    ...names,
    ...files.flatMap((file) => [
      ...clashes(file, claims),
      ...aliasRules(file, byName, aliases),
      ...successorRules(file, byName),
      ...audienceRules(file, audiences),
    ]),
  ];
}

function place({ document }: EntryFile, path: readonly string[] = ["name"]): string {
  return `${document.file}:${document.locate(path).line}`;
}

/** A name, also one that is no right name. */
function writtenName({ document }: EntryFile): string | undefined {
  const { name } = document.value as { readonly name?: unknown };
  return typeof name === "string" ? name : undefined;
}

function unique(file: EntryFile, taken: Map<string, EntryFile>): readonly Problem[] {
  const name = writtenName(file);
  if (name === undefined) return [];
  const other = taken.get(name);
  if (!other) taken.set(name, file);
  return other
    ? [
        toProblem(file, {
          path: ["name"],
          message: `${show(name)} is taken by ${place(other)}; write another name`,
        }),
      ]
    : [];
}

/** Who makes an object, and by which of its names. */
interface Claim {
  readonly file: EntryFile;
  readonly by: string;
}

/** Objects that two different names would both make. */
function clashes(file: EntryFile, claims: Map<string, Claim>): readonly Problem[] {
  const { kind, name, aliases = [] } = file.partial;
  const claimed = (names: Named, path: Finding["path"], own: string): readonly Problem[] =>
    objectNames(names).flatMap((object) => {
      const other = claims.get(object);
      if (!other) claims.set(object, { file, by: own });
      // One name for two is what other rules say.
      return !other || other.by === own || (other.file !== file && answersTo(other.file, own))
        ? []
        : [
            toProblem(file, {
              path,
              message: `${show(own)} would make the ${object}, which ${place(other.file)} makes too; write another name`,
            }),
          ];
    });
  return [
    ...(name === undefined ? [] : claimed({ kind, name }, ["name"], name)),
    ...aliases.flatMap((alias, i) =>
      claimed({ kind, name: alias, alias: true }, ["aliases", i], alias),
    ),
  ];
}

/** Whether an entry has a name or alias already, which other rules say. */
function answersTo(file: EntryFile, name: string): boolean {
  return writtenName(file) === name || (file.partial.aliases ?? []).includes(name);
}

function aliasRules(
  file: EntryFile,
  byName: Map<string, EntryFile>,
  taken: Map<string, EntryFile>,
): readonly Problem[] {
  const { name, aliases = [] } = file.partial;
  return aliases.flatMap((alias, i): readonly Problem[] => {
    const say = (other: EntryFile, what: string): readonly Problem[] => [
      toProblem(file, {
        path: ["aliases", i],
        message: `${show(alias)} is ${what} ${place(other)}; write another, or remove it`,
      }),
    ];
    const owner = byName.get(alias);
    const { state, replacedBy } = owner?.partial.lifecycle ?? {};
    // What took a retired entry's place answers under its name.
    if (owner && owner !== file && !(state === "retired" && replacedBy === name))
      return say(owner, "the name of");
    const other = taken.get(alias);
    if (!other) taken.set(alias, file);
    return other && other !== file ? say(other, "an alias of") : [];
  });
}

function successorRules(file: EntryFile, byName: Map<string, EntryFile>): readonly Problem[] {
  const { replacedBy } = file.partial.lifecycle ?? {};
  if (replacedBy === undefined || replacedBy === file.partial.name) return [];
  const successor = byName.get(replacedBy);
  const say = (message: string): readonly Problem[] => [
    toProblem(file, { path: ["lifecycle", "replacedBy"], message }),
  ];
  if (!successor)
    return say(`${show(replacedBy)} is no entry; write the name of one that is active`);
  const state = successor.partial.lifecycle?.state ?? "active";
  return state === "active"
    ? []
    : say(`${show(replacedBy)} is ${state} itself; write the name of an entry that is active`);
}

function audienceRules(file: EntryFile, taken: Map<string, EntryFile>): readonly Problem[] {
  const audience = file.partial.auth?.audience;
  if (audience === undefined) return [];
  const other = taken.get(audience);
  if (!other) taken.set(audience, file);
  const finding: Finding = {
    path: ["auth", "audience"],
    message: `${show(audience)} is the audience of ${other ? place(other, ["auth", "audience"]) : ""} too: a token for one would open the other; write another`,
  };
  return other ? [toProblem(file, finding)] : [];
}
