import { expect, it } from "vitest";
import { shown, shownLines } from "./strangers-text";
import { HOSTILE_TEXTS } from "./test-hostile-texts";

it("what cannot be seen shows as a sign, and everything else as it is", () => {
  expect(shown("invoice\u202egpj.exe")).toBe("invoice\ufffdgpj.exe");
  expect(shown("a\r\n\u001b[2J\u0000")).toBe("a\ufffd\ufffd\ufffd[2J\ufffd");
  for (const plain of ["한국어 이름", "Ωμέγα عربى ไทย", "👩‍💻🎉", "<b>=1+1</b>", ""])
    expect(shown(plain)).toBe(plain);
  expect(shown("👩👩👩", 2)).toBe("👩👩");
  expect(shownLines("a\r\nb\tc\u202e\u2028d")).toBe("a\nb\tcd");
});

it("nothing unseen is left of any hostile text", () => {
  for (const text of HOSTILE_TEXTS) {
    expect(shown(text)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/u);
    expect(shown(shown(text))).toBe(shown(text));
    expect([...shown(text)]).toHaveLength([...text].length);
    expect(shownLines(text)).not.toMatch(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/u);
  }
});
