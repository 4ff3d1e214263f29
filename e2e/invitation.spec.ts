// Code and link go to the customer by e-mail and by text message; what became of them is seen at once.
import { createHmac } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { Case } from "./parts/case.ts";
import { judge } from "./parts/looks.ts";
import { root } from "./parts/places.ts";
import { Program } from "./parts/program.ts";
import { text } from "./parts/translations.ts";

const SECRET = "a secret of sixteen or more";

test("X-1 allowed: a customer is invited by e-mail and by text message, and a failed one is sent again", async ({ browser }) => {
  const folder = await mkdtemp(join(tmpdir(), "beside-invitation-"));
  const file = (name: string) => join(folder, name);
  await writeFile(file("password"), "a secret\n");
  await writeFile(file("hook"), `${SECRET}\n`);
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE"];
  await Program.run("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-keyout", file("key.pem"), "-out", file("cert.pem"), ...subject]);
  // By Debian's own Python, whose packages setup installs.
  const mail = Program.start("/usr/bin/python3", [join(root, "crates/server/src/sessions/tests/smtp.py"), file("cert.pem"), file("key.pem")]);
  const port = await mail.line("its port", (line) => /^\d+$/.test(line));
  const orders: { to: string; text: string }[] = [];
  let refuses = true;
  const service = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => {
      body += part.toString();
    });
    request.on("end", () => {
      const signed = createHmac("sha256", SECRET).update(`${request.headers["beside-timestamp"]}.${body}`).digest("hex");
      const isOurs = request.headers["beside-signature"] === `v1=${signed}`;
      response.writeHead(!isOurs ? 401 : refuses ? 400 : 202).end();
      if (isOurs && !refuses) orders.push(JSON.parse(body) as { to: string; text: string });
    });
  });
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  const address = service.address();
  const settings = [
    `[mail]\nhost = "localhost"\nport = ${port}\nuser = "support"\npassword_file = "${file("password")}"`,
    `from = "Acme Support <support@example.com>"\nroot = "${file("cert.pem")}"`,
    `[sms]\nurl = "http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/send"\nsecret_file = "${file("hook")}"`,
  ].join("\n");
  const at = await Case.start(browser, { language: "ko", settings });
  try {
    const say = (key: string, values: Record<string, string> = {}) => text(at.language, key, values);
    const { page } = at.operator;
    const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
    const code = await at.operator.newSession();

    await press(say("console-invite-email"));
    const dialog = page.getByRole("dialog", { name: say("console-invite-email-title") });
    await dialog.getByRole("textbox").fill("park@example.com, kim@example.com");
    await page.keyboard.press("Enter");
    await expect(dialog.getByText(say("email-not-valid"))).toBeVisible();
    await dialog.getByRole("textbox").fill("park@example.com");
    await judge(page, "console-invitation", at.language);
    await dialog.getByRole("radio", { name: say("console-invite-en") }).check({ force: true });
    await page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    const sent = page.getByRole("list", { name: say("console-invitations") }).getByRole("listitem");
    await expect(sent.nth(0)).toContainText("p***@example.com");
    await expect(sent.nth(0)).toContainText(say("console-invitation-sent"));
    const letter = JSON.parse(await mail.line("a letter", (line) => line.startsWith("{"))) as { to: string[]; text: string };
    expect(letter.to).toEqual(["park@example.com"]);
    expect(letter.text.replaceAll("=\r\n", "")).toContain(`${at.server.url}/#${code}`);

    await press(say("console-invite-sms"));
    await page.getByRole("dialog").getByRole("textbox").fill("010-1234-5678");
    await page.keyboard.press("Enter");
    const problem = say("console-invitation-problem-sms-refused");
    await expect(sent.nth(1)).toContainText(say("console-invitation-failed", { problem }));
    refuses = false;
    await press(say("console-invitation-again"));
    await expect(sent.nth(2)).toContainText(say("console-invitation-sent"));
    expect(orders.map(({ to }) => to)).toEqual(["01012345678"]);
    expect(orders[0]?.text).toContain(`${at.server.url}/#${code}`);
    await judge(page, "console-invitations", at.language);
  } finally {
    await at.stop();
    service.close();
    await mail.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
