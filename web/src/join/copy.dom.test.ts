import { describe, expect, it } from "vitest";
import { TestClock } from "../shared/session/test-clock";
import { type RecordingCopy, readCopy } from "./copy";
import { copyOffer } from "./copy-offer";
import { CopyPage } from "./copy-page";
import { Survey } from "./survey";
import { textsOf } from "./texts";

const settled = () => new Promise<void>((done) => setTimeout(done, 0));

function film(state: string, percent: number, size_bytes: number | null) {
  return { state, percent, size_bytes, sha256: null, why: "" };
}

function led(recordings: object[]): RecordingCopy {
  return readCopy({ company: "베타", service: "도움", until_ms: 1_900_000_000_000, recordings });
}

const making = { no: 1, began_at_ms: 1, length_ms: 9, film: film("making", 40, null), file: null };
const ready = { ...making, film: film("ready", 100, 5_000_000), file: "/api/recording-copies/file?ticket=x" };

/** A page whose server gives these answers. */
async function opened(answers: (RecordingCopy | null | "away")[]) {
  const clock = new TestClock();
  const root = document.createElement("div");
  document.body.replaceChildren(root);
  const find = async () => {
    const answer = answers.shift();
    if (answer === undefined || answer === "away") throw new Error("away");
    return answer;
  };
  new CopyPage(root, "f00d", clock.after, find, async () => null).start();
  await settled();
  return { clock, root };
}

describe("a customer's link to a copy (F-13)", () => {
  it("shows how far the file is, and offers it when it is there", async () => {
    const { clock, root } = await opened([led([making]), "away", led([ready])]);
    expect(root.querySelector("[role=status].state")?.textContent).toContain("40 %");
    expect(root.querySelector("a")).toBeNull();
    clock.pass(10_000);
    await settled();
    expect(root.querySelector("[role=status].state")?.textContent, "what is known stays").toContain("40 %");
    clock.pass(10_000);
    await settled();
    expect(root.querySelector("a")?.getAttribute("href")).toBe("/api/recording-copies/file?ticket=x");
    expect(root.textContent).toContain("5 MB");
  });

  it("says that a link leads nowhere, and that the server is away", async () => {
    expect((await opened([null])).root.querySelector("[role=alert]")?.textContent).toContain(
      "leads to no copy",
    );
    const { root } = await opened(["away", led([ready])]);
    root.querySelector<HTMLButtonElement>("main button")?.click();
    await settled();
    expect(root.querySelector("a.primary")).not.toBeNull();
  });

  it("takes no address but the server's own", () => {
    expect(led([{ ...ready, file: "https://evil.example/x.webm" }]).recordings[0]?.file).toBeNull();
    expect(readCopy("nonsense").recordings).toEqual([]);
  });
});

describe("asking for a copy after the end (F-13)", () => {
  it("is offered where the server has one, and gives the link once", async () => {
    const links: (string | null | "away")[] = [null, "away", "https://beside.test/copy#f00d"];
    const survey = new Survey({
      find: async () => ({ stage: "not_asked", receipt: null, copy: true }),
      copy: async () => {
        const link = links.shift() ?? null;
        if (link === "away") throw new Error("away");
        return link;
      },
      answer: async () => null,
      after: new TestClock().after,
    });
    const texts = textsOf("ko");
    expect(copyOffer(texts, survey)).toBeNull();
    survey.begin(new TextEncoder().encode("f00d"));
    await settled();
    const press = async () => {
      copyOffer(texts, survey)?.querySelector("button")?.click();
      await settled();
      return copyOffer(texts, survey);
    };
    expect((await press())?.querySelector("[role=alert]")?.textContent).toContain("회사에 문의");
    expect((await press())?.querySelector("[role=alert]")?.textContent).toContain("다시 시도");
    expect((await press())?.querySelector("a")?.getAttribute("href")).toBe("https://beside.test/copy#f00d");
  });
});
