import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
import { Outside } from "../../shared/ui/outside";
import { useDocumentTitle } from "../../shared/ui/page";
import styles from "./cover.module.css";
import { type AdministratorSession, lookForSession } from "./session";
import card from "./sign-in.module.css";
import { SignInForm } from "./sign-in-form";
import { WhySignedOut } from "./sign-in-page";

/**
 * Covers the page until its account has signed in again, and what was typed is still there afterwards. It keeps eyes, hands and
 * the browser's search from the page: it stands above every dialog, none takes the keyboard from it, and nothing goes to the server
 * but the sign-in. What the page held stays in its memory, with a secret that is shown only once and would be lost otherwise: whoever
 * sits at an unlocked machine with developer tools reads it. Against them only the machine's own lock helps.
 */
export function Cover({ session }: { session: AdministratorSession }) {
  const { t } = useI18n();
  const { administrator, company } = session;
  useHiddenPage();
  useOtherTabs();
  return (
    <ModalOverlay
      isOpen
      isKeyboardDismissDisabled
      className={styles["overlay"] ?? ""}
      data-react-aria-top-layer="true"
    >
      <Modal>
        <Dialog className={styles["dialog"] ?? ""}>
          <Outside>
            <div className={card["card"]}>
              <div className={card["titles"]}>
                <Heading slot="title" level={1} className={card["title"] ?? ""}>
                  {t("manage-sign-in-again-title")}
                </Heading>
                <p className={card["lead"]}>{company.service_name || company.name}</p>
              </div>
              <WhySignedOut />
              <SignInForm company={company.short_name} askCompany={false} login={administrator.login} />
              <p className={card["lead"]}>
                {t("manage-sign-in-again-about", { login: administrator.login })}
              </p>
            </div>
          </Outside>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Neither eyes nor a search within the page find what is under the cover, and the browser's tab does not name it. */
function useHiddenPage(): void {
  const { t } = useI18n();
  useEffect(() => {
    const { title } = document;
    document.documentElement.dataset["covered"] = "";
    return () => {
      delete document.documentElement.dataset["covered"];
      document.title = title;
    };
  }, []);
  useDocumentTitle(t("manage-sign-in-again-title"));
}

/** Who signs in again in one tab of the browser finds the others uncovered. */
function useOtherTabs(): void {
  const client = useQueryClient();
  useEffect(() => {
    // Unreachable: it is looked again at the next time.
    const look = () => void lookForSession(client).catch(() => {});
    addEventListener("focus", look);
    return () => removeEventListener("focus", look);
  }, [client]);
}
