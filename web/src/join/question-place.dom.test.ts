import { expect, it } from "vitest";
import { QuestionPlace } from "./question-place";

function page(no: number, top: number, hidden = false) {
  const main = document.createElement("main");
  main.innerHTML = `<section class="asks"><button class="button primary" data-focus="question-${no}-allow"></button></section>`;
  const allow = main.querySelector("button");
  if (allow !== null) allow.getBoundingClientRect = () => ({ left: 10, top }) as DOMRect;
  return hidden ? document.createElement("main") : main;
}

it("tells that a question's Allow stands elsewhere, and not that another question came", () => {
  const place = new QuestionPlace();
  expect(place.moved(page(1, 100))).toBe(false);
  expect(place.moved(page(1, 100))).toBe(false);
  expect(place.moved(page(1, 140))).toBe(true);
  expect(place.moved(page(1, 140))).toBe(false);
  expect(place.moved(page(2, 180))).toBe(false);
  expect(place.moved(page(2, 0, true))).toBe(false);
  expect(place.moved(page(2, 100))).toBe(false);
});
