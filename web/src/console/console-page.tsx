import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { onSignedOut, setCsrfToken } from "../shared/api/client";
import { Problem } from "../shared/api/problem";
import { useI18n } from "../shared/i18n/i18n";
import { Empty, Failed, Loading } from "../shared/ui/states";
import { SignIn } from "./account/sign-in";
import { missingFeatures } from "./browser-support";
import { findMe, type OperatorSession } from "./console-api";
import { Frame } from "./frame/frame";
import { WorkspaceProvider } from "./workspace/use-workspace";

/** Who is signed in here; asked for before the page is drawn, since all else waits for it. */
export const meQuery = { queryKey: ["me"], queryFn: signedIn };

/** /console: the sign-in, or the signed-in operator's workspace. */
export function ConsolePage() {
  const { t } = useI18n();
  const queries = useQueryClient();
  const me = useQuery(meQuery);
  useEffect(() => onSignedOut(() => queries.setQueryData(["me"], null)), [queries]);
  useEffect(() => {
    document.title = t("console-title");
  }, [t]);

  const missing = missingFeatures(globalThis);
  if (missing.length > 0) {
    return (
      <main>
        <Empty
          title={t("console-browser-title")}
          text={t("console-browser-lacks", { features: missing.join(", ") })}
        />
      </main>
    );
  }
  if (me.data === undefined) {
    return (
      <main>
        {me.error === null ? <Loading /> : <Failed error={me.error} onRetry={() => void me.refetch()} />}
      </main>
    );
  }
  if (me.data === null) {
    return <SignIn onSignedIn={(session) => queries.setQueryData(["me"], entered(session))} />;
  }
  return (
    <WorkspaceProvider>
      <Frame me={me.data} onSignedOut={() => queries.setQueryData(["me"], null)} />
    </WorkspaceProvider>
  );
}

/** Null: nobody is signed in. */
async function signedIn(): Promise<OperatorSession | null> {
  try {
    return entered(await findMe());
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

function entered(session: OperatorSession): OperatorSession {
  setCsrfToken(session.csrf_token);
  return session;
}
