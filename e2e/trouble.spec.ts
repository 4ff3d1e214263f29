// What goes wrong in real sessions: crashes, lost servers, closed and second consoles.
import { expect, test } from "@playwright/test";
import { Case } from "./parts/case.ts";
import { proveRecord } from "./parts/kept.ts";
import { labels } from "./parts/labels.ts";
import { Target } from "./parts/target.ts";
import { text } from "./parts/translations.ts";

let at: Case;
let target: Target;

test.beforeAll(async ({ browser }) => {
  at = await Case.start(browser);
  target = await Target.start(at.desktop, "320x240+20+540");
});

test.afterAll(() => at.stop());

/** a crashed app is noticed within five seconds, and the record tells of it and is closed. */
test("the console is told when the app is killed", { tag: "@alone" }, async () => {
  const app = await at.join();
  await expect(at.operator.exactSign).toBeVisible();
  await app.kill();
  const away = at.operator.says("console-stage-away");
  await expect(away).toBeVisible({ timeout: 5_000 });
  await at.operator.end();
  await expect(at.operator.says("console-ended-title")).toBeVisible();
  await expect.poll(async () => (await at.newestRecord()).sealed).not.toBeNull();
  const record = await at.newestRecord();
  expect(record.end_reason).toBe("operator-ended");
  const kinds = await proveRecord(at.server, record.id);
  expect(kinds.filter((kind) => ["consented", "customer-away", "ended"].includes(kind))).toEqual(["consented", "customer-away", "ended"]);
  await at.leave(app);
});

/** the operator closes the console by mistake, opens it again and gets back in. */
test("a console that is reloaded, or closed and opened again, gets back into the session", async () => {
  const app = await at.join();
  await works(at.operator);
  await at.operator.page.reload();
  await works(at.operator);

  const again = await at.operator.another(at.server.url);
  await at.operator.page.close();
  await again.openNewest();
  await works(again);
  at.operator = again;
  await at.leave(app);
});

/** Two consoles of one operator: the session is in the one that opened it last, the other says so and can take it back. */
test("a session opened in a second console leaves the first, which can take it back", async () => {
  const app = await at.join();
  await works(at.operator);
  const second = await at.operator.another(at.server.url);
  await second.openNewest();
  await works(second);
  await expect(at.operator.says("console-replaced-title")).toBeVisible();
  await at.operator.page.getByRole("button", { name: text(at.language, "console-replaced-back"), exact: true }).click();
  await works(at.operator);
  await expect(second.says("console-replaced-title")).toBeVisible();
  await second.page.close();
  await at.leave(app);
});

/** the server dies and comes back; the session goes on all the time, and its record is whole and proves it. */
test("a killed server does not end a running session", async () => {
  const app = await at.join();
  await works(at.operator);
  await at.operator.write("before the server went");
  await app.find("text", "before the server went");
  await at.server.kill();
  await works(at.operator);
  await at.operator.write("while the server is away");
  await app.find("text", "while the server is away");

  await at.server.resume();
  await expect(at.operator.says("console-server-away")).toBeHidden();
  await app.gone("text", text(at.language, "customer-bar-server-away"));
  await at.leave(app);
  await at.operator.openNewest();
  await expect(at.operator.says("console-ended-title")).toBeVisible();
  await expect.poll(async () => (await at.newestRecord()).sealed).not.toBeNull();
  const record = await at.newestRecord();
  expect(record.chat.map((line) => line.text)).toEqual(["before the server went", "while the server is away"]);
  expect(record.end_reason).toBe("customer-stopped");
  const kinds = await proveRecord(at.server, record.id);
  expect(kinds.slice(-1)).toEqual(["ended"]);
  // Fails with the first line that does not hold.
  expect(await at.server.command("usage-log", "verify")).toMatch(/^acme: \d+ lines, \d+ signed heads, whole$/);
});

/** the digits are kept nowhere, so a restart costs them; the session waits on and takes another code. */
test("a session whose code went with a restart takes another", async () => {
  await at.operator.newSession();
  await at.server.kill();
  await at.server.resume();
  await expect(at.operator.says("console-code-hidden")).toBeVisible({ timeout: 15_000 });
  await at.operator.page.getByRole("button", { name: text(at.language, "console-new-code"), exact: true }).click();
  const app = await at.arrive(await at.operator.code());
  await app.press("button", labels[at.language].agree);
  await works(at.operator);
  await at.leave(app);
});

/** nothing of a session goes on that the server cannot write down. */
test("a session that cannot be written down ends, and both sides are told why", async () => {
  const app = await at.join();
  await works(at.operator);
  await at.server.sql("CREATE TRIGGER disk_full BEFORE INSERT ON session_events BEGIN SELECT RAISE(FAIL, 'disk full'); END");
  await at.operator.write("nobody could prove this");
  await expect(at.operator.says("console-end-server-failed")).toBeVisible({ timeout: 60_000 });
  await app.find("text", text(at.language, "customer-ended-server-failed"));
  await at.server.sql("DROP TRIGGER disk_full");
  await at.leave(app);
});

/** whatever happens to the console, no key stays down at the customer. */
test("a key that is held when the console loses its focus, is reloaded, closed or lost goes up at the customer", { tag: "@alone" }, async () => {
  const app = await at.join();
  const holds = async (key: string) => {
    await works(at.operator);
    await at.operator.page.keyboard.down(key);
    await expect.poll(() => at.desktop.keysDown()).toHaveLength(1);
  };
  const wentUp = async () => {
    await expect.poll(() => at.desktop.keysDown(), { timeout: 40_000 }).toEqual([]);
  };
  await test.step("the focus goes to another field", async () => {
    await holds("Control");
    await at.operator.page.getByRole("textbox", { name: at.operator.say.message, exact: true }).focus();
    await wentUp();
    await at.operator.page.keyboard.up("Control");
  });
  await test.step("the focus goes to another window", async () => {
    await holds("Alt");
    await at.operator.losesFocus();
    await wentUp();
    await at.operator.page.keyboard.up("Alt");
  });
  await test.step("the page is reloaded", async () => {
    await holds("Control");
    await at.operator.page.reload();
    await wentUp();
    await at.operator.page.keyboard.up("Control");
  });
  await test.step("the page is closed", async () => {
    await holds("Control");
    const again = await at.operator.another(at.server.url);
    await at.operator.page.close();
    await wentUp();
    await again.openNewest();
    at.operator = again;
  });
  await test.step("the page crashes, and nobody says goodbye", async () => {
    await holds("Control");
    const again = await at.operator.another(at.server.url);
    await at.operator.crash();
    await wentUp();
    await again.openNewest();
    at.operator = again;
  });
  await works(at.operator);
  await at.leave(app);
});

/** The operator sees the target and a click changes its colour. */
async function works(operator: Case["operator"]): Promise<void> {
  await operator.seesColour(target.now, target.middle.x, target.middle.y);
  await operator.hasControl();
  const before = target.lineCount;
  await operator.click(target.middle.x, target.middle.y);
  await operator.seesColour(await target.nextColour(before), target.middle.x, target.middle.y);
}
