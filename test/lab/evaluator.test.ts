import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtPart } from "../../lab/build/tools";
import { labSettings } from "../../lab/settings";
import { ask, evaluate } from "./evaluator";
import type { Traffic, TrafficPeer } from "./evaluator";

const web: TrafficPeer = { ip: "10.1.0.1", namespace: "shop", labels: { app: "web" } };
const db: TrafficPeer = { ip: "10.1.0.2", namespace: "shop", labels: { app: "db" } };
const scraper: TrafficPeer = {
  ip: "10.2.0.1",
  namespace: "watch",
  namespaceLabels: { team: "ops" },
  labels: { app: "scraper" },
};
const logger: TrafficPeer = { ...scraper, ip: "10.2.0.2", labels: { app: "logger" } };
const impostor: TrafficPeer = { ip: "10.3.0.1", namespace: "other", labels: { app: "scraper" } };

const tcp = (from: TrafficPeer, to: TrafficPeer, port = 80): Traffic => {
  return { from, to, port, protocol: "TCP" };
};
const udp = (from: TrafficPeer, to: TrafficPeer, port = 80): Traffic => {
  return { from, to, port, protocol: "UDP" };
};
const outside = (ip: string): TrafficPeer => ({ ip });

/** A policy of the namespace `shop`, for the pods of an app or for all. */
const policy = (spec: object, app?: string): object => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "one", namespace: "shop" },
  spec: { podSelector: app === undefined ? {} : { matchLabels: { app } }, ...spec },
});
const ingress = (...rules: readonly object[]) => ({ policyTypes: ["Ingress"], ingress: rules });
const egress = (...rules: readonly object[]) => ({ policyTypes: ["Egress"], egress: rules });
const pods = (matchLabels: object) => ({ podSelector: { matchLabels } });
const toBlock = (cidr: string, ...except: readonly string[]) => [
  policy(egress({ to: [{ ipBlock: { cidr, except } }] })),
];
const denyAll = policy({ policyTypes: ["Ingress", "Egress"] });
const ops = { namespaceSelector: { matchLabels: { team: "ops" } } };
const fromScraper = policy(ingress({ from: [{ ...ops, ...pods({ app: "scraper" }) }] }));

describe("the independent evaluator of NetworkPolicies", function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), "mcp-fleet-evaluator-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** The verdicts in the traffic's order: + where it is allowed, - where it is not. */
  const verdicts = (policies: readonly object[], ...traffic: readonly Traffic[]) =>
    evaluate(policies, traffic, folder)
      .map((allowed) => (allowed ? "+" : "-"))
      .join("");
  const refuses = (policies: readonly object[], reason: RegExp, ...traffic: readonly Traffic[]) => {
    assert.throws(() => evaluate(policies, traffic, folder), reason);
  };

  it("leaves a pod without policies open", () => {
    assert.equal(verdicts([], tcp(web, db)), "+");
    assert.equal(verdicts([policy(ingress(), "db")], tcp(scraper, web), tcp(scraper, db)), "+-");
    assert.equal(verdicts([denyAll], tcp(scraper, impostor)), "+");
  });

  it("denies by default what a policy names and no rule allows", () => {
    const fromOutside = tcp(outside("192.0.2.1"), web);
    const all = [tcp(scraper, web), tcp(web, scraper), tcp(web, db), fromOutside];
    assert.equal(verdicts([denyAll], ...all), "----");
    assert.equal(verdicts([policy(ingress())], ...all), "-+--");
    assert.equal(verdicts([policy(egress())], ...all), "+--+");
  });

  it("allows pods of a namespace by the labels of both", () => {
    const from = [scraper, logger, impostor, db, outside("10.2.0.1")];
    assert.equal(verdicts([fromScraper], ...from.map((one) => tcp(one, web))), "+----");
  });

  it("takes a peer without a namespace selector from the policy's own namespace", () => {
    const policies = [policy(ingress({ from: [pods({ app: "web" })] }))];
    const namesake = { ...web, namespace: "other" };
    assert.equal(verdicts(policies, tcp(web, db), tcp(namesake, db)), "+-");
  });

  it("knows a namespace by the label that the API server gives it", () => {
    const selector = { matchLabels: { "kubernetes.io/metadata.name": "other" } };
    const policies = [policy(ingress({ from: [{ namespaceSelector: selector }] }))];
    assert.equal(verdicts(policies, tcp(impostor, web), tcp(scraper, web)), "+-");
  });

  it("allows the addresses of a block but for its exceptions", () => {
    const policies = toBlock("198.51.100.0/24", "198.51.100.64/26");
    const to = ["198.51.100.1", "198.51.100.64", "198.51.100.128", "198.51.101.1", "2001:db8::1"];
    assert.equal(verdicts(policies, ...to.map((ip) => tcp(web, outside(ip)))), "+-+--");
  });

  it("allows the IPv6 addresses of a block but for its exceptions", () => {
    const policies = toBlock("2001:db8::/32", "2001:db8:5::/48");
    const to = ["2001:db8::1", "2001:DB8:0:5::1", "2001:db8:5::1", "2001:db9::1", "198.51.100.1"];
    assert.equal(verdicts(policies, ...to.map((ip) => tcp(web, outside(ip)))), "++---");
  });

  it("keeps all of IPv4 apart from all of IPv6", () => {
    const to = [tcp(web, outside("198.51.100.1")), tcp(web, outside("2001:db8::1"))];
    assert.equal(verdicts(toBlock("0.0.0.0/0"), ...to), "+-");
    assert.equal(verdicts(toBlock("::/0"), ...to), "-+");
  });

  it("keeps UDP and TCP of one port apart, and takes TCP where none is named", () => {
    const policies = (port: object) => [policy(ingress({ ports: [port] }))];
    const all = [tcp(scraper, web, 53), udp(scraper, web, 53), udp(scraper, web, 54)];
    assert.equal(verdicts(policies({ port: 53, protocol: "UDP" }), ...all), "-+-");
    assert.equal(verdicts(policies({ port: 53 }), ...all), "+--");
    assert.equal(verdicts(policies({ protocol: "UDP" }), ...all), "-++");
  });

  it("allows the ports of a range", () => {
    const policies = [policy(ingress({ ports: [{ port: 8000, endPort: 8010 }] }))];
    const ports = [7999, 8000, 8005, 8010, 8011];
    assert.equal(verdicts(policies, ...ports.map((port) => tcp(scraper, web, port))), "-+++-");
  });

  it("wants both the source's egress and the destination's ingress to allow", () => {
    const out = policy(egress({ to: [pods({ app: "db" })] }), "web");
    const into = policy(ingress({ from: [pods({ app: "web" })] }), "db");
    assert.equal(verdicts([denyAll], tcp(web, db)), "-");
    assert.equal(verdicts([denyAll, out], tcp(web, db)), "-");
    assert.equal(verdicts([denyAll, into], tcp(web, db)), "-");
    assert.equal(verdicts([denyAll, out, into], tcp(web, db), tcp(db, web)), "+-");
  });

  it("adds up the policies of a pod", () => {
    const policies = [
      policy(ingress({ ports: [{ port: 80 }] })),
      policy(ingress({ ports: [{ port: 443 }] }), "web"),
      fromScraper,
    ];
    const logs = [tcp(logger, web, 80), tcp(logger, web, 443), tcp(logger, db, 443)];
    assert.equal(verdicts(policies, ...logs, tcp(scraper, db, 443)), "++-+");
  });

  it("reads labels that YAML would take for something else", () => {
    const odd = { on: "yes", port: "0123", flag: "null", sum: "1_000" };
    const policies = [policy(ingress({ from: [pods(odd)] }))];
    assert.equal(verdicts(policies, tcp({ ...web, labels: odd }, db), tcp(web, db)), "+-");
  });

  describe("refuses", () => {
    it("what is no NetworkPolicy", () => {
      refuses([{ ...denyAll, kind: "CiliumNetworkPolicy" }], /CiliumNetworkPolicy of/);
      refuses([policy({ ...ingress(), ingres: [] })], /unknown field "ingres"/);
      refuses([policy({})], /missing spec.policyTypes/);
      refuses([policy({ policyTypes: ["ingress"] })], /policy type "ingress" is not known/);
      refuses([{ apiVersion: "v1", kind: "List", items: [] }], /00000.yaml: holds no policy/);
    });

    it("a peer that is none or two", () => {
      const both = { ...pods({}), ipBlock: { cidr: "::/0" } };
      for (const peer of [{}, both])
        refuses([policy(ingress({ from: [peer] }))], /either selectors or an ipBlock/);
    });

    it("ranges, ports and protocols that are none, though no traffic meets them", () => {
      refuses(toBlock("10.0.0.0/33"), /10\.0\.0\.0\/33/);
      refuses(toBlock("10.0.0.0/8", "10.0.0.1"), /10\.0\.0\.1/);
      refuses(toBlock("::ffff:10.0.0.0/104"), /IPv4 range written as IPv6/);
      refuses([policy(ingress({ ports: [{ port: 2, endPort: 1 }] }))], /end port < start port/);
      refuses([policy(ingress({ ports: [{ port: 1, protocol: "tcp" }] }))], /protocol "tcp"/);
    });

    it("a port by its name, which says nothing without the pod's containers", () => {
      refuses([policy(ingress({ ports: [{ port: "http" }] }))], /port "http" has a name/);
    });

    it("traffic without addresses, or with labels of no namespace", () => {
      refuses([], /traffic 0: a peer has no IP address/, tcp(outside("web"), db));
      refuses([], /labels and no namespace/, tcp({ ip: "10.0.0.1", labels: { app: "a" } }, db));
    });

    // Kubernetes matches a pod without the label in the first case, and does not in the second; cyclonus
    // v0.5.6 has both the other way about.
    it("selectors that cyclonus misreads, where traffic meets them", () => {
      const bare = { ...web, labels: {} };
      const notIn = { matchExpressions: [{ key: "app", operator: "NotIn", values: ["db"] }] };
      const except = [policy(ingress({ from: [{ podSelector: notIn }] }))];
      assert.equal(verdicts(except, tcp(web, db), tcp(db, web)), "+-");
      refuses(except, /misreads the selector "app notin \(db\)" for the labels ""/, tcp(bare, db));

      const empty = [policy(ingress({ from: [pods({ app: "" })] }))];
      assert.equal(verdicts(empty, tcp(web, db)), "-");
      refuses(empty, /misreads the selector "app=" for the labels ""/, tcp(bare, db));
    });
  });

  it("says what cyclonus's own command says", () => {
    const policies = [denyAll, fromScraper, policy(egress({ ports: [{ port: 443 }] }), "web")];
    const inside = [web, db, scraper, logger, impostor];
    const peers = [...inside, outside("192.0.2.1"), outside("2001:db8::1")];
    const traffic = peers.flatMap((from) =>
      peers.flatMap((to) => [tcp(from, to, 80), tcp(from, to, 443), udp(from, to, 443)]),
    );
    const question = ask(policies, traffic, folder);
    const program = join(builtPart(labSettings(), "cyclonus"), "cyclonus");
    const args = ["--policy-path", question.policies, "--traffic-path", question.traffic];
    const command = ["analyze", "--mode", "query-traffic", ...args];
    const table = execFileSync(program, command, { stdio: "pipe" });
    const said = [...table.toString().matchAll(/IS ALLOWED\? *\| *(TRUE|FALSE)/g)];
    assert.equal(
      said.map(([, word]) => (word === "TRUE" ? "+" : "-")).join(""),
      verdicts(policies, ...traffic),
    );
  });

  it("judges 3,000 traffics by 200 policies in seconds", () => {
    const policies = Array.from({ length: 200 }, (_, i) =>
      policy(ingress({ ports: [{ port: 1 + i }] }), `app${i}`),
    );
    const traffic = Array.from({ length: 3000 }, (_, i) =>
      tcp(scraper, { ...web, labels: { app: `app${i % 200}` } }, 1 + (i % 400)),
    );
    const since = Date.now();
    const result = verdicts(policies, ...traffic);
    assert.ok(Date.now() - since < 5000, `${Date.now() - since} ms`);
    assert.equal(result, traffic.map((_, i) => (i % 400 < 200 ? "+" : "-")).join(""));
  });
});
