import { expect, it } from "vitest";
import { viewOnlyBy } from "./view-only";

const rights = (control: boolean) => ({ view: true, control, chat: true });

it("S-07: where the options forbid control, that is said before what the customer's side cannot do", () => {
  const summary = { rights: rights(false), offersControl: false };
  expect(viewOnlyBy({ ...summary, customerKind: "browser" }, "forbidden")).toBe("policy");
  expect(viewOnlyBy({ ...summary, customerKind: "app" }, "forbidden")).toBe("policy");
});

it("Y-6: a customer in the browser is said to need the app where that would help", () => {
  const summary = { rights: rights(false), offersControl: true, customerKind: "browser" } as const;
  expect(viewOnlyBy(summary, "forbidden")).toBe("browser");
});

it("X-4: the customer's choice and the customer's machine are told apart", () => {
  const summary = { offersControl: true, customerKind: "app" } as const;
  expect(viewOnlyBy({ ...summary, rights: rights(false) }, "forbidden")).toBe("policy");
  expect(viewOnlyBy({ ...summary, rights: rights(true) }, "unavailable")).toBe("machine");
  expect(viewOnlyBy({ ...summary, rights: rights(true) }, "off")).toBeNull();
});
