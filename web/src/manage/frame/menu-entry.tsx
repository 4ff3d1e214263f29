import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useSignedIn } from "../sign_in/session";
import type { ManagePath } from "./menu";

type EntryProps = { path: ManagePath; current: boolean; children: ReactNode; className: string };

/** A menu entry: a link that says whether it leads to where one is. */
export function MenuEntry({ path, current, children, className }: EntryProps) {
  const { company } = useSignedIn();
  return (
    <Link
      to={path}
      params={{ company: company.short_name }}
      search={{}}
      className={className}
      activeOptions={{ exact: true }}
      {...(current ? { "aria-current": "page" } : { "aria-current": false })}
    >
      {children}
    </Link>
  );
}
