// One real support session from sign-in to record, by real parts: the story that everything else hangs on. Played
// once in Korean and once in English [A-1, B-1, C-1, D-1, E-1, F-05, R-2, R-3, R-5, S-02, S-06, X-1 …, Y-3, Y-4].
import { type Browser, expect, test } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Administrator } from "./parts/administrator.ts";
import { App } from "./parts/app.ts";
import { Desktop } from "./parts/desktop.ts";
import { type Language, labels } from "./parts/labels.ts";
import { Operator } from "./parts/operator.ts";
import { Server } from "./parts/server.ts";
import { Target } from "./parts/target.ts";

const TYPED = "안녕하세요 Hello 각값 뷁 123";

export async function playStory(browser: Browser, language: Language): Promise<void> {
  const say = labels[language];
  const people = {
    administrator: { login: "admin", password: "Passw0rd-admin" },
    operator: { login: "kim01", password: "Passw0rd-kim" },
  };
  const names = { company: "에이크미 Acme", department: "기술지원팀", operator: "김상담 Kim", supportType: "프린터 Printer" };
  const server = await Server.start();
  const desktop = await Desktop.start();
  try {
    const administrator = await Administrator.open(browser, server, language);
    await test.step("the administrator sets up the company", async () => {
      await administrator.activate(await server.addCompany("acme", names.company), people.administrator, "관리자 Admin");
      await administrator.signIn(people.administrator);
      await administrator.createDepartment(names.department);
      await administrator.createOperator(people.operator, names.operator, names.company, names.department);
      await administrator.createSupportType(names.supportType);
    });

    const operator = await Operator.signIn(browser, server, people.operator, language);
    const code = await test.step("the operator makes a session", () => operator.newSession());

    const target = await Target.start(desktop);
    const app = await App.prepared(desktop, server, { language });
    await test.step("the customer types the code and agrees", async () => {
      await app.fill(say.connectionCode, code);
      await app.press("button", say.next);
      await app.find("text", new RegExp(names.operator));
      await app.find("text", new RegExp(names.company));
      await app.press("button", say.agree);
      await app.find("button", say.stop);
    });

    await test.step("the operator sees the screen, exactly", async () => {
      await expect(operator.picture).toBeVisible();
      await operator.seesColour(target.colour, target.middle.x, target.middle.y);
      await expect(operator.exactSign).toBeVisible();
    });

    await test.step("a click at the target comes back as its new colour", async () => {
      const before = target.lineCount;
      await operator.click(target.middle.x, target.middle.y);
      const next = await target.nextColour(before);
      expect(next).not.toBe(target.colour);
      await operator.seesColour(next, target.middle.x, target.middle.y);
    });

    await test.step("Korean and English arrive as typed", () => typesIntoTerminal(desktop, operator));

    await test.step("both write", async () => {
      await operator.write("무엇을 도와 드릴까요? How can I help?");
      await app.find("text", "무엇을 도와 드릴까요? How can I help?");
      await app.fill(say.message, "The printer is silent.");
      await app.press("button", say.send);
      await operator.reads("The printer is silent.");
    });

    await test.step("the customer stops", async () => {
      await app.press("button", say.stop);
      await app.gone("button", say.stop);
      await expect(operator.page.getByRole("button", { name: say.end, exact: true })).toBeHidden();
    });

    await test.step("the operator writes the record", () =>
      operator.fillRecord({ supportType: names.supportType, customerName: "이고객", memo: "용지 걸림 Paper jam" }));

    await test.step("the administrator finds it", async () => {
      await administrator.openNewestRecord(people.operator.login);
      const record = administrator.page.getByRole("main");
      for (const text of ["이고객", "용지 걸림 Paper jam", names.supportType, "The printer is silent."]) {
        await expect(record.getByText(text).first()).toBeVisible();
      }
    });
    expect(app.program.lines.filter((line) => line.includes("panicked"))).toEqual([]);
    expect(server.log.filter((line) => line.includes("panicked"))).toEqual([]);
  } finally {
    await desktop.stop();
    await server.stop();
  }
}

/** Types into `cat > FILE` in a terminal and reads what the file got. */
async function typesIntoTerminal(desktop: Desktop, operator: Operator): Promise<void> {
  const file = join(desktop.home, "typed.txt");
  desktop.run("xterm", ["-geometry", "60x10+40+420", "-T", "Terminal", "-e", "sh", "-c", `exec cat > '${file}'`]);
  await desktop.window("Terminal");
  await expect.poll(() => readFile(file, "utf8").catch(() => undefined)).toBe("");
  await operator.click(200, 500);
  await operator.type(TYPED);
  await operator.page.keyboard.press("Enter");
  await operator.page.keyboard.press("Control+d");
  await expect.poll(() => readFile(file, "utf8").catch(() => ""), { timeout: 15_000 }).toBe(`${TYPED}\n`);
}
