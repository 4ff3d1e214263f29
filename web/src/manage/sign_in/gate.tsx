import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, Navigate, Outlet, useParams } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { onSignedOut, onStaleToken } from "../../shared/api/client";
import { useI18n } from "../../shared/i18n/i18n";
import { IdleGuard } from "../../shared/idle/idle-guard";
import { Button, buttonClass } from "../../shared/ui/button";
import { CoveredContext } from "../../shared/ui/covered";
import { ZoneContext } from "../../shared/ui/moment";
import { Failed, Loading } from "../../shared/ui/states";
import { Frame } from "../frame/frame";
import { Cover } from "./cover";
import {
  type AdministratorSession,
  askIdle,
  endSession,
  renewSession,
  SignedInContext,
  sessionQuery,
  staySignedIn,
  useSignedOut,
  useSignOut,
} from "./session";
import styles from "./sign-in.module.css";
import { SignInPage, SmallPage } from "./sign-in-page";

/** `/manage`: the sign-in, or on to the start page of the company. */
export function ManageRoot() {
  return (
    <WithSession>
      {(session) =>
        session === null ? (
          <SignInPage />
        ) : (
          <Navigate to="/manage/$company" params={{ company: session.company.short_name }} replace />
        )
      }
    </WithSession>
  );
}

/**
 * Everything below `/manage/NAME`. Who is signed out signs in here, and stands where they were: the page stays under a cover,
 * with what was typed.
 */
export function Gate() {
  const { company = "" } = useParams({ strict: false });
  const signedOut = useSignedOut();
  useEnds();
  return (
    <WithSession>
      {(session) => {
        const shown = session ?? signedOut?.session;
        if (shown === undefined) return <SignInPage company={company} />;
        const same = shown.company.short_name.toLowerCase() === company.toLowerCase();
        if (!same)
          return session === null ? <SignInPage company={company} /> : <OtherCompany session={shown} />;
        return (
          // Another account's page begins anew.
          <SignedInPage key={shown.administrator.id} session={shown} covered={session === null} />
        );
      }}
    </WithSession>
  );
}

/** What ends the sign-in of this page, or renews it, without anybody's hand. */
function useEnds(): void {
  const client = useQueryClient();
  useEffect(() => {
    const stops = [
      onSignedOut(() => endSession(client, { idle_s: null })),
      onStaleToken(() => renewSession(client)),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [client]);
}

function SignedInPage({ session, covered }: { session: AdministratorSession; covered: boolean }) {
  const client = useQueryClient();
  return (
    <SignedInContext value={session}>
      <ZoneContext value={session.time_zone}>
        <CoveredContext value={covered}>
          <Frame>
            <Outlet />
          </Frame>
        </CoveredContext>
        {covered ? (
          <Cover session={session} />
        ) : (
          <IdleGuard
            idle={session.idle}
            ask={askIdle}
            stay={staySignedIn}
            over={() => endSession(client, { idle_s: session.idle.after_s })}
          />
        )}
      </ZoneContext>
    </SignedInContext>
  );
}

function WithSession({ children }: { children: (session: AdministratorSession | null) => ReactNode }) {
  const session = useQuery(sessionQuery);
  if (session.data !== undefined) return children(session.data);
  if (session.error !== null) return <Failed error={session.error} onRetry={() => session.refetch()} />;
  return <Loading />;
}

/** The address names another company than the one that is signed in. */
function OtherCompany({ session }: { session: AdministratorSession }) {
  const { t } = useI18n();
  const signOut = useSignOut();
  const { name, short_name } = session.company;
  return (
    <SmallPage title={t("manage-other-company-title")} lead={t("manage-other-company", { company: name })}>
      <div className={styles["actions"]}>
        <Link to="/manage/$company" params={{ company: short_name }} className={buttonClass("primary")}>
          {t("manage-other-company-go")}
        </Link>
        <Button onPress={() => signOut.mutate()} isPending={signOut.isPending}>
          {t("manage-sign-out")}
        </Button>
      </div>
    </SmallPage>
  );
}
