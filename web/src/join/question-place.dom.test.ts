import { afterEach, expect, it } from "vitest";
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

afterEach(() => {
  window.scrollY = 0;
});

it("tells nothing of what only scrolling moved, on the page or where it is held in sight", () => {
  const place = new QuestionPlace();
  expect(place.moved(page(1, 300))).toBe(false);
  // Scrolled away with the page.
  window.scrollY = 100;
  expect(place.moved(page(1, 200))).toBe(false);
  window.scrollY = 200;
  expect(place.moved(page(1, 100))).toBe(false);
  // Held there while the page goes on.
  window.scrollY = 500;
  expect(place.moved(page(1, 100))).toBe(false);
  // And something came above it.
  expect(place.moved(page(1, 130))).toBe(true);
});
