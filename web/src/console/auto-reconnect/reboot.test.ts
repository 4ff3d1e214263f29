import { describe, expect, it } from "vitest";
import { RebootState_State as State } from "../../generated/proto/beside/v1/peer_pb";
import { Reboot } from "./reboot";

function desk() {
  const said: unknown[] = [];
  let now = 0;
  const reboot = new Reboot(
    (body) => {
      said.push(body.value);
      return true;
    },
    { after: () => () => {}, now: () => now },
  );
  const told = (state: State, problem = "") => reboot.told({ state, byHand: false, problem });
  const at = (ms: number) => {
    now = ms;
  };
  return { reboot, said, told, at };
}

describe("a restart of the customer's machine (F-03)", () => {
  it("is awaited from the moment the machine goes, and over when it is back", () => {
    const o = desk();
    o.reboot.ask(false);
    o.told(State.ASKED);
    expect(o.reboot.state.get()).toEqual({ kind: "asked" });
    o.told(State.PREPARED);
    o.at(5_000);
    o.reboot.interrupted();
    expect(o.reboot.state.get()).toEqual({ kind: "restarting", byHand: false, since_ms: 5_000 });
    o.told(State.RETURNED);
    expect(o.reboot.state.get()).toEqual({ kind: "returned" });
  });

  it("says why there is none (F-19: unsupported)", () => {
    const o = desk();
    o.reboot.ask(true);
    o.told(State.ENDED, "unsupported");
    expect(o.reboot.state.get()).toEqual({ kind: "failed", problem: "unsupported" });
    o.told(State.ENDED);
    expect(o.reboot.state.get()).toBeNull();
  });

  it("is not asked any more once the connection is gone", () => {
    const o = desk();
    o.told(State.ASKED);
    o.reboot.interrupted();
    expect(o.reboot.state.get()).toBeNull();
  });
});
