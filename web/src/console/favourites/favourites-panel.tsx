import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { problemText } from "../../shared/api/problem-text";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { Empty, Loaded } from "../../shared/ui/states";
import type { Session } from "../session/session";
import panelStyles from "../tools/panel.module.css";
import { FavouriteDialog } from "./favourite-dialog";
import { CompanyFavourite } from "./favourite-row";
import styles from "./favourites.module.css";
import { type Favourite, type Favourites, favouritesQuery, useSaveFavourites } from "./favourites-api";
import { keyed } from "./favourites-list";
import { OwnFavourites } from "./own-favourites";

/** As the server keeps at most. */
const MOST = 100;

/** 즐겨찾기 [Favourites]: what is opened often on customers' computers, the operator's own and the company's [F-10]. */
export function FavouritesPanel({ session }: { session: Session }) {
  const lists = useQuery(favouritesQuery);
  return <Loaded query={lists}>{(data) => <Lists session={session} lists={data} />}</Loaded>;
}

function Lists({ session, lists }: { session: Session; lists: Favourites }) {
  const i18n = useI18n();
  const { t } = i18n;
  const save = useSaveFavourites();
  const [editing, setEditing] = useState<number | null>(null);
  const [deleted, setDeleted] = useState<{ place: number; favourite: Favourite } | null>(null);
  const own = lists.favourites;
  const keep = (list: Favourite[]) => {
    setDeleted(null);
    save.mutate(list);
  };
  const remove = (place: number) => {
    const favourite = own[place];
    if (favourite === undefined) return;
    keep(own.toSpliced(place, 1));
    setDeleted({ place, favourite });
  };
  const add = (
    <Button small onPress={() => setEditing(own.length)} isDisabled={own.length >= MOST}>
      {t("console-favourite-add")}
    </Button>
  );
  return (
    <div className={panelStyles["panel"]}>
      {save.error !== null && editing === null && (
        <p role="alert" className={panelStyles["error"]}>
          {problemText(save.error, i18n)}
        </p>
      )}
      <div className={panelStyles["content"]}>
        <section aria-labelledby="favourites-own">
          <div className={styles["head"]}>
            <h2 id="favourites-own" className={styles["title"]}>
              {t("console-favourites-own")}
            </h2>
            {own.length > 0 && add}
          </div>
          {own.length === 0 ? (
            <Empty
              title={t("console-favourites-none")}
              text={t("console-favourites-none-text")}
              action={add}
            />
          ) : (
            <OwnFavourites
              session={session}
              list={own}
              onOrder={keep}
              onChange={setEditing}
              onDelete={remove}
            />
          )}
          <p role="status" className={deleted === null ? "visually-hidden" : styles["deleted"]}>
            {deleted !== null && (
              <>
                <span>{t("console-favourite-deleted", { name: deleted.favourite.name })}</span>
                <Button
                  small
                  look="quiet"
                  onPress={() => keep(own.toSpliced(deleted.place, 0, deleted.favourite))}
                >
                  {t("console-favourite-undo")}
                </Button>
              </>
            )}
          </p>
        </section>
        <section aria-labelledby="favourites-company">
          <div className={styles["head"]}>
            <h2 id="favourites-company" className={styles["title"]}>
              {t("console-favourites-company")}
            </h2>
          </div>
          {lists.company.length === 0 ? (
            <p className={panelStyles["note"]}>{t("console-favourites-company-none")}</p>
          ) : (
            <ul aria-labelledby="favourites-company" className={styles["list"]}>
              {keyed(lists.company).map(({ id, favourite }) => (
                <CompanyFavourite key={id} session={session} favourite={favourite} />
              ))}
            </ul>
          )}
        </section>
      </div>
      {editing !== null && (
        <FavouriteDialog
          list={own}
          place={editing}
          onClose={() => {
            setEditing(null);
            save.reset();
          }}
        />
      )}
    </div>
  );
}
