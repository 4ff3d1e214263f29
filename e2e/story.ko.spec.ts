import { test } from "@playwright/test";
import { playStory } from "./story.ts";

test("a session from sign-in to record, in Korean", ({ browser }) => playStory(browser, "ko"));
