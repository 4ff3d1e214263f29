import { test } from "@playwright/test";
import { playStory } from "./story.ts";

test("a session from sign-in to record, in English", ({ browser }) => playStory(browser, "en"));
