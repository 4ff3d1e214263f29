import {
  Button as AriaButton,
  GridList,
  GridListItem,
  Menu,
  MenuItem,
  MenuTrigger,
  Popover,
} from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { movedBy } from "../../shared/ui/order";
import { useReorder } from "../../shared/ui/use-reorder";
import type { Session } from "../session/session";
import menuStyles from "../toolbar/toolbar.module.css";
import { FavouriteText, OpenButton, useOpenFavourite } from "./favourite-row";
import styles from "./favourites.module.css";
import type { Favourite } from "./favourites-api";
import { inOrder, type Keyed, keyed } from "./favourites-list";

type OwnFavouritesProps = {
  session: Session;
  list: readonly Favourite[];
  onOrder: (list: Favourite[]) => void;
  onChange: (place: number) => void;
  onDelete: (place: number) => void;
};

/** The operator's own favourites, in an order that dragging, the keyboard and the menu change [F-10]. */
export function OwnFavourites({ session, list, onOrder, onChange, onDelete }: OwnFavouritesProps) {
  const { t } = useI18n();
  const entries = keyed(list);
  const ids = entries.map(({ id }) => id);
  const order = (next: string[]) => {
    if (next.join("\n") !== ids.join("\n")) onOrder(inOrder(entries, next));
  };
  const nameOf = (id: string) => entries.find((entry) => entry.id === id)?.favourite.name ?? "";
  const { dragAndDropHooks, list: grid } = useReorder({ ids, nameOf, onOrder: order });
  return (
    <GridList
      ref={grid}
      aria-label={t("console-favourites-own")}
      className={styles["list"] ?? ""}
      items={entries}
      // A row's menu knows its place among the others.
      dependencies={[ids.join("\n"), session]}
      dragAndDropHooks={dragAndDropHooks}
      keyboardNavigationBehavior="tab"
    >
      {(entry) => {
        const place = ids.indexOf(entry.id);
        return (
          <OwnRow
            session={session}
            entry={entry}
            first={place === 0}
            last={place === ids.length - 1}
            onAct={(act) => {
              if (act === "up" || act === "down") order(movedBy(ids, entry.id, act === "up" ? -1 : 1));
              else if (act === "change") onChange(place);
              else onDelete(place);
            }}
          />
        );
      }}
    </GridList>
  );
}

const ACTS = ["change", "up", "down", "delete"] as const;
type Act = (typeof ACTS)[number];

type OwnRowProps = {
  session: Session;
  entry: Keyed;
  first: boolean;
  last: boolean;
  onAct: (act: Act) => void;
};

function OwnRow({ session, entry, first, last, onAct }: OwnRowProps) {
  const { t } = useI18n();
  const { favourite } = entry;
  const { name } = favourite;
  const { busy, problem, open } = useOpenFavourite(session, favourite);
  const idle = [...(first ? ["up"] : []), ...(last ? ["down"] : [])];
  return (
    <GridListItem id={entry.id} textValue={name} className={styles["row"] ?? ""}>
      <AriaButton
        slot="drag"
        className={styles["handle"] ?? ""}
        aria-label={t("console-favourite-drag", { name })}
      >
        ≡
      </AriaButton>
      <FavouriteText favourite={favourite} problem={problem} />
      <OpenButton name={name} busy={busy} onPress={() => void open()} />
      <MenuTrigger>
        <Button small look="quiet" aria-label={t("console-favourite-more", { name })}>
          <span aria-hidden="true">⋯</span>
        </Button>
        <Popover className={menuStyles["popover"] ?? ""} placement="bottom end">
          <Menu
            className={menuStyles["menu"] ?? ""}
            aria-label={t("console-favourite-more", { name })}
            disabledKeys={idle}
            onAction={(key) => {
              const act = ACTS.find((each) => each === key);
              if (act !== undefined) onAct(act);
            }}
          >
            {ACTS.map((act) => (
              <MenuItem key={act} id={act} className={menuStyles["item"] ?? ""}>
                {t(`console-favourite-act-${act}`)}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
    </GridListItem>
  );
}
