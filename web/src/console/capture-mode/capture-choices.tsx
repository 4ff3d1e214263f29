import { Header, MenuItem, MenuSection, Separator, Text } from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
import type { Session } from "../session/session";
import styles from "../toolbar/toolbar.module.css";
import { usePart } from "../use-store";
import { type CaptureWay, captureWays, whyNotWay } from "./capture-mode";

/** 캡처 방식 [Capture mode, S-04], a part of a menu: the one that runs, why, and the other one. */
export function CaptureChoices({ session }: { session: Session }) {
  const { t } = useI18n();
  const mode = usePart(session.live, (live) => live.capture);
  const isSecond = usePart(session.summary, (summary) => summary.second?.isYou === true);
  // The browser captures by itself, and an older app says nothing.
  if (mode === null) return null;
  const whyNot = captureWays.flatMap((way) => {
    const why = whyNotWay(way, mode, isSecond);
    return why === null ? [] : [[way, why] as const];
  });
  const explained = (way: CaptureWay) => {
    const why = whyNot.find(([each]) => each === way)?.[1];
    if (why !== undefined && way !== mode.way) return t(why);
    const means = t(`console-capture-${way}-means`);
    return way === mode.way ? `${means} ${t(`console-capture-because-${mode.reason}`)}` : means;
  };
  return (
    <>
      <Separator className={styles["separator"] ?? ""} />
      <MenuSection
        aria-label={t("console-capture")}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[keyOf(mode.way)]}
        onSelectionChange={(keys) => {
          const chosen = captureWays.find((each) => keys !== "all" && keys.has(keyOf(each)));
          if (chosen !== undefined && chosen !== mode.way) session.picture.captureBy(chosen);
        }}
      >
        <Header className={styles["title"] ?? ""}>{t("console-capture")}</Header>
        {captureWays.map((way) => (
          <MenuItem
            key={way}
            id={keyOf(way)}
            isDisabled={way !== mode.way && whyNot.some(([each]) => each === way)}
            className={`${styles["item"]} ${styles["explained"]}`}
            textValue={t(`console-capture-${way}`)}
          >
            <Text slot="label">{t(`console-capture-${way}`)}</Text>
            <Text slot="description" className={styles["explanation"] ?? ""}>
              {explained(way)}
            </Text>
          </MenuItem>
        ))}
      </MenuSection>
    </>
  );
}

/** Of its item: all choices of a menu have one set of keys, and another one is called fast. */
function keyOf(way: CaptureWay): string {
  return `capture-${way}`;
}
