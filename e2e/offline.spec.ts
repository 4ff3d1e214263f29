// The whole service on a machine that reaches nothing: the story again, in a network namespace whose one interface leads
// nowhere [Y-5]. Whoever may make a namespace of users needs no root for it; the test is skipped only where the kernel
// lets nobody have one.
import { expect, test } from "@playwright/test";
import { Program } from "./parts/program.ts";
import { e2eFolder } from "./parts/places.ts";

/** Oneself, and for root nobody. */
const USER = process.getuid?.() || 65_534;

interface Way {
  /** Of `unshare`, for a network of one's own. */
  network: string[];
  /** What plays the story there. */
  player: string[];
}

/**
 * With the rights of a user: root in a namespace of users makes the network, and a user in another one within plays, since
 * there root lacks what programs expect of it (xterm gives its terminal to a group that is not there). And with the rights
 * of root, where users get no namespaces (some containers).
 */
const WAYS: Way[] = [
  { network: ["--user", "--map-root-user", "--net"], player: ["unshare", "--user", `--map-user=${USER}`, `--map-group=${USER}`] },
  { network: ["--net"], player: [] },
];

const SET_UP = [
  "ip link set lo up",
  "ip link add beside0 type veth peer name beside1",
  "ip address add 10.87.0.1/24 dev beside0",
  "ip link set beside0 up",
  "ip link set beside1 up",
  // Nothing beyond the interface's own network is reached, by any route.
  "! ip route get 192.0.2.1 2>/dev/null",
  'exec "$@"',
].join(" && ");

for (const language of ["ko", "en"] as const) {
  // Alone: an X server in a network of its own takes the number, and the socket's file, of one outside it.
  test(`a session from sign-in to record without a route to anywhere, ${language}`, { tag: "@alone" }, async () => {
    const way = await allowed();
    test.skip(way === undefined, "this kernel gives no network namespace");
    const { network, player } = way ?? { network: [], player: [] };
    const story = [...player, "npx", "--no-install", "playwright", "test", `/story.${language}.spec.ts`, "--output", "test-results/offline"];
    const played = Program.start("unshare", [...network, "--", "sh", "-c", SET_UP, "sh", ...story], { cwd: e2eFolder });
    try {
      expect(await played.exit(160_000), played.lines.join("\n")).toBe(0);
      expect(played.lines.join("\n")).toContain("1 passed");
    } finally {
      await played.stop();
    }
  });
}

/** The first way that this machine allows. */
async function allowed(): Promise<Way | undefined> {
  for (const way of WAYS) {
    if ((await Program.start("unshare", [...way.network, ...way.player, "true"]).exit()) === 0) return way;
  }
  return undefined;
}
