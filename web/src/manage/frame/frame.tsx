import { Link, useRouterState } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { LanguageSwitch } from "../../shared/ui/language-switch";
import { useSignedIn, useSignOut } from "../sign_in/session";
import styles from "./frame.module.css";
import { itemAt, MENU, type MenuSection, pathOfMenu, pathOfSection } from "./menu";
import { MenuDrawer } from "./menu-drawer";
import { MenuEntry } from "./menu-entry";
import { AskToLeave, hasUnsaved } from "./unsaved";

/** The frame of every page behind the sign-in [B-1, B-2, B-3]. */
export function Frame({ children }: { children: ReactNode }) {
  const { t } = useI18n();
  const pathname = useRouterState({ select: ({ location }) => location.pathname });
  const here = itemAt(pathname);
  return (
    <div className={styles["frame"]}>
      <a href="#content" className={styles["skip"]}>
        {t("manage-skip")}
      </a>
      <TopBar section={here?.section} itemKey={here?.item.key} />
      <div className={styles["body"]}>
        {here !== undefined && <SideMenu section={here.section} itemKey={here.item.key} />}
        <main id="content" className={styles["content"]}>
          {children}
        </main>
      </div>
    </div>
  );
}

type Place = { section: MenuSection | undefined; itemKey: string | undefined };

function TopBar({ section, itemKey }: Place) {
  const { t } = useI18n();
  const { company } = useSignedIn();
  return (
    <header className={styles["top"]}>
      <div className={styles["drawer"]}>
        <MenuDrawer itemKey={itemKey} />
      </div>
      <Link to="/manage/$company" params={{ company: company.short_name }} className={styles["brand"]}>
        <img src="/favicon.svg" alt="" width="24" height="24" />
        <span className={styles["brandName"]}>{company.service_name || company.name}</span>
      </Link>
      <nav aria-label={t("manage-menu")} className={styles["menu"]}>
        {MENU.map((each) => (
          <MenuEntry
            key={each.key}
            path={pathOfSection(each)}
            current={each === section}
            className={styles["menuEntry"] ?? ""}
          >
            {t(`manage-menu-${each.key}`)}
          </MenuEntry>
        ))}
      </nav>
      <Account />
    </header>
  );
}

/** Name, 관리자정보 and 로그아웃 [B-3]. */
function Account() {
  const { t } = useI18n();
  const { administrator } = useSignedIn();
  const signOut = useSignOut();
  const [asks, setAsks] = useState(false);
  return (
    <div className={styles["account"]}>
      <LanguageSwitch />
      <span className={styles["who"]} title={administrator.login}>
        {administrator.name}
      </span>
      <span className={styles["who"]}>
        <MenuEntry path={pathOfMenu("administrator")} current={false} className={styles["accountLink"] ?? ""}>
          {t("manage-menu-administrator")}
        </MenuEntry>
      </span>
      <Button
        small
        onPress={() => (hasUnsaved() ? setAsks(true) : signOut.mutate())}
        isPending={signOut.isPending}
      >
        {t("manage-sign-out")}
      </Button>
      {asks && <AskToLeave onStay={() => setAsks(false)} onLeave={() => signOut.mutate()} />}
    </div>
  );
}

function SideMenu({ section, itemKey }: { section: MenuSection; itemKey: string }) {
  const { t } = useI18n();
  const title = t(`manage-menu-${section.key}`);
  return (
    <nav aria-label={title} className={styles["side"]}>
      <p aria-hidden="true" className={styles["sideTitle"]}>
        {title}
      </p>
      {section.items.map(({ key, path }) => (
        <MenuEntry key={key} path={path} current={key === itemKey} className={styles["sideEntry"] ?? ""}>
          {t(`manage-item-${key}`)}
        </MenuEntry>
      ))}
    </nav>
  );
}
