import type { ReactNode } from "react";
import { Button, ToggleButton } from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
import { Button as TextButton } from "../../shared/ui/button";
import { Hint } from "../../shared/ui/hint";
import type { Session } from "../session/session";
import { useRights } from "../tools/use-rights";
import { useStore } from "../use-store";
import styles from "./drawing.module.css";
import { COLOURS, cssColour, DRAWING_TOOLS, RGB, WIDTHS } from "./drawing-tools";
import { ToolIcon, UndoIcon, WidthIcon } from "./icons";

/** 그리기 [Drawing]: what the operator draws with, docked above the picture [F-11]. */
export function DrawingBar({ session }: { session: Session }) {
  const { t } = useI18n();
  const { drawing } = session;
  const state = useStore(drawing.state);
  const rights = useRights(session);
  return (
    <div className={styles["bar"]} role="toolbar" aria-label={t("console-tool-name-drawing")}>
      <Group label={t("console-drawing-tools")}>
        {DRAWING_TOOLS.map(({ name, key }) => (
          <Choice
            key={name}
            label={t(`console-drawing-${name}`)}
            keys={key}
            isSelected={state.tool === name}
            onChoose={() => drawing.choose({ tool: name })}
          >
            <ToolIcon tool={name} />
          </Choice>
        ))}
      </Group>
      <Group label={t("console-drawing-colours")}>
        {COLOURS.map((colour, index) => (
          <Choice
            key={colour}
            label={t(`console-drawing-${colour}`)}
            keys={`${index + 1}`}
            isSelected={state.colour === colour}
            onChoose={() => drawing.choose({ colour })}
          >
            <span className={styles["ink"]} style={{ background: cssColour(RGB[colour]) }} />
          </Choice>
        ))}
      </Group>
      <Group label={t("console-drawing-widths")}>
        {WIDTHS.map((width) => (
          <Choice
            key={width}
            label={t(`console-drawing-${width}`)}
            keys="[ ]"
            isSelected={state.width === width}
            onChoose={() => drawing.choose({ width })}
          >
            <WidthIcon width={width} />
          </Choice>
        ))}
      </Group>
      <Hint text={`${t("console-drawing-undo")} (Ctrl + Z)`}>
        <Button
          className={styles["choice"] ?? ""}
          aria-label={t("console-drawing-undo")}
          isDisabled={state.own === 0}
          onPress={() => drawing.undo()}
        >
          <UndoIcon />
        </Button>
      </Hint>
      <Hint text={`${t("console-drawing-clear")} (Delete)`}>
        <TextButton small look="quiet" isDisabled={state.all === 0} onPress={() => drawing.clear()}>
          {t("console-drawing-clear")}
        </TextButton>
      </Hint>
      {rights.customerDraw && (
        <p className={styles["both"]} role="status" data-draws={state.customerDraws}>
          {t(state.customerDraws ? "console-drawing-both-now" : "console-drawing-both")}
        </p>
      )}
      <div className={styles["end"]}>
        <Hint text="Esc">
          <TextButton small onPress={() => drawing.setOn(false)}>
            {t("console-drawing-done")}
          </TextButton>
        </Hint>
      </div>
    </div>
  );
}

function Group({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a frame.
    <div className={styles["group"]} role="group" aria-label={label}>
      {children}
    </div>
  );
}

type ChoiceProps = {
  label: string;
  keys: string;
  isSelected: boolean;
  onChoose: () => void;
  children: ReactNode;
};

function Choice({ label, keys, isSelected, onChoose, children }: ChoiceProps) {
  return (
    <Hint text={`${label} (${keys})`}>
      <ToggleButton
        className={styles["choice"] ?? ""}
        aria-label={label}
        isSelected={isSelected}
        onChange={onChoose}
      >
        {children}
      </ToggleButton>
    </Hint>
  );
}
