import { test } from "@playwright/test";
import { playKeyboardStory } from "./keyboard-story.ts";

test("an administrator's day by the keyboard alone, en", ({ browser }) => playKeyboardStory(browser, "en"));
