import { test, expect } from "@playwright/test";
import { readFileSync, readFile } from "node:fs";
import { join } from "node:path";
import { Case } from "./parts/case.ts";
import { labels } from "./parts/labels.ts";
import { Target } from "./parts/target.ts";
test("figures", async ({ browser }) => {
  const at = await Case.start(browser, { desktop: { width: 1920, height: 1080 } });
  at.desktop.env["RUST_LOG"] = "beside=debug,desktop=debug,session=debug";
  try {
    const app = await at.join();
    const file = join(at.desktop.home, "typed.txt");
    at.desktop.run("xterm", ["-geometry", "60x10+40+420", "-T", "Terminal", "-e", "sh", "-c", `exec cat > '${file}'`]);
    await at.desktop.window("Terminal");
    await at.operator.page.waitForTimeout(2700);
    await at.operator.page.screenshot({ path: "/tmp/op.png" });
    console.log("FIG before", app.program.lines.length);
    await at.operator.click(200, 500);
    await at.operator.type("안녕하세요 Hello 각값 뷁 123");
    await at.operator.page.keyboard.press("Enter");
    await at.operator.page.keyboard.press("Control+d");
    await at.operator.page.waitForTimeout(4000);
    console.log("FIG typed", readFileSync(file, "utf8"));
    console.log("FIG lines", app.program.lines.join("\n"));
  } finally { await at.stop(); }
});
