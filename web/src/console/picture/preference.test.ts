import { describe, expect, it } from "vitest";
import { PictureSettings_Preference as Wire } from "../../generated/proto/beside/v1/peer_pb";
import { PreferenceChoice, preferences, wirePreference } from "./preference";

function memory(kept: string | null, refuses = false) {
  const values = { kept };
  return {
    values,
    getItem: () => {
      if (refuses) throw new Error("forbidden");
      return values.kept;
    },
    setItem: (_key: string, value: string) => {
      if (refuses) throw new Error("full");
      values.kept = value;
    },
  };
}

describe("PreferenceChoice", () => {
  it("is automatic at first, and after rubbish", () => {
    for (const kept of [null, "", "sharpest"])
      expect(new PreferenceChoice(memory(kept)).current.get()).toBe("automatic");
  });

  it("is kept by the browser", () => {
    const browser = memory(null);
    new PreferenceChoice(browser).choose("fast");
    expect(new PreferenceChoice(browser).current.get()).toBe("fast");
  });

  it("holds for the page where the browser keeps nothing", () => {
    const choice = new PreferenceChoice(memory(null, true));
    choice.choose("sharp");
    expect(choice.current.get()).toBe("sharp");
  });

  it("has a word of its own on the wire for each", () => {
    expect(preferences.map(wirePreference)).toEqual([Wire.BALANCED, Wire.QUALITY, Wire.SPEED]);
  });
});
