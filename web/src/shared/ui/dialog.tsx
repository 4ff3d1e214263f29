import type { FormEvent, ReactNode, RefObject } from "react";

import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useI18n } from "../i18n/i18n";
import { Button } from "./button";
import styles from "./dialog.module.css";
import { ErrorNote } from "./note";

type DialogProps = {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
  /** A question that must be answered: a click beside it does not close it. */
  alert?: boolean;
  /** Shows what is never shown again: neither Escape nor a click beside it closes it, only a button of its own. */
  onceOnly?: boolean;
  /** As wide as the window lets it be: it shows a picture. */
  wide?: boolean;
};

/** A dialog over the page. Escape closes it; the focus stays inside and returns to where it was. */
export function Dialog({
  title,
  open,
  onClose,
  children,
  alert = false,
  onceOnly = false,
  wide = false,
}: DialogProps) {
  return (
    <ModalOverlay
      className={styles["overlay"] ?? ""}
      isOpen={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      isDismissable={!alert && !onceOnly}
      isKeyboardDismissDisabled={onceOnly}
    >
      <Modal className={styles[wide ? "wide" : "modal"] ?? ""}>
        <AriaDialog className={styles["dialog"] ?? ""} role={alert || onceOnly ? "alertdialog" : "dialog"}>
          <Heading slot="title" className={styles["title"] ?? ""}>
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The buttons at a dialog's end. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className={styles["actions"]}>{children}</div>;
}

type FormDialogProps = {
  title: string;
  open: boolean;
  onClose: () => void;
  onSubmit: () => void;
  children: ReactNode;
  submitLabel: string;
  pending: boolean;
  /** What went wrong with the whole, in words. */
  error?: string | undefined;
  /** The submit button destroys something. */
  danger?: boolean;
  /** There is nothing to submit: only the way back is offered. */
  blocked?: boolean;
  formRef?: RefObject<HTMLFormElement | null>;
};

/** A dialog with a form: its content, one submit button and a way back. Enter submits. */
export function FormDialog(props: FormDialogProps) {
  const { t } = useI18n();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!props.pending && props.blocked !== true) props.onSubmit();
  };
  const danger = props.danger === true;
  return (
    <Dialog title={props.title} open={props.open} onClose={props.onClose} alert={danger}>
      <form ref={props.formRef ?? null} className={styles["form"]} onSubmit={submit} noValidate>
        {props.children}
        {props.error !== undefined && <ErrorNote>{props.error}</ErrorNote>}
        <DialogActions>
          <Button onPress={props.onClose}>
            {t(props.blocked === true ? "shared-close" : "shared-cancel")}
          </Button>
          {props.blocked !== true && (
            <Button type="submit" look={danger ? "danger" : "primary"} isPending={props.pending}>
              {props.submitLabel}
            </Button>
          )}
        </DialogActions>
      </form>
    </Dialog>
  );
}
