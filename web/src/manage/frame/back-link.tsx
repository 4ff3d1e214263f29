import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useSignedIn } from "../sign_in/session";
import styles from "./back-link.module.css";
import type { ManagePath } from "./menu";

/** The way from a page to the list that it belongs to. */
export function BackLink({ to, children }: { to: ManagePath; children: ReactNode }) {
  const { company } = useSignedIn();
  return (
    <Link to={to} params={{ company: company.short_name }} search={{}} className={styles["back"]}>
      <span aria-hidden="true">← </span>
      {children}
    </Link>
  );
}
