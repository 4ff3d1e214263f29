// What lies on the demo customer's desktop: programs for a support case to be about.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Desktop } from "../parts/desktop.ts";
import type { Language } from "../parts/labels.ts";
import { Target } from "../parts/target.ts";
import { cast } from "./script.ts";

/** A terminal, a note and a window with a square to click at; gives the last. */
export async function furnish(desktop: Desktop, language: Language): Promise<Target> {
  const { note, noteTitle } = cast[language];
  const file = join(desktop.home, "note.txt");
  await writeFile(file, note);
  await desktop.hands("mousemove", "900", "700");
  desktop.run("xsetroot", ["-solid", "#2b4a6f"]);
  const text = ["-fa", "DejaVu Sans Mono", "-fd", "NanumGothicCoding", "-fs", "12"];
  desktop.run("xterm", [...text, "-geometry", "56x16+660+110", "-T", "Terminal", "-e", "sh"], { PS1: "$ " });
  await desktop.window("Terminal");
  desktop.run("zenity", ["--text-info", "--editable", `--filename=${file}`, `--title=${noteTitle}`, "--width=520", "--height=330"]);
  await desktop.hands("windowmove", await desktop.window(noteTitle), "60", "110");
  return Target.start(desktop, "360x220+60+520");
}
