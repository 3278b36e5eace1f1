import { plainSecrets as secretFindings, secretIn } from "../../catalog";
import type { Path } from "../../catalog";
import { at, fields, items, text, texts } from "../plain-data";
import type { ObjectRule, Violation } from "../rule";
import { isToolhive, tierOf } from "../stack-object";
import type { StackObject } from "../stack-object";
import { containers, listed, podSpec } from "./pods";

/** MCP010: what stands in a ToolHive object or a ConfigMap is read by all who may read the namespace. */
export const plainSecrets: ObjectRule = {
  id: "MCP010",
  title: "No value in the open looks like a secret",
  severity: "critical",
  enforcement: "mandatory",
  check: (object, { tiers }) => {
    const ours = isToolhive(object);
    if (!ours && !tierOf(object, tiers)) return [];
    const found = [
      ...(ours ? ownFields(object) : []),
      ...podFields(object),
      ...(object.group === "" && object.kind === "ConfigMap" ? configData(object) : []),
    ];
    if (!ours) return found;
    const places = new Set(found.map(({ path }) => path.join("\n")));
    // Whatever the field: a token of a known service is one.
    return [
      ...found,
      ...[["spec"], ["metadata", "annotations"]]
        .flatMap((path) => known(at(object.content, ...path), path))
        .filter(({ path }) => !places.has(path.join("\n"))),
    ];
  },
};

function ownFields({ content }: StackObject): readonly Violation[] {
  const spec = at(content, "spec");
  const proxy = ["spec", "resourceOverrides", "proxyDeployment"];
  const headers = ["headerForward", "addPlaintextHeaders"];
  return [
    ...variables(spec, ["spec"]),
    ...argumentTexts(at(spec, "args"), ["spec", "args"]),
    ...variables(at(content, ...proxy), proxy),
    ...Object.entries(texts(at(spec, ...headers))).flatMap(([name, value]) =>
      secretFindings({ kind: "Remote", headers: { [name]: value } }).map(({ message }) => ({
        path: ["spec", ...headers, name],
        message,
      })),
    ),
  ];
}

function podFields(object: StackObject): readonly Violation[] {
  const pod = podSpec(object);
  return pod
    ? containers(pod).flatMap(({ path, value }) => [
        ...variables(value, path),
        ...["command", "args"].flatMap((list) => argumentTexts(at(value, list), [...path, list])),
      ])
    : [];
}

function configData({ content }: StackObject): readonly Violation[] {
  return Object.entries(texts(at(content, "data"))).flatMap(([key, value]) =>
    named(key, value, ["data", key]),
  );
}

/** The variables in a list `env`; those that refer to something have no value. */
function variables(holder: unknown, path: Path): readonly Violation[] {
  return listed(holder, [...path, "env"], "env").flatMap((variable) => {
    const { name = "", value } = texts(variable.value);
    return value === undefined ? [] : named(name, value, [...variable.path, "value"]);
  });
}

function named(name: string, value: string, path: Path): readonly Violation[] {
  return secretFindings({ kind: "Server", env: { [name]: value } }).map(({ message }) => ({
    path,
    message: `${name} ${message}`,
  }));
}

function argumentTexts(list: unknown, path: Path): readonly Violation[] {
  const args = items(list).map((one) => text(one) ?? "");
  return secretFindings({ kind: "Server", args }).map((found) => ({
    path: [...path, ...found.path.slice(1)],
    message: found.message,
  }));
}

function known(value: unknown, path: Path): readonly Violation[] {
  if (typeof value === "string") {
    const kind = secretIn(value);
    return kind === undefined
      ? []
      : [
          {
            path,
            message: `holds what looks like a secret (${kind}); write it under secrets, by reference`,
          },
        ];
  }
  return Array.isArray(value)
    ? items(value).flatMap((item, i) => known(item, [...path, i]))
    : fields(value).flatMap(([key, item]) => known(item, [...path, key]));
}
