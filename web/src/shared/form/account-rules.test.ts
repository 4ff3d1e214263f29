import { describe, expect, it } from "vitest";
import {
  checkConfirmation,
  checkEmail,
  checkLogin,
  checkName,
  checkPassword,
  checkPhone,
} from "./account-rules";

describe("account rules", () => {
  it.each([
    ["", "required"],
    ["abc", "login-length"],
    ["abcd", undefined],
    ["A-b_9", undefined],
    ["abcdefghijklm", "login-length"],
    ["홍길동님", "login-characters"],
    ["ab cd", "login-characters"],
  ])("D-1 an ID %j gives %s", (value, problem) => expect(checkLogin(value)).toBe(problem));

  it.each([
    ["", "required"],
    ["Abcdef1", "password-length"],
    ["Abcdef12", undefined],
    ["ABCDEF12", "password-lower"],
    ["abcdef12", "password-upper"],
    ["Abcdefgh", "password-digit"],
    [`Aa1${"x".repeat(126)}`, "password-length"],
  ])("A-6 a password %j gives %s", (value, problem) => expect(checkPassword(value)).toBe(problem));

  it("names the confirmation that differs", () => {
    expect(checkConfirmation("Abcdef12", "Abcdef12")).toBeUndefined();
    expect(checkConfirmation("Abcdef13", "Abcdef12")).toBe("password-confirm");
  });

  it("counts characters, not code units", () => {
    expect(checkName("  ")).toBe("required");
    expect(checkName("가".repeat(60))).toBeUndefined();
    expect(checkName("😀".repeat(60))).toBeUndefined();
    expect(checkName("가".repeat(61))).toBe("too-long");
  });

  it("takes mail addresses and telephone numbers as people write them", () => {
    expect(checkEmail("", "optional")).toBeUndefined();
    expect(checkEmail("", "required")).toBe("required");
    expect(checkEmail("kim@example.co.kr", "required")).toBeUndefined();
    expect(checkEmail("kim@localhost", "required")).toBeUndefined();
    expect(checkEmail("kim@example.", "required")).toBe("email");
    expect(checkEmail("Kim <kim@example.kr>", "required")).toBe("email");
    expect(checkPhone("+82 (0)2-123-4567")).toBeUndefined();
    expect(checkPhone("전화")).toBe("phone");
    expect(checkPhone("+ -")).toBe("phone");
  });
});
