// The conversation is the session's, whichever window of the operator's it is read in [F-05, X-6].
import { expect, test } from "@playwright/test";
import { Case } from "./parts/case.ts";
import { CustomerPage } from "./parts/customer-page.ts";
import { labels } from "./parts/labels.ts";
import { text } from "./parts/translations.ts";

test("F-05 allowed: a window that takes the session over has the conversation so far, in its order, each line once", async ({ browser }) => {
  const at = await Case.start(browser);
  const say = labels[at.language];
  try {
    const app = await at.join();
    await at.operator.write("무엇을 도와 드릴까요?");
    await app.find("text", "무엇을 도와 드릴까요?");
    await app.fill(say.message, "The printer is silent.");
    await app.press("button", say.send);
    await at.operator.reads("The printer is silent.");

    const later = await at.operator.another(at.server.url);
    await later.openNewest();
    await later.reads("The printer is silent.");
    await later.write("One moment");
    await app.find("text", "One moment");
    const lines = later.page.getByRole("list", { name: say.chat, exact: true }).getByRole("listitem");
    const delivered = text(at.language, "console-chat-delivered");
    await expect(lines).toHaveText([
      new RegExp(`무엇을 도와 드릴까요\\?.*${text(at.language, "console-chat-told")}`),
      /The printer is silent\./,
      new RegExp(`One moment.*${delivered}`),
    ]);

    // The first window takes it back, and reads what was written without it.
    await at.operator.page.getByRole("button", { name: text(at.language, "console-replaced-back"), exact: true }).click();
    await at.operator.reads("One moment");
    await expect(at.operator.page.getByRole("list", { name: say.chat, exact: true }).getByRole("listitem")).toHaveCount(3);
    await at.leave(app);
    // Both windows had each line; the record has it once.
    await expect.poll(async () => (await at.newestRecord()).chat.map(({ text: line }) => line)).toEqual([
      "무엇을 도와 드릴까요?",
      "The printer is silent.",
      "One moment",
    ]);
  } finally {
    await at.stop();
  }
});

/** A page has the same conversation as an app, where the company wants one. */
test("F-05 allowed: a customer in the browser writes and is answered", { tag: "@browser" }, async ({ browser }) => {
  const at = await Case.start(browser);
  try {
    const customer = await CustomerPage.open(browser, at.server, await at.operator.newSession(), at.language);
    await customer.connect();
    await customer.agree();
    await customer.page.getByRole("textbox", { name: labels[at.language].message, exact: true }).fill("<b>안녕하세요</b>");
    await customer.press(labels[at.language].send);
    await at.operator.reads("<b>안녕하세요</b>");
    await at.operator.write("네, 반갑습니다.");
    await expect(customer.page.getByText("네, 반갑습니다.")).toBeVisible();
    await customer.press(labels[at.language].stop);
    await expect.poll(async () => (await at.newestRecord()).chat.map(({ text }) => text)).toEqual(["<b>안녕하세요</b>", "네, 반갑습니다."]);
    await customer.close();
  } finally {
    await at.stop();
  }
});

test("F-05 forbidden: a customer in the browser is offered no chat", { tag: "@browser" }, async ({ browser }) => {
  const at = await Case.start(browser, { options: { text_chat: false } });
  try {
    const customer = await CustomerPage.open(browser, at.server, await at.operator.newSession(), at.language);
    await customer.connect();
    await customer.agree();
    await expect(at.operator.says("console-chat-forbidden")).toBeVisible();
    for (const { page } of [customer, at.operator]) {
      await expect(page.getByRole("textbox", { name: labels[at.language].message, exact: true })).toBeHidden();
    }
    await customer.close();
  } finally {
    await at.stop();
  }
});
