import assert from "node:assert/strict";
import { parseChallenge } from "../../registry/challenge";

describe("a registry's challenge", () => {
  const read = (header: string) => {
    const challenge = parseChallenge(header);
    return challenge?.scheme === "bearer"
      ? { ...challenge, realm: challenge.realm.href }
      : challenge;
  };

  it("is read with all its parameters, commas and escapes inside of quotes too", () => {
    assert.deepEqual(
      read(
        'Bearer realm="https://a.dev/token",service="reg \\"1\\", a",scope="repository:x/y:pull,push"',
      ),
      {
        scheme: "bearer",
        realm: "https://a.dev/token",
        service: 'reg "1", a',
        scope: "repository:x/y:pull,push",
      },
    );
  });

  it("may be without quotes, in capitals, and with spaces", () => {
    assert.deepEqual(read("BEARER Realm = https://a.dev/t , Service = s"), {
      scheme: "bearer",
      realm: "https://a.dev/t",
      service: "s",
    });
  });

  it("is a token's before a password's, wherever it stands", () => {
    const [basic, bearer] = ['Basic realm="r"', 'Bearer realm="https://a.dev/t"'];
    const expected = { scheme: "bearer", realm: "https://a.dev/t" };
    assert.deepEqual(read(`${basic}, ${bearer}`), expected);
    assert.deepEqual(read(`${bearer}, ${basic}`), expected);
    assert.deepEqual(read(`Negotiate, ${basic}`), { scheme: "basic" });
  });

  it("is none when it names nobody to ask, or a way that is not known", () => {
    for (const header of [
      "",
      "Negotiate",
      'Digest realm="r"',
      'Bearer service="s"',
      "Bearer realm=x",
    ])
      assert.equal(read(header), undefined, header);
  });
});
