import { useMutation } from "@tanstack/react-query";
import { problemText } from "../../shared/api/problem-text";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { useNotify } from "../../shared/ui/notify";
import { createSessionCode } from "../console-api";
import { useWorkspace } from "../workspace/use-workspace";

/** 새 번호 [New code]: of a session whose digits nobody knows any more, since the server keeps none. */
export function NewCodeButton({ id, small = false }: { id: string; small?: boolean }) {
  const i18n = useI18n();
  const workspace = useWorkspace();
  const notify = useNotify();
  const make = useMutation({
    mutationFn: () => createSessionCode(id),
    onSuccess: ({ code, link, code_expires_at_ms }) =>
      workspace.created({ id, code, link, expiresAt_ms: code_expires_at_ms }),
    onError: (error) => notify(problemText(error, i18n)),
  });
  return (
    <Button
      look={small ? "secondary" : "primary"}
      small={small}
      onPress={() => make.mutate()}
      isPending={make.isPending}
    >
      {i18n.t("console-new-code")}
    </Button>
  );
}
