import { useEffect, useRef } from "react";
import { useI18n } from "../i18n/i18n";
import { Button } from "./button";

type MoveButtonsProps = {
  name: string;
  place: number;
  count: number;
  onMove: (by: -1 | 1) => void;
};

/** Moves a row up and down. At an end of the list the button that is disabled there leaves the focus to the other. */
export function MoveButtons({ name, place, count, onMove }: MoveButtonsProps) {
  const { t } = useI18n();
  const up = useRef<HTMLButtonElement>(null);
  const down = useRef<HTMLButtonElement>(null);
  const moved = useRef<-1 | 1>(undefined);
  useEffect(() => {
    if (moved.current === -1 && place === 0) down.current?.focus();
    if (moved.current === 1 && place === count - 1) up.current?.focus();
    moved.current = undefined;
  }, [place, count]);
  const move = (by: -1 | 1) => {
    moved.current = by;
    onMove(by);
  };
  return (
    <>
      <Button
        ref={up}
        small
        look="quiet"
        aria-label={t("manage-move-up", { name })}
        isDisabled={place === 0}
        onPress={() => move(-1)}
      >
        ↑
      </Button>
      <Button
        ref={down}
        small
        look="quiet"
        aria-label={t("manage-move-down", { name })}
        isDisabled={place === count - 1}
        onPress={() => move(1)}
      >
        ↓
      </Button>
    </>
  );
}
