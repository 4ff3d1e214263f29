// Korean as operators really type it: at 12 keys a second, with jamo taken back, into programs as people have them [Y-4].
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { Case } from "./parts/case.ts";
import type { Desktop } from "./parts/desktop.ts";
import type { Operator } from "./parts/operator.ts";

const TYPED = "안녕하세요 프린터가 안 됐어요 ㅋㅋ 값은 50 Hello 뷁 확인했습니다 까치";

interface Into {
  name: string;
  /** Starts a program that writes what is typed into `file`; gives its window. */
  start(desktop: Desktop, file: string): Promise<string>;
  /** What has the program write its file, after Enter. */
  finish(operator: Operator): Promise<void>;
}

const programs: Into[] = [
  {
    name: "xterm",
    start: (desktop, file) => {
      desktop.run("xterm", ["-u8", "-geometry", "80x10+40+300", "-T", "Typed", "-e", "sh", "-c", `exec cat > '${file}'`]);
      return desktop.window("^Typed$");
    },
    finish: (operator) => operator.page.keyboard.press("Control+d"),
  },
  {
    name: "a GTK program",
    start: (desktop, file) => {
      desktop.run("sh", ["-c", `exec zenity --entry --title Typed --width 900 > '${file}'`]);
      return desktop.window("^Typed$");
    },
    finish: () => Promise.resolve(),
  },
];

for (const { name, start, finish } of programs) {
  test(`what an IME composes at 12 keys a second stands in ${name} once and in order`, { tag: "@alone" }, async ({ browser }) => {
    const at = await Case.start(browser);
    try {
      const app = await at.join();
      const file = join(at.desktop.home, "typed.txt");
      const window = await start(at.desktop, file);
      await expect.poll(() => readFile(file, "utf8").catch(() => undefined)).toBe("");
      await at.desktop.hands("windowactivate", "--sync", window);
      // The operator's first click brings the keyboard to the picture; it lands beside every window.
      await at.operator.hasControl();
      await at.operator.click(1270, 790);
      await at.desktop.hands("windowactivate", "--sync", window);
      await at.operator.hasControl();
      const { ime } = at.operator;
      await ime.type(TYPED);
      await ime.enter();
      await finish(at.operator);
      await expect.poll(() => readFile(file, "utf8")).toBe(`${TYPED}\n`);
      await at.leave(app);
    } finally {
      await at.stop();
    }
  });
}
