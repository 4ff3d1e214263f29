// Which server an app believes, and what it says of one that it does not; a server that goes away under a customer's
// page.
import { cp, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { Api, type Company, makeCompany } from "./parts/api.ts";
import { App } from "./parts/app.ts";
import { Case } from "./parts/case.ts";
import { CustomerBrowser } from "./parts/customer-browser.ts";
import { labels } from "./parts/labels.ts";
import { Server } from "./parts/server.ts";
import { text } from "./parts/translations.ts";

const say = labels.en;
const trust = text("en", "customer-identity-trust");

test("an app that no server prepared shows who its server is, asks once, and takes the answer from the command line", async ({ browser }) => {
  const at = await Case.start(browser);
  const identity = await at.server.identity();
  const start = async (options: { acceptIdentity?: string; settings?: string }) => {
    const code = await at.operator.newSession();
    const app = App.unprepared(at.desktop, at.server.url, { language: "en", code, ...options });
    await app.press("button", say.next);
    return app;
  };
  const shares = async (app: App) => {
    await app.press("button", say.agree);
    await app.find("button", say.stop);
    await at.operator.picture.waitFor();
    await at.leave(app);
  };
  try {
    await test.step("what does not match is not connected", async () => {
      const app = await start({});
      await app.find("text", (identity.match(/.{8}/g) ?? []).join(" "));
      await app.press("button", text("en", "customer-identity-refuse"));
      await app.find("button", say.next);
      // Nobody has come with the code.
      await expect(at.operator.page.getByRole("status", { name: say.connectionCode, exact: true })).toBeVisible();
      await app.press("button", say.next);
      await app.press("button", trust);
      await shares(app);
    });

    await test.step("what was confirmed is not asked again", async () => shares(await start({})));

    await test.step("another identity than the known one is not believed", async () => {
      const app = await start({ acceptIdentity: "ab".repeat(32) });
      await app.find("text", text("en", "customer-problem-wrong-server"));
      await app.program.stop();
      await at.operator.list();
    });

    await test.step("the command line confirms it, or does not", async () => {
      const wrong = await start({ acceptIdentity: "ab".repeat(32), settings: "new" });
      await wrong.find("text", text("en", "customer-problem-wrong-server"));
      await wrong.program.stop();
      await at.operator.list();
      await shares(await start({ acceptIdentity: identity, settings: "new" }));
    });
  } finally {
    await at.stop();
  }
});

for (const kind of ["prepared", "confirmed"] as const) {
  test(`a ${kind} app says of each server that it does not believe what is wrong`, async ({ browser }) => {
    const at = await Case.start(browser);
    const { port } = at.server;
    const data = await mkdtemp(join(tmpdir(), "beside-other-"));
    try {
      const app = kind === "prepared" ? await App.prepared(at.desktop, at.server, { language: "en" }) : await confirmed(at);
      const refused = async (problem: string, code = "123456") => {
        await app.fill(say.connectionCode, code);
        await app.press("button", say.next);
        await app.find("text", text("en", `customer-problem-${problem}`), 40_000);
      };
      await at.server.kill();
      await refused("unreachable");

      const website = createServer((_, reply) => reply.end("a web page")).listen(port, "0.0.0.0");
      await refused("not-ours");
      website.closeAllConnections();
      await new Promise((resolve) => website.close(resolve));

      const stranger = await Server.start({ port });
      expect(stranger.port).toBe(port);
      await refused("certificate");
      await stranger.stop();

      // Whoever holds the authority's key, or a certificate for the server's name, is not yet the server.
      await cp(join(at.server.data, "authority"), join(data, "authority"), { recursive: true });
      const impostor = await Server.start({ data, port });
      await refused("wrong-server", await codeOf(impostor, await makeCompany(impostor)));
      await impostor.stop();

      await at.server.resume();
      await app.fill(say.connectionCode, await at.codeWithoutConsole());
      await app.press("button", say.next);
      await app.find("text", text("en", "customer-waiting-title"));
    } finally {
      await at.stop();
      await rm(data, { recursive: true, force: true });
    }
  });
}

test("an app that is new to its server is told of a certificate for another name", async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    const app = App.unprepared(at.desktop, `https://127.0.0.2:${at.server.port}`, { language: "en", code: "123456" });
    await app.press("button", say.next);
    await app.find("text", text("en", "customer-problem-certificate"));
    expect(await app.shows("button", trust)).toBe(false);
  } finally {
    await at.stop();
  }
});

test("the customer's page says that the server is away, and goes on when it is back", async ({ browser }) => {
  const at = await Case.start(browser);
  let customer: CustomerBrowser | undefined;
  try {
    const context = await browser.newContext({ locale: "en-US", ignoreHTTPSErrors: true });
    const early = await context.newPage();
    await early.goto(`${at.server.url}/#123456`);
    await at.server.kill();
    await early.getByRole("button", { name: say.next, exact: true }).click();
    await expect(early.getByText(text("en", "join-problem-unreachable"))).toBeVisible({ timeout: 40_000 });
    await context.close();
    await at.server.resume();
    await expect(at.operator.says("console-server-away")).toBeHidden();

    customer = await CustomerBrowser.share(at);
    const { page } = customer;
    const away = page.getByText(text("en", "join-server-away"));
    await at.server.kill();
    await expect(away).toBeVisible();
    await page.getByRole("textbox", { name: say.message, exact: true }).fill("Are you still there?");
    await page.getByRole("button", { name: say.send, exact: true }).click();
    await at.operator.reads("Are you still there?");
    await at.server.resume();
    await expect(away).toBeHidden({ timeout: 40_000 });
    await page.getByRole("button", { name: say.stop, exact: true }).click();
    await expect(page.getByText(text("en", "join-ended-customer-stopped"))).toBeVisible();
    await expect.poll(async () => (await at.newestRecord()).end_reason).toBe("customer-stopped");
    expect((await at.newestRecord()).chat.map((line) => line.text)).toContain("Are you still there?");
  } finally {
    await customer?.close();
    await at.stop();
  }
});

/** An app whose customer has confirmed the server. */
async function confirmed(at: Case): Promise<App> {
  const app = App.unprepared(at.desktop, at.server.url, { language: "en", code: "123456" });
  await app.press("button", say.next);
  await app.press("button", trust);
  await app.find("text", text("en", "customer-problem-code-unknown"));
  return app;
}

/** A connection code that nobody waits for in a console. */
async function codeOf(server: Server, company: Company): Promise<string> {
  const operator = await Api.signIn(server, "console", company.shortName, company.operator);
  const { code } = await operator.post<{ code: string }>("/api/console/sessions");
  await operator.close();
  return code;
}
