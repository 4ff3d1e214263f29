import { FluentResource } from "@fluent/bundle";
import { describe, expect, it } from "vitest";

const texts = import.meta.glob<string>("../../../../locales/*/*.ftl", {
  query: "?raw",
  import: "default",
  eager: true,
});
const sources = import.meta.glob<string>(
  ["../../**/*.{ts,tsx}", "!../../**/*.test.{ts,tsx}", "!../../generated/**"],
  {
    query: "?raw",
    import: "default",
    eager: true,
  },
);

const keysOf = (text: string) => new Set(new FluentResource(text).body.map(({ id }) => id));
const filesOf = (language: string) =>
  Object.entries(texts)
    .filter(([path]) => path.includes(`/${language}/`))
    .map(([path, text]) => ({ name: path.split("/").at(-1) ?? "", keys: keysOf(text) }));

describe("translations", () => {
  it("both languages have the same messages in the same files", () => {
    const korean = Object.fromEntries(filesOf("ko").map(({ name, keys }) => [name, [...keys].sort()]));
    const english = Object.fromEntries(filesOf("en").map(({ name, keys }) => [name, [...keys].sort()]));
    expect(korean).toEqual(english);
  });

  it("every message of a file parses", () => {
    for (const [path, text] of Object.entries(texts)) {
      const written = text.split("\n").filter((line) => /^[a-zA-Z][\w-]* *=/.test(line)).length;
      expect(keysOf(text).size, path).toBe(written);
    }
  });

  it("every message that the source names exists", () => {
    const known = new Set(filesOf("ko").flatMap(({ keys }) => [...keys]));
    const named = Object.values(sources).flatMap((source) =>
      [...source.matchAll(/\bt\(\s*"([a-z][\w-]*)"/g)].map(([, key]) => key ?? ""),
    );
    expect(named.filter((key) => !known.has(key))).toEqual([]);
  });

  it("every message of the administrator site is used", () => {
    const all = Object.values(sources).join("\n");
    const prefixes = [...all.matchAll(/`((?:manage|shared)-[a-z-]*)\$\{/g)].map(([, prefix]) => prefix ?? "");
    // `manage-end-…`, `manage-refused-…` and `manage-unsupported-…` are chosen by what the record says.
    const chosen = [...prefixes, "manage-end-", "manage-refused-", "manage-unsupported-"].filter(
      (prefix) => prefix.split("-").length > 2,
    );
    const unused = filesOf("ko")
      .filter(({ name }) => name === "manage.ftl" || name === "shared.ftl")
      .flatMap(({ keys }) => [...keys])
      .filter((key) => !all.includes(`"${key}"`) && !chosen.some((prefix) => key.startsWith(prefix)));
    expect(unused).toEqual([]);
  });
});
