// Plays a session by itself and films the operator's console as it stands on a screen.
import { chromium } from "@playwright/test";
import { type Company, SUPPORT_TYPE } from "../parts/api.ts";
import { App } from "../parts/app.ts";
import { chromiumArguments, chromiumPath } from "../parts/chromium.ts";
import { Desktop } from "../parts/desktop.ts";
import { type Language, labels } from "../parts/labels.ts";
import { Operator } from "../parts/operator.ts";
import type { Server } from "../parts/server.ts";
import { Target } from "../parts/target.ts";

const SIZE = { width: 1440, height: 900 };

/** `place` ends in .webm; ffmpeg takes the screen of the operator's desktop, 25 pictures a second. */
export async function film(server: Server, customer: Desktop, company: Company, language: Language, place: string): Promise<void> {
  const office = await Desktop.start(SIZE);
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    headless: false,
    args: [...chromiumArguments, "--window-position=0,0", `--window-size=${SIZE.width},${SIZE.height}`, "--disable-features=Translate"],
    env: { ...office.env, HOME: office.home } as Record<string, string>,
  });
  const size = `${SIZE.width}x${SIZE.height}`;
  const input = ["-f", "x11grab", "-framerate", "25", "-video_size", size, "-i", office.display];
  const output = ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "1500k", "-y", place];
  try {
    const operator = await Operator.signIn(browser, server, company.operator, language, company.shortName, null);
    // Without the browser's own bars.
    await office.press("F11");
    await operator.page.waitForTimeout(1_500);
    const camera = office.run("ffmpeg", ["-loglevel", "error", ...input, ...output]);
    await play(operator, server, customer, language);
    camera.write("q");
    const end = await camera.exit(60_000);
    if (end !== 0) throw new Error(`ffmpeg: ${end}\n${camera.lines.join("\n")}`);
    process.stdout.write(`${place}\n`);
  } finally {
    await browser.close();
    await office.stop();
  }
}

async function play(operator: Operator, server: Server, desktop: Desktop, language: Language): Promise<void> {
  const say = labels[language];
  const pause = (ms: number) => operator.page.waitForTimeout(ms);
  await pause(1000);
  const code = await operator.newSession();
  await pause(1500);
  const target = await Target.start(desktop, "320x240+440+470");
  const app = await App.prepared(desktop, server, { language });
  await app.fill(say.connectionCode, code);
  await app.press("button", say.connect);
  await app.press("button", say.agree);
  await operator.picture.waitFor();
  await pause(2000);
  for (let click = 0; click < 3; click++) {
    await operator.click(target.middle.x, target.middle.y);
    await pause(700);
  }
  await operator.click(900, 250);
  await operator.type(language === "ko" ? "echo 안녕하세요" : "echo Hello");
  await operator.page.keyboard.press("Enter");
  await pause(800);
  await operator.write(language === "ko" ? "무엇을 도와 드릴까요?" : "How can I help?");
  await app.fill(say.message, language === "ko" ? "printer" : "The printer is silent.");
  await app.press("button", say.send);
  await pause(1500);
  await app.press("button", say.stop);
  await operator.fillRecord({ supportType: SUPPORT_TYPE, customerName: "이고객", memo: "용지 걸림" });
  await pause(1500);
}
