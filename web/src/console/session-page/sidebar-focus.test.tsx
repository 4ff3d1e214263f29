import { act, render, screen } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import { useSidebarFocus } from "./use-sidebar-focus";

type PlaceProps = { opened: number; open: string | null };

/** The picture beside the sidebar, which has a field to write in under "chat" and nothing but its tab else. */
function Place({ opened, open }: PlaceProps) {
  const sidebar = useSidebarFocus(opened, open);
  return (
    <>
      <input aria-label="picture" />
      <aside ref={sidebar}>
        {open === null ? (
          <button type="button">unfold</button>
        ) : (
          <>
            <div role="tab" aria-selected tabIndex={0}>
              {open}
            </div>
            {open === "chat" && (
              <div data-written>
                <textarea aria-label="message" />
              </div>
            )}
          </>
        )}
      </aside>
    </>
  );
}

beforeEach(() => {
  // Nothing has a place in the test's browser.
  vi.spyOn(HTMLElement.prototype, "getClientRects").mockReturnValue([{}] as unknown as DOMRectList);
});

/** Draws it and lets a frame pass. */
async function shown(place: PlaceProps, rerender: (what: React.ReactNode) => void): Promise<string> {
  await act(async () => {
    rerender(<Place {...place} />);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  });
  const { activeElement } = document;
  return activeElement?.getAttribute("aria-label") ?? activeElement?.textContent ?? "";
}

it("the keyboard goes to what the operator opens, and back to where it was", async () => {
  const { rerender } = render(<Place opened={0} open="chat" />);
  screen.getByLabelText("picture").focus();
  expect(await shown({ opened: 0, open: "record" }, rerender)).toBe("picture");
  expect(await shown({ opened: 1, open: "chat" }, rerender)).toBe("message");
  expect(await shown({ opened: 2, open: "processes" }, rerender)).toBe("processes");
  expect(await shown({ opened: 2, open: null }, rerender)).toBe("picture");
});

it("what closes by itself takes the keyboard from nobody", async () => {
  const { rerender } = render(<Place opened={0} open="chat" />);
  expect(await shown({ opened: 1, open: "processes" }, rerender)).toBe("processes");
  screen.getByLabelText("picture").focus();
  expect(await shown({ opened: 1, open: "chat" }, rerender)).toBe("picture");
});
