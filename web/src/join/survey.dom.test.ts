import { describe, expect, it } from "vitest";
import ko from "../../../locales/ko/join.ftl?raw";
import { createMessages } from "../shared/i18n/translate";
import { TestClock } from "../shared/session/test-clock";
import { COMMENT_MAX_CHARACTERS, lengthOf, Survey, type SurveyStage } from "./survey";
import { SurveyBox } from "./survey-box";

const texts = { ...createMessages("ko", [ko]), language: "ko" as const };
/** The promises so far have gone on. */
const settled = () => new Promise<void>((done) => setTimeout(done, 0));

/** A server that gives these stages, then these answers. `away`: it cannot be reached. */
function asked(stages: (SurveyStage | "away")[] = ["asked"], answers: (string | null | "away")[] = []) {
  const clock = new TestClock();
  const sent: string[] = [];
  const survey = new Survey({
    find: async () => {
      const stage = stages.shift() ?? "not_asked";
      if (stage === "away") throw new Error("away");
      return { stage, receipt: null, copy: false };
    },
    answer: async (token, rating, comment) => {
      sent.push(`${token} ${rating} ${comment}`);
      const answer = answers.shift() ?? null;
      if (answer === "away") throw new Error("away");
      return answer;
    },
    copy: async () => null,
    after: clock.after,
  });
  survey.begin(new TextEncoder().encode("f00d"));
  const box = new SurveyBox(survey);
  const draw = () => {
    document.body.replaceChildren(box.draw(texts) ?? "");
    return document.body;
  };
  survey.state.subscribe(draw);
  const field = () => document.querySelector("textarea");
  return { clock, sent, survey, draw, field, state: () => survey.state.get() };
}

describe("the survey after the end (S-03)", () => {
  it("is asked once the server knows, and not where it wants none", async () => {
    const c = asked(["running", "away", "asked"]);
    await settled();
    expect(c.state().kind).toBe("none");
    c.clock.pass(500);
    await settled();
    c.clock.pass(1_000);
    await settled();
    expect(c.state().kind).toBe("asked");
    const off = asked(["not_asked", "asked"]);
    await settled();
    off.clock.pass(60_000);
    await settled();
    expect(off.state().kind).toBe("none");
  });

  it("gives up where the server stays away", async () => {
    const c = asked(Array.from({ length: 20 }, () => "away"));
    for (let n = 0; n < 20; n += 1) {
      await settled();
      c.clock.pass(8_000);
    }
    expect(c.state().kind).toBe("none");
  });

  it("names its five steps in words, as radio buttons of one group", async () => {
    const c = asked();
    await settled();
    const radios = [...c.draw().querySelectorAll<HTMLInputElement>("input[type=radio]")];
    expect(radios.map((radio) => radio.closest("label")?.lastElementChild?.textContent)).toEqual([
      "매우 만족",
      "만족",
      "보통",
      "불만족",
      "매우 불만족",
    ]);
    expect(new Set(radios.map(({ name }) => name)).size).toBe(1);
    expect(document.querySelector("[role=radiogroup]")?.getAttribute("aria-labelledby")).toBe("survey-title");
  });

  it("sends what was chosen and written, once, and says thank you", async () => {
    const c = asked();
    await settled();
    c.survey.rate(4);
    await Promise.all([c.survey.send("좋아요"), c.survey.send("좋아요")]);
    expect(c.sent).toEqual(["f00d 4 좋아요"]);
    expect(c.draw().textContent).toBe("의견을 보내 주셔서 감사합니다.");
  });

  it("says at its place that nothing was chosen, and sends nothing", async () => {
    const c = asked();
    await settled();
    await c.survey.send("x");
    expect(c.sent).toEqual([]);
    expect(c.draw().querySelector("[role=alert]")?.textContent).toBe("만족도를 하나 골라 주세요.");
    expect(document.querySelector("[role=radiogroup]")?.getAttribute("aria-invalid")).toBe("true");
  });

  it("keeps what was written when the server is away, and offers it again", async () => {
    const c = asked(["asked"], ["away", null]);
    await settled();
    c.draw();
    const field = c.field();
    if (field === null) throw new Error("no field");
    field.value = "느려요";
    c.survey.rate(2);
    await c.survey.send(field.value);
    expect(c.state()).toMatchObject({ kind: "asked", rating: 2, problem: "unreachable", sending: false });
    expect(c.field()?.value).toBe("느려요");
    await c.survey.send(field.value);
    expect(c.state().kind).toBe("thanked");
  });

  it("offers no other try where none can help", async () => {
    for (const code of ["survey-answered", "survey-over", "survey-unknown"]) {
      const c = asked(["asked"], [code]);
      await settled();
      c.survey.rate(5);
      await c.survey.send("");
      expect(c.draw().querySelector<HTMLButtonElement>("button[type=submit]")?.disabled).toBe(true);
      expect(document.querySelector("[role=alert]")?.textContent).not.toBe("");
    }
  });

  it("counts characters and not code units, and sends no more than the limit", async () => {
    expect(lengthOf(" 👍가 ")).toBe(2);
    const c = asked();
    await settled();
    c.survey.rate(3);
    await c.survey.send("가".repeat(COMMENT_MAX_CHARACTERS + 1));
    expect(c.state()).toMatchObject({ problem: "too-long" });
    await c.survey.send("가".repeat(COMMENT_MAX_CHARACTERS));
    expect(c.state().kind).toBe("thanked");
  });

  it("draws nothing anew while somebody writes: a syllable in the IME stays", async () => {
    const c = asked();
    await settled();
    c.draw();
    const field = c.field();
    let drawn = 0;
    c.survey.state.subscribe(() => {
      drawn += 1;
    });
    if (field === null) throw new Error("no field");
    field.value = "가";
    field.dispatchEvent(new Event("input"));
    expect(drawn).toBe(0);
    expect(document.getElementById("survey-limit")?.textContent).toContain("1자");
  });

  it("is gone when skipped", async () => {
    const c = asked();
    await settled();
    c.survey.skip();
    expect(c.state().kind).toBe("none");
  });
});
