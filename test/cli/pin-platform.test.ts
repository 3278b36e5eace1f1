import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { toolhiveVersion } from "../../catalog";
import { HttpServer } from "../registry/http-server";
import { sha256, singleManifest, types } from "../registry/images";
import { PinFolder, entryOf, tagServer } from "./pin-folder";

const single = singleManifest(types.ociManifest, "a");
const digest = sha256(Buffer.from("some"));

describe("mcp-fleet pin, for the platform's images,", function () {
  this.timeout(60_000);
  let folder: PinFolder;
  let registry: HttpServer;
  let at: string;
  const file = "stacks/Pulumi.dev.yaml";
  const entry = (): string => entryOf("a", `${at}/x/a:1`);
  /** Settings of the platform, in lines, below a demand for digests. */
  const stack = (...platform: readonly string[]): string =>
    [
      "config:",
      "  mcp-fleet:admission: { deployers: [{ group: us }] }",
      "  mcp-fleet:platform:",
      ...platform.map((line) => `    ${line}`),
      "",
    ].join("\n");
  beforeEach(async () => {
    folder = new PinFolder();
    registry = await tagServer({ "x/a:1": single });
    at = registry.address;
  });
  afterEach(async () => {
    folder.remove();
    await registry.close();
  });
  /** Runs with settings that must be refused; gives what it says of them. */
  const refused = async (text: string): Promise<readonly string[]> => {
    folder.write({ "inventory/a.yaml": entry(), [file]: text });
    const { code, out, err } = await folder.pin("--stack", "dev");
    assert.deepEqual([code, err, registry.lines], [1, "", []]);
    assert.deepEqual([folder.read("inventory/a.yaml"), folder.read(file)], [entry(), text]);
    return out.trimEnd().split("\n");
  };

  it("lets no mistake in the settings pass that pinning does not mend", async () => {
    const images = "mcp-fleet:platform.images";
    const fit = "write an image reference as registry/path:tag or registry/path@sha256:digest";
    const cases: Readonly<Record<string, string>> = {
      "images: { operatr: a.dev/x:1 }": `${file}:4:15: ${images}.operatr:`,
      "images: [a.dev/x:1]": `${file}:4:13: ${images}: ["a.dev/x:1"] does not fit;`,
      "images: ~": `${file}:4:13: ${images}: null does not fit;`,
      "images: { operator: ~ }": `${file}:4:25: ${images}.operator: null does not fit; ${fit}`,
      "images: { vmcp: a.dev/X:1 }": `${file}:4:21: ${images}.vmcp: "a.dev/X:1" does not fit; ${fit}`,
    };
    for (const [line, message] of Object.entries(cases)) {
      const said = await refused(stack(line));
      assert.deepEqual(
        said.map((own) => own.startsWith(message)),
        [true],
        said.join("\n"),
      );
    }
  });

  it("takes no other image for the one that the chart's values name", async () => {
    const values = `operator: { values: { operator: { image: ${at}/x/a:1, vmcpImage: "" } } }`;
    const own = `images: { proxyrunner: ${at}/x/a@${digest} }`;
    const move = (key: string, program: string): string =>
      `mcp-fleet:platform.operator.values.operator.${key}: names the image of ${program} where no digest is written; move it to mcp-fleet:platform.images.${program}`;
    const column = (key: string): number => values.indexOf(key) + 5 + `${key}: `.length;
    assert.deepEqual(await refused(stack(values, own)), [
      `${file}:4:${column("image")}: ${move("image", "operator")}`,
      `${file}:4:${column("vmcpImage")}: ${move("vmcpImage", "vmcp")}`,
    ]);
  });

  it("guesses no image of a chart that it does not know", async () => {
    const chart = "oci://a.dev/charts/operator";
    const line = (program: string): string =>
      `${file}:4:5: mcp-fleet:platform.images.${program}: is missing, and which image the chart "${chart}" has is not known here; write it`;
    assert.deepEqual(await refused(stack(`operator: { chart: "${chart}" }`)), [
      line("operator"),
      line("proxyrunner"),
      line("vmcp"),
    ]);
  });

  it("pins the images that a chart in a folder has", async () => {
    const values = `operator:\n  image: ${at}/x/a:1\n  toolhiveRunnerImage: ${at}/x/a\n  vmcpImage: ${at}/x/a:2@${digest}\n`;
    const text = stack(
      "operator: { chart: chart }",
      `images: { proxyrunner: ${at}/x/a@${digest} }`,
    );
    folder.write({
      "inventory/a.yaml": entryOf("a", `${at}/x/a@${digest}`),
      "chart/Chart.yaml": `name: toolhive-operator\nversion: ${toolhiveVersion}\n`,
      "chart/values.yaml": values,
      [file]: text,
    });
    const where = `${file}:5:13: mcp-fleet:platform.images`;
    const check = await folder.pin("--stack", "dev", "--check");
    assert.deepEqual(
      [check.code, check.out.split("\n"), folder.read(file)],
      [
        1,
        [
          `${where}.operator: is not there, and the chart's own ${at}/x/a:1 names no digest; its tag points to ${single.digest}; run mcp-fleet pin --stack dev`,
          `${where}.vmcp: is not there, and the chart's own ${at}/x/a:2@${digest} is to be written; run mcp-fleet pin --stack dev`,
          "0 images pinned, 2 as they were, 2 not pinned",
          "",
        ],
        text,
      ],
    );
    const { code, out } = await folder.pin("--stack", "dev");
    assert.deepEqual(
      [code, out.split("\n")],
      [
        0,
        [
          `${file}:5:13: note: mcp-fleet:platform.images.operator: is not there, and the chart's own ${at}/x/a:1 is pinned to ${single.digest}`,
          `${file}:5:13: note: mcp-fleet:platform.images.vmcp: is not there, and the chart's own ${at}/x/a:2@${digest} is written`,
          "2 images pinned, 2 as they were",
          "",
        ],
      ],
    );
    assert.equal(
      folder.read(file),
      text.replace(
        `${digest} }`,
        `${digest}, operator: ${at}/x/a:1@${single.digest}, vmcp: ${at}/x/a:2@${digest} }`,
      ),
    );
    // The chart's own digest is not asked for.
    const asked = "GET /v2/x/a/manifests/1";
    assert.deepEqual(registry.lines, [asked, asked]);
    folder.write({ "chart/values.yaml": "operator: [", [file]: text });
    const unknown = await folder.pin("--stack", "dev");
    const line = (program: string): string =>
      `${file}:5:13: mcp-fleet:platform.images.${program}: is missing, and which image the chart "chart" has is not known here; write it`;
    assert.deepEqual(
      [unknown.code, unknown.out.split("\n")],
      [1, [line("operator"), line("vmcp"), ""]],
    );
  });

  it("does not touch a stack file that is no UTF-8", async () => {
    folder.write({ "inventory/a.yaml": entry(), [file]: "" });
    const bytes = Buffer.from(`config: # caf\xe9\n  mcp-fleet:catalogue: [inventory]\n`, "latin1");
    writeFileSync(join(folder.path, file), bytes);
    const { code, out } = await folder.pin("--stack", "dev");
    assert.deepEqual([code, out], [1, `${file}: this is not UTF-8 text; save it as UTF-8\n`]);
    assert.deepEqual(registry.lines, []);
  });
});
