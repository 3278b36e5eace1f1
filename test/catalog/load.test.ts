import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import {
  CatalogueError,
  UnreadableError,
  checkCatalogue,
  formatProblem,
  settingsFromConfig,
} from "../../catalog";
import { edited, one } from "./broken";
import type { Files } from "./broken";
import { brokenEnvironment } from "./broken-environment";
import { brokenFields, nameAdvice } from "./broken-fields";
import { brokenFiles } from "./broken-files";
import { brokenNetwork } from "./broken-network";
import { brokenRemote } from "./broken-remote";
import { brokenScaling } from "./broken-scaling";
import { brokenSecrets } from "./broken-secrets";
import { brokenSignatures } from "./broken-signatures";
import { brokenTogether } from "./broken-together";
import { brokenTricks } from "./broken-tricks";
import { changed, inFolder, rightEntry } from "./catalogue-folder";

function messages(files: Files, paths: readonly string[] = ["c"]): readonly string[] {
  return inFolder(files, () => checkCatalogue(paths).problems.map(formatProblem));
}

describe("checkCatalogue", () => {
  const tables = [
    ...[brokenFiles, brokenFields, brokenNetwork],
    ...[brokenSecrets, brokenScaling, brokenTogether, brokenRemote],
    ...[brokenTricks],
  ];
  for (const [what, files, expected] of tables.flat())
    it(`says what is wrong: ${what}`, () => {
      assert.deepEqual(messages(files), expected);
    });

  for (const [what, values, files, expected] of [...brokenEnvironment, ...brokenSignatures])
    it(`says what cannot be had in an environment: ${what}`, () => {
      const found = inFolder(files, (folder) => {
        try {
          const settings = settingsFromConfig({ ...values }, folder, "dev");
          return checkCatalogue(["c"], settings).problems.map(formatProblem);
        } catch (error) {
          assert.ok(error instanceof CatalogueError, String(error));
          return error.message.split("\n");
        }
      });
      assert.deepEqual(found, expected);
    });

  for (const [transport, note] of [
    ["http", "http is taken as streamable-http; write that"],
    [
      "sse",
      "sse is deprecated by MCP and clients drop it; take streamable-http as soon as the server offers it",
    ],
  ] as const)
    it(`takes transport ${transport} with a note`, () => {
      const text = changed("transport: streamable-http", `transport: ${transport}`);
      assert.deepEqual(messages(one(text)), [`c/e.yaml:10:12: note: transport: ${note}`]);
    });

  it("takes an entry that is right, and every file of a folder", () => {
    inFolder({ "c/a.yaml": rightEntry, "c/.hidden.yaml": "-", "c/notes.md": "-" }, () => {
      const { entries, problems } = checkCatalogue(["c"]);
      assert.deepEqual(problems, []);
      assert.deepEqual(
        entries.map(({ kind, name, clients, tools }) => ({ kind, name, clients, tools })),
        [{ kind: "Server", name: "osv", clients: [], tools: { publish: [] } }],
      );
    });
  });

  it("reads a file once, however often it is named", () => {
    inFolder({ "c/a.yaml": rightEntry }, (folder) => {
      symlinkSync(folder, `${folder}/c/loop`);
      assert.equal(checkCatalogue(["c/a.yaml", "c", "./c"]).entries.length, 1);
    });
  });

  it("refuses a path that does not exist", () => {
    inFolder({}, () => {
      assert.throws(() => checkCatalogue(["nowhere"]), {
        name: UnreadableError.name,
        message: "nowhere: there is no such file or folder",
      });
    });
  });

  it("does not expand aliases without end", () => {
    const bomb = [
      "a: &a [x]",
      ...Array.from({ length: 9 }, (_, i) => {
        const [from, to] = ["abcdefghij"[i], "abcdefghij"[i + 1]];
        return `${to}: &${to} [${Array(9).fill(`*${from}`).join(", ")}]`;
      }),
    ].join("\n");
    assert.deepEqual(messages(one(bomb)), [
      "c/e.yaml: this YAML cannot be read: Excessive alias count indicates a resource exhaustion attack",
    ]);
  });

  it("keeps text of the catalogue from moving the terminal's cursor", () => {
    const [message] = messages(edited("name: osv", 'name: "\\e[2Jx"'));
    assert.equal(message, `c/e.yaml:2:7: name: "\\u001b[2Jx" does not fit; ${nameAdvice}`);
  });
});
