// The whole service on a machine that reaches nothing: the story again, in a network namespace whose
// one interface leads nowhere [Y-5]. Needs root, as making a namespace does; others see the test skipped.
import { expect, test } from "@playwright/test";
import { Program } from "./parts/program.ts";
import { e2eFolder } from "./parts/places.ts";

const inside = process.env["BESIDE_OFFLINE"] === "1";

test("a session from sign-in to record without a route to anywhere", async () => {
  test.skip(inside || process.getuid?.() !== 0, "needs root, and is not nested");
  const setUp = [
    "ip link set lo up",
    "ip link add beside0 type veth peer name beside1",
    "ip address add 10.87.0.1/24 dev beside0",
    "ip link set beside0 up",
    "ip link set beside1 up",
    'exec "$@"',
  ].join(" && ");
  const command = ["npx", "--no-install", "playwright", "test", "story.ko.spec.ts", "--output", "test-results/offline"];
  const story = Program.start("unshare", ["--net", "--", "sh", "-c", setUp, "sh", ...command], {
    cwd: e2eFolder,
    env: { ...process.env, BESIDE_OFFLINE: "1" },
  });
  expect(await story.exit(170_000), story.lines.join("\n")).toBe(0);
});
