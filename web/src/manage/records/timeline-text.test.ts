import { expect, it } from "vitest";
import { createMessages } from "../../shared/i18n/translate";
import { HOSTILE_TEXTS } from "../../shared/test-hostile-texts";
import { texts } from "../texts-ko";
import { eventText } from "./timeline-text";

const korean = createMessages("ko", texts);

it("an event is a sentence in the page's language", () => {
  expect(eventText("control_changed", { on: true }, korean)).toBe("원격 제어를 켰습니다");
  expect(eventText("control-changed", { on: false }, korean)).toBe("원격 제어를 껐습니다");
  expect(eventText("display_changed", { width_px: 1920, height_px: 1080 }, korean)).toContain("1920×1080");
});

it("what is refused and what is missing are told in words of their own", () => {
  expect(eventText("refused", { what: "own-window", count: 2 }, korean)).not.toContain("own-window");
  expect(eventText("unsupported", { what: "input-no-xtest" }, korean)).toBe(
    "고객 PC에서 할 수 없었습니다: 디스플레이 서버가 입력을 받지 않음(XTEST 없음)",
  );
});

it("a tool is told as done, or as not done and why [F-04, F-07]", () => {
  const used = (tool: string, problem: string) =>
    eventText("tool-used", { tool, what: "xterm (42)", problem }, korean);
  expect(used("process-end", "")).toBe("프로그램에 끝내기를 요청했습니다: xterm (42)");
  expect(used("process-kill", "process-not-allowed")).toBe(
    "처리되지 않음: 프로그램 강제로 끝내기 xterm (42) (고객의 계정으로 끝낼 수 없음)",
  );
  expect(used("something-new", "why-ever")).toBe("처리되지 않음: something-new xterm (42) (why-ever)");
});

it("each right and each change of it has words of its own [X-10]", () => {
  const rights = [
    "view",
    "control",
    "chat",
    "fetch-files",
    "send-files",
    "see-system",
    "end-processes",
    "open",
  ];
  const changes = ["asked", "allowed", "refused", "withdrawn", "given", "taken-back"];
  const lines = [...rights, "capture-screen", "draw", "talk", "print"].flatMap((right) =>
    changes.map((change) => eventText(`right-${change}`, { right }, korean)),
  );
  expect(new Set(lines).size).toBe(72);
  expect(lines.filter((line) => /[a-z]/.test(line))).toEqual([]);
  expect(eventText("right-asked", { right: "control" }, korean)).toBe(
    "상담원이 권한을 요청했습니다: 마우스와 키보드로 제어",
  );
  expect([eventText("paused", {}, korean), eventText("resumed", {}, korean)]).not.toContain("paused");
});

it("each change of the voice has words of its own [F-14]", () => {
  const sides = ["customer-muted", "customer-unmuted", "operator-muted", "operator-unmuted"];
  const changes = ["started", "ended", "ended-by-operator", "ended-by-customer", ...sides];
  const lines = changes.map((change) => eventText(`voice-${change}`, {}, korean));
  expect(new Set(lines).size).toBe(changes.length);
  expect(lines.filter((line) => /[a-z]/.test(line))).toEqual([]);
});

it("what became of the operator's screen has words of its own [F-09]", () => {
  const changes = ["started", "ended", "ended-by-operator", "ended-by-customer"];
  const lines = changes.map((change) => eventText(`operator-screen-${change}`, {}, korean));
  expect(new Set(lines).size).toBe(changes.length);
  expect(lines.filter((line) => /[a-z]/.test(line))).toEqual([]);
});

it("that the customer saw the operator's computer has words of its own [F-15]", () => {
  const changes = ["started", "ended", "ended-by-operator", "ended-by-customer"];
  const lines = changes.map((change) => eventText(`operator-control-${change}`, { host_name: "" }, korean));
  expect(new Set(lines).size).toBe(changes.length);
  expect(lines.filter((line) => /[a-z]/.test(line))).toEqual([]);
});

it("an unknown event is shown by its name", () => {
  expect(eventText("something_new", null, korean)).toBe("something_new");
});

it("whatever a customer's side reports is a line of text, and no message of ours to be filled", () => {
  const kinds = [
    "tool-used",
    "refused",
    "unsupported",
    "file-failed",
    "file-renamed",
    "ended",
    "chat",
    "constructor",
  ];
  for (const text of HOSTILE_TEXTS) {
    const detail = {
      tool: text,
      what: text,
      why: text,
      reason: text,
      problem: text,
      path: text,
      name: text,
      count: 1,
    };
    for (const kind of [...kinds, text]) {
      const line = eventText(kind, detail, korean);
      expect(typeof line).toBe("string");
      expect(line).not.toBe("");
    }
    expect(eventText("refused", detail, korean)).toContain(text);
  }
});
