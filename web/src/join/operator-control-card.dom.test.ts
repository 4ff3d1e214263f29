import { fromBinary } from "@bufbuild/protobuf";
import { expect, it, vi } from "vitest";
import { CustomerToServerSchema } from "../generated/proto/beside/v1/signalling_pb";
import { ChatBox } from "./chat-box";
import { detectDevice } from "./device";
import { ScreenBox } from "./screen-box";
import { sessionView } from "./session-bar";
import { joined, offer, welcome } from "./test-customer";
import { textsOf } from "./texts";
import { VoiceBox } from "./voice-box";

const TICKET = "0123456789abcdef".repeat(4);
const texts = textsOf("en");
const device = detectDevice({ userAgent: "X11; Linux", maxTouchPoints: 0, canShare: true, hasWebRtc: true });

/** A page that shares, with what its customer sees of it. */
async function sharing(mayControlOperator = true) {
  const c = joined("shares", { mayControlOperator });
  await c.join.agree();
  c.say(offer);
  c.opens();
  const { join } = c;
  const boxes = {
    chat: new ChatBox(join.chat),
    voice: new VoiceBox(join.desk.voice),
    screen: new ScreenBox(join.desk.screen),
  };
  const drawn = () => {
    const state = c.state();
    if (state.kind !== "session") throw new Error(state.kind);
    const page = sessionView(texts, join, state, boxes, device, []);
    document.body.replaceChildren(page);
    return page;
  };
  const button = (name: string) =>
    [...drawn().querySelectorAll("button")].find(({ textContent }) => textContent === texts.t(name));
  const asked = () => c.say({ case: "reversed", value: { act: { case: "asked", value: {} } } });
  const ticket = () => c.say({ case: "reversed", value: { act: { case: "ticket", value: TICKET } } });
  /** What the server hears: answers, and whether the right is given. */
  const heard = () =>
    c.socket.sent.splice(0).flatMap((bytes) => {
      const { body } = fromBinary(CustomerToServerSchema, bytes);
      if (body.case === "reversed") return [body.value.allowed ? "allows" : "does not allow"];
      return body.case === "consent"
        ? [body.value.permissions?.mayControlOperator === true ? "gives" : "gives it not"]
        : [];
    });
  return { ...c, drawn, button, asked, ticket, heard };
}

it("F-15 allowed: the question, the link to a tab of its own, and the card with the way out of it", async () => {
  const c = await sharing();
  expect(c.heard()).toEqual(["gives"]);
  c.asked();
  const asks = c.drawn().querySelector(".asks");
  expect(asks?.textContent).toContain("김상담 of 데모 would like you to see and control their PC");
  expect(c.button("join-ask-allow")?.disabled).toBe(true);
  c.clock.pass(500);
  c.button("join-ask-allow")?.click();
  expect(c.heard()).toEqual(["gives", "allows"]);
  expect(c.button("join-operator-control-open")).toBeUndefined();
  c.ticket();
  const open = vi.spyOn(window, "open").mockReturnValue(null);
  c.button("join-operator-control-open")?.click();
  expect(open).not.toHaveBeenCalled();
  c.clock.pass(500);
  // No address in the page, which the browser would show in the shared picture.
  expect(c.drawn().innerHTML).not.toContain(TICKET);
  c.button("join-operator-control-open")?.click();
  expect(open.mock.calls).toEqual([[`/viewer#${TICKET}`, "_blank", "noopener,noreferrer"]]);
  expect(c.button("join-operator-control-open")).toBeUndefined();
  c.clock.pass(500);
  expect(c.drawn().textContent).toContain(texts.t("join-operator-control-opened"));
  c.button("join-operator-control-end")?.click();
  expect(c.heard()).toEqual(["does not allow"]);
  expect(c.drawn().textContent).not.toContain(texts.t("join-operator-control-opened"));
});

it("the switch takes it back, also while the server is away, and the options take the switch", async () => {
  const c = await sharing();
  c.asked();
  c.clock.pass(500);
  c.button("join-ask-allow")?.click();
  c.ticket();
  c.heard();
  c.socket.drop();
  const own = c.drawn().querySelector<HTMLInputElement>('[data-focus="right-operatorControl"]');
  expect(own?.checked).toBe(true);
  own?.click();
  expect(c.button("join-operator-control-open")).toBeUndefined();
  c.clock.pass(500);
  c.socket.accept();
  c.heard();
  c.say({ case: "welcome", value: { ...welcome().value, resumed: true } });
  expect(c.heard()).toEqual(["gives it not", "does not allow"]);
  c.say({ case: "allowed", value: { mayView: true } });
  expect(c.drawn().querySelector('[data-focus="right-operatorControl"]')).toBeNull();
});

it("an end that the server did not hear is told when it is back", async () => {
  const c = await sharing();
  c.asked();
  c.clock.pass(500);
  c.button("join-ask-allow")?.click();
  c.ticket();
  c.clock.pass(500);
  c.socket.drop();
  c.button("join-operator-control-leave")?.click();
  c.clock.pass(500);
  c.socket.accept();
  c.heard();
  c.say({ case: "welcome", value: { ...welcome().value, resumed: true } });
  expect(c.heard()).toEqual(["gives", "does not allow"]);
});

it("F-15 forbidden: the page offers nothing of it, and a server that asks is refused", async () => {
  const c = await sharing(false);
  expect(c.heard()).toEqual(["gives it not"]);
  expect(c.drawn().textContent).not.toContain(texts.t("join-operator-control-allow"));
  c.asked();
  c.ticket();
  expect(c.drawn().querySelector(".asks")).toBeNull();
  expect(c.heard()).toEqual(["does not allow"]);
});

it("a server that asks before the customer's Agree is not answered", () => {
  const c = joined("shares", { mayControlOperator: true });
  c.say({ case: "reversed", value: { act: { case: "asked", value: {} } } });
  c.say({ case: "reversed", value: { act: { case: "ticket", value: TICKET } } });
  expect(c.sent()).toEqual([]);
  expect(c.state().kind).toBe("consent");
});
