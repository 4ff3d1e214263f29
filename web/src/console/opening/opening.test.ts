import { describe, expect, it } from "vitest";
import type { OperatorSession } from "../console-api";
import { Opening } from "./opening";

const kim: OperatorSession = {
  csrf_token: "token",
  invitation_ways: [],
  operator: { id: "1", login: "kim", name: "Kim", department: { id: "2", name: "Help" } },
  company: { short_name: "demo", name: "Demo", service_name: "" },
  idle: { after_s: 1800, left_s: 1800 },
};

function opened(me: OperatorSession | null | Error, comesBack = true) {
  const log: string[] = [];
  let doubt = () => {};
  const opening = new Opening({
    findMe: async () => {
      log.push("asked");
      if (me instanceof Error) throw me;
      return me;
    },
    comesBack,
    createWorkspace: (given) => {
      doubt = given;
      return { start: () => log.push("started"), stop: () => log.push("stopped") };
    },
  });
  return { opening, log, doubt: () => doubt() };
}

describe("the opening of the console", () => {
  it("asks who is signed in once, and goes back into the sessions meanwhile", async () => {
    const { opening, log } = opened(kim);
    expect(log).toEqual(["asked", "started"]);
    expect(await opening.findMe()).toBe(kim);
    expect(log).toEqual(["asked", "started"]);
    expect(opening.takeWorkspace(() => {})).not.toBeNull();
    expect(opening.takeWorkspace(() => {})).toBeNull();
  });

  it("asks again whenever the page does", async () => {
    const { opening, log } = opened(kim, false);
    await opening.findMe();
    await opening.findMe();
    expect(log).toEqual(["asked", "asked"]);
  });

  it("connects to nothing where no session was open", async () => {
    const { opening, log } = opened(kim, false);
    await opening.findMe();
    expect(log).toEqual(["asked"]);
    expect(opening.takeWorkspace(() => {})).toBeNull();
  });

  it("gives the sessions up where nobody is signed in", async () => {
    const { opening, log } = opened(null);
    expect(await opening.findMe()).toBeNull();
    expect(log).toEqual(["asked", "started", "stopped"]);
    expect(opening.takeWorkspace(() => {})).toBeNull();
  });

  it("keeps them while the server is away, and tells the error to the page", async () => {
    const { opening, log } = opened(new Error("away"));
    await expect(opening.findMe()).rejects.toThrow("away");
    expect(log).not.toContain("stopped");
    expect(opening.takeWorkspace(() => {})).not.toBeNull();
  });

  it("passes on a doubt, also one from before the page was there", () => {
    const { opening, doubt } = opened(kim);
    const doubts: string[] = [];
    doubt();
    opening.takeWorkspace(() => doubts.push("doubt"));
    expect(doubts).toEqual(["doubt"]);
    doubt();
    expect(doubts).toEqual(["doubt", "doubt"]);
  });
});
