import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { onSignedOut } from "../shared/api/client";
import { useI18n } from "../shared/i18n/i18n";
import { Failed, Loading } from "../shared/ui/states";
import { entered } from "./account/me";
import { SignIn } from "./account/sign-in";
import { UnfitBrowser } from "./account/unfit-browser";
import { missingFeatures } from "./browser-support";
import { Frame } from "./frame/frame";
import type { Opening } from "./opening/opening";
import { WorkspaceProvider } from "./workspace/use-workspace";

/** /console: the sign-in, or the signed-in operator's workspace. */
export function ConsolePage({ opening }: { opening: Opening }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const me = useQuery({ queryKey: ["me"], queryFn: () => opening.findMe() });
  useEffect(() => onSignedOut(() => queries.setQueryData(["me"], null)), [queries]);
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
    return <SignIn onSignedIn={(session) => queries.setQueryData(["me"], entered(session))} />;
  }
  return (
    <WorkspaceProvider opening={opening}>
      <Frame me={me.data} onSignedOut={() => queries.setQueryData(["me"], null)} />
    </WorkspaceProvider>
  );
}
