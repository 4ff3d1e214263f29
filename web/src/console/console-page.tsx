import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { onSignedOut } from "../shared/api/client";
import { useI18n } from "../shared/i18n/i18n";
import { IdleGuard } from "../shared/idle/idle-guard";
import { Failed, Loading } from "../shared/ui/states";
import { localAddress } from "./account/local-address";
import { entered } from "./account/me";
import { type SignedOut, SignIn } from "./account/sign-in";
import { UnfitBrowser } from "./account/unfit-browser";
import { missingFeatures } from "./browser-support";
import { askIdle, type OperatorSession, staySignedIn, tellLocalAddress } from "./console-api";
import { Frame } from "./frame/frame";
import type { Opening } from "./opening/opening";
import { WorkspaceProvider } from "./workspace/use-workspace";

/** When the console tells where it is. */
const TELL_AFTER_MS = 3_000;

/** /console: the sign-in, or the signed-in operator's workspace. */
export function ConsolePage({ opening }: { opening: Opening }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const me = useQuery({
    queryKey: ["me"],
    queryFn: async () => {
      const found = await opening.findMe();
      // Somebody else signed in in another tab.
      if (found?.operator.id !== queries.getQueryData<Me>(["me"])?.operator.id) forget(queries);
      return found;
    },
  });
  const [why, setWhy] = useState<SignedOut>(null);
  const end = useCallback(
    (reason: SignedOut) => {
      if (queries.getQueryData(["me"]) != null) setWhy(reason);
      queries.setQueryData<Me>(["me"], null);
    },
    [queries],
  );
  useEffect(() => onSignedOut(() => end({ idle_s: null })), [end]);
  const isNobody = me.data === null;
  useEffect(() => {
    // After the last operator's views have gone: while they stand they ask anew for what is taken away.
    if (isNobody) forget(queries);
  }, [isNobody, queries]);
  const operatorId = me.data?.operator.id;
  useEffect(() => {
    if (operatorId === undefined) return;
    // Nothing waits for it, and the picture of a session that goes on must not.
    const timer = setTimeout(() => void tellWhereWeAre(), TELL_AFTER_MS);
    return () => clearTimeout(timer);
  }, [operatorId]);
  useEffect(() => {
    document.title = t("console-title");
  }, [t]);

  const missing = missingFeatures(globalThis);
  if (missing.length > 0) {
    return <UnfitBrowser missing={missing} />;
  }
  if (me.data === undefined) {
    return (
      <main>
        {me.error === null ? <Loading /> : <Failed error={me.error} onRetry={() => void me.refetch()} />}
      </main>
    );
  }
  if (me.data === null) {
    const enter = (session: OperatorSession) => {
      setWhy(null);
      forget(queries);
      queries.setQueryData<Me>(["me"], entered(session));
    };
    return <SignIn why={why} onSignedIn={enter} />;
  }
  return (
    <WorkspaceProvider key={me.data.operator.id} opening={opening}>
      <Frame me={me.data} onSignedOut={() => end(null)} />
      <IdleGuard
        idle={me.data.idle}
        ask={askIdle}
        stay={staySignedIn}
        over={() => end({ idle_s: me.data?.idle.after_s ?? null })}
      />
    </WorkspaceProvider>
  );
}

/** Null: nobody is signed in. */
type Me = OperatorSession | null;

/** The next operator at this browser finds nothing of the last one's. */
function forget(queries: QueryClient): void {
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "me" && queryKey[0] !== "site" });
}

/** For 접속IP(사설) of the administrator's list [D-3]; without it the list says that nothing was told. */
async function tellWhereWeAre(): Promise<void> {
  try {
    await tellLocalAddress(await localAddress());
  } catch {
    // The server is away, or the sign-in has ended: the next sign-in tells again.
  }
}
