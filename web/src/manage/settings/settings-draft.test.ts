import { expect, it } from "vitest";
import { merged } from "../../shared/form/merged";
import type { Settings } from "./settings-api";
import { changedSettings, draftOf, faultsOf, needsPassword, settingsOf } from "./settings-draft";

const SETTINGS: Settings = {
  administrator_addresses: [],
  operator_addresses: ["10.0.0.0/8"],
  sign_in_failures: 5,
  sign_in_lock_s: 30,
  idle_s: 1800,
  time_zone: "Asia/Seoul",
  code_valid_min: 10,
  record_retention_days: null,
  recording_retention_days: 90,
  recording_limit_gb: null,
  continue_without_recording: true,
  recording_copies: true,
  favourites: [],
};

it("what was read is saved again as it was", () => {
  expect(settingsOf(draftOf(SETTINGS))).toEqual(SETTINGS);
});

it.each([
  ["idle_s", ""],
  ["idle_s", "1e3"],
  ["idle_s", "-1"],
  ["sign_in_failures", "5.5"],
  ["record_retention_days", "x"],
  ["recording_limit_gb", "12345678901"],
] as const)("%s = %j is no number", (name, text) => {
  const faults = faultsOf({ ...draftOf(SETTINGS), [name]: text });
  expect(faults).toEqual([expect.objectContaining({ field: name, code: "out-of-range" })]);
});

it("an empty retention keeps for ever", () => {
  const typed = settingsOf({ ...draftOf(SETTINGS), recording_retention_days: " " });
  expect(typed).toEqual({ ...SETTINGS, recording_retention_days: null });
});

it("G-2: of two who edit at once, each keeps what they changed", () => {
  const read = draftOf(SETTINGS);
  const mine = { ...read, idle_s: "600", operator_addresses: [] };
  const saved = { ...read, code_valid_min: "5", idle_s: "900" };
  const both = merged(read, mine, saved);
  expect([both.idle_s, both.code_valid_min, both.operator_addresses]).toEqual(["600", "5", []]);
});

it("G-2: what the server would refuse is known before, all of it at once", () => {
  const addresses = ["10.0.0.300", "1.2.3.4/33", "192.168.1.*", "10.0.0.0/8", "2001:db8::/32"];
  const favourites = [
    { name: "사내 포털", kind: "url", target: "https://portal.example" },
    { name: " ", kind: "url", target: "" },
  ] as const;
  const draft = { ...draftOf(SETTINGS), idle_s: "59", code_valid_min: "x", favourites: [...favourites] };
  const faults = faultsOf({ ...draft, administrator_addresses: addresses });
  expect(faults.map(({ field }) => field)).toEqual([
    "administrator_addresses.0",
    "administrator_addresses.1",
    "idle_s",
    "code_valid_min",
    "favourites.1.name",
    "favourites.1.target",
  ]);
  expect(faultsOf(draftOf(SETTINGS))).toEqual([]);
});

it("A-4, R-6: what opens doors or keeps less needs the password", () => {
  const read = draftOf(SETTINGS);
  expect(changedSettings(read, read)).toEqual([]);
  expect(needsPassword(read, { ...read, idle_s: "60" })).toBe(false);
  expect(needsPassword(read, { ...read, record_retention_days: "" })).toBe(false);
  expect(needsPassword(read, { ...read, record_retention_days: "1" })).toBe(true);
  expect(needsPassword(read, { ...read, idle_s: "7200" })).toBe(true);
  expect(needsPassword(read, { ...read, sign_in_lock_s: "1" })).toBe(true);
  expect(needsPassword(read, { ...read, time_zone: "UTC" })).toBe(true);
  expect(needsPassword(read, { ...read, operator_addresses: [] })).toBe(true);
  expect(needsPassword(read, { ...read, administrator_addresses: ["::1"] })).toBe(true);
});
