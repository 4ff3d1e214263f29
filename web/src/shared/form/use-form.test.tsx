import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { useForm } from "./use-form";

function Form({ onPress }: { onPress: () => void }) {
  const form = useForm({ name: "" }, ({ name }) => ({ name: name.includes("@") ? undefined : "no @" }));
  const { error, value, onChange, onBlur } = form.field("name");
  return (
    <form ref={form.ref}>
      <input value={value} onChange={(event) => onChange(event.target.value)} onBlur={onBlur} />
      {error !== undefined && <p>{error}</p>}
      <button type="button" onClick={onPress}>
        Save
      </button>
    </form>
  );
}

it("a field that is left by a press shows its error after the click, so that nothing moves under the pointer", async () => {
  const user = userEvent.setup();
  const onPress = vi.fn(() => expect(screen.queryByText("no @")).toBeNull());
  render(<Form onPress={onPress} />);
  await user.type(screen.getByRole("textbox"), "kim");
  await user.pointer({ keys: "[MouseLeft>]", target: screen.getByRole("button") });
  expect(document.activeElement).toBe(screen.getByRole("button"));
  expect(screen.queryByText("no @")).toBeNull();
  await user.pointer("[/MouseLeft]");
  expect(onPress).toHaveBeenCalledOnce();
  expect(await screen.findByText("no @")).toBeTruthy();
});

it("a field that is left by the keyboard shows its error at once", async () => {
  const user = userEvent.setup();
  render(<Form onPress={() => undefined} />);
  await user.type(screen.getByRole("textbox"), "kim");
  await user.tab();
  expect(screen.getByText("no @")).toBeTruthy();
});
