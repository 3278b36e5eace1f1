import assert from "node:assert/strict";
import { BlockList } from "node:net";
import fc from "fast-check";
import { contains, overlap, parseCidr } from "../../catalog/cidr";
import type { Cidr } from "../../catalog/cidr";
import { internet } from "../../catalog/ranges";

function cidr(text: string): Cidr {
  const parsed = parseCidr(text);
  assert.ok(parsed, text);
  return parsed;
}

describe("parseCidr", () => {
  const table = [
    ["10.1.2.3/8", "10.0.0.0/8"],
    ["255.255.255.255/1", "128.0.0.0/1"],
    ["2001:DB8::1/32", "2001:db8::/32"],
    ["fe80::1/10", "fe80::/10"],
    ["1.2.3.4", undefined],
    ["1.2.3.4/33", undefined],
    ["1.2.3.4/-1", undefined],
    ["1.2.3.4/08", undefined],
    ["010.0.0.0/8", undefined],
    ["10.0/8", undefined],
    ["fe80::1%eth0/64", undefined],
    ["1.2.3.4/8/8", undefined],
  ] as const;
  for (const [text, expected] of table)
    it(expected ? `reads ${text} as ${expected}` : `refuses ${text}`, () => {
      assert.equal(parseCidr(text)?.text, expected);
    });

  it("agrees with Node's own block lists on what contains what", () => {
    const range = fc
      .tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 }))
      .map(([address, prefix]) => cidr(`${address}/${prefix}`));
    fc.assert(
      fc.property(range, range, (a, b) => {
        const list = new BlockList();
        list.addSubnet(a.text.split("/")[0] ?? "", a.prefix);
        const inside = a.prefix <= b.prefix && list.check(b.text.split("/")[0] ?? "");
        assert.equal(contains(a, b), inside);
        assert.equal(overlap(a, b), inside || contains(b, a));
      }),
    );
  });
});

/** Whether `egress: internet` opens an address. */
function open(address: string): boolean {
  const one = cidr(`${address}/${address.includes(":") ? 128 : 32}`);
  return internet.some(
    (block) => contains(block.cidr, one) && !block.except.some((except) => contains(except, one)),
  );
}

describe("internet", () => {
  const table: readonly (readonly [boolean, readonly string[]])[] = [
    [
      true,
      ["1.1.1.1", "8.8.8.8", "172.15.255.255", "172.32.0.0", "100.63.255.255", "223.255.255.255"],
    ],
    [true, ["2606:4700:4700::1111", "2a00:1450::1", "64:ff9b::808:808"]],
    [false, ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "127.0.0.1", "0.0.0.0"]],
    [false, ["169.254.169.254", "100.64.0.1", "100.100.100.200", "224.0.0.1", "255.255.255.255"]],
    [false, ["::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:10.0.0.1"]],
    [false, ["::ffff:8.8.8.8", "2002:a00:1::", "2001:0:1::", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1"]],
    [false, ["64:ff9b::a00:1", "64:ff9b::c0a8:101", "2001:db8::1", "::10.0.0.1"]],
  ];
  for (const [expected, addresses] of table)
    for (const address of addresses)
      it(`${expected ? "opens" : "leaves out"} ${address}`, () => {
        assert.equal(open(address), expected);
      });

  it("names exceptions that lie inside their range, as NetworkPolicy demands", () => {
    for (const block of internet)
      for (const except of block.except) {
        assert.ok(contains(block.cidr, except), except.text);
        assert.ok(except.prefix > block.cidr.prefix, except.text);
      }
  });
});
