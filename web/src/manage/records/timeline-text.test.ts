import { expect, it } from "vitest";
import { createKnows, createTranslate } from "../../shared/i18n/translate";
import { manageMessages } from "../messages";
import { eventText } from "./timeline-text";

const korean = { t: createTranslate("ko", manageMessages), knows: createKnows("ko", manageMessages) };

it("an event is a sentence in the page's language", () => {
  expect(eventText("control_changed", { on: true }, korean)).toBe("원격 제어를 켰습니다");
  expect(eventText("control-changed", { on: false }, korean)).toBe("원격 제어를 껐습니다");
  expect(eventText("display_changed", { width_px: 1920, height_px: 1080 }, korean)).toContain("1920×1080");
});

it("an unknown event is shown by its name", () => {
  expect(eventText("something_new", null, korean)).toBe("something_new");
});
