import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { I18nProvider } from "../../shared/i18n/i18n";
import { loadConsoleTexts } from "../texts";
import { texts } from "../texts-en";
import { Files } from "./files";
import { QueueView } from "./queue-view";

/** The queue of a session that has no connection yet. */
function shown(): Files {
  const quiet = () => undefined;
  const files = new Files({
    tell: () => true,
    connect: () => ({
      start: () => Promise.resolve(),
      answer: () => Promise.resolve(),
      addCandidate: () => Promise.resolve(),
      say: () => true,
      close: quiet,
    }),
    startWorker: () => ({ order: quiet, close: quiet }),
    save: quiet,
    after: () => quiet,
    now: () => 0,
    newId: () => new Uint8Array(16),
  });
  files.send({ file: new File(["a"], "a"), folder: "/tmp", names: ["a"] }, "ask");
  return files;
}

function draw(files: Files): void {
  render(
    <I18nProvider first={{ language: "en", texts }} load={loadConsoleTexts}>
      <QueueView files={files} />
    </I18nProvider>,
  );
}

it("keeps the focus between pause and resume [F-02]", async () => {
  draw(shown());
  const pause = await screen.findByRole("button", { name: "Pause: a" });
  pause.focus();
  await userEvent.keyboard("{Enter}");
  expect(document.activeElement).toBe(await screen.findByRole("button", { name: "Resume: a" }));
  await userEvent.keyboard("{Enter}");
  expect(document.activeElement).toBe(await screen.findByRole("button", { name: "Pause: a" }));
});

it("tells of a file that is there without a time where none is known [F-02]", async () => {
  const files = shown();
  files.queue.change(1, { state: "asking", there: { size_bytes: 7, modified_ms: 0 } });
  draw(files);
  expect((await screen.findByText(/Exists already/)).textContent).toMatch(/^Exists already: [^,]+$/);
});
