import { useRouterState } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { useSignedIn } from "../sign_in/session";
import { MENU } from "./menu";
import styles from "./menu-drawer.module.css";
import { MenuEntry } from "./menu-entry";

/** All menus behind one button, where the page is too narrow for the bars. */
export function MenuDrawer({ itemKey }: { itemKey: string | undefined }) {
  const { t } = useI18n();
  const { administrator } = useSignedIn();
  const [open, setOpen] = useState(false);
  const pathname = useRouterState({ select: ({ location }) => location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the drawer.
  useEffect(() => setOpen(false), [pathname]);
  return (
    <>
      <Button small onPress={() => setOpen(true)}>
        {t("manage-menu")}
      </Button>
      <ModalOverlay className={styles["overlay"] ?? ""} isOpen={open} onOpenChange={setOpen} isDismissable>
        <Modal className={styles["drawer"] ?? ""}>
          <Dialog className={styles["dialog"] ?? ""}>
            <header className={styles["header"]}>
              <Heading slot="title" className={styles["title"] ?? ""}>
                {administrator.name}
              </Heading>
              <Button small look="quiet" onPress={() => setOpen(false)}>
                {t("shared-close")}
              </Button>
            </header>
            {MENU.map((section) => (
              <nav
                key={section.key}
                aria-label={t(`manage-menu-${section.key}`)}
                className={styles["section"]}
              >
                <p className={styles["sectionTitle"]}>{t(`manage-menu-${section.key}`)}</p>
                {section.items.map(({ key, path }) => (
                  <MenuEntry
                    key={key}
                    path={path}
                    current={key === itemKey}
                    className={styles["entry"] ?? ""}
                  >
                    {t(`manage-item-${key}`)}
                  </MenuEntry>
                ))}
              </nav>
            ))}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  );
}
