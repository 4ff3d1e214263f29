import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { InfoNote } from "../../shared/ui/note";
import { moveQuery, type Statistics } from "./statistics-api";

/** While supports move to the company's new time zone: how many have [G-2]. When all have, the statistics are asked for anew. */
export function MoveNote({ statistics }: { statistics: Statistics }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const { data, dataUpdatedAt } = useQuery(moveQuery);
  const isOver = data?.moved_percent === null;
  useEffect(() => {
    if (isOver && dataUpdatedAt > 0) void client.invalidateQueries({ queryKey: ["manage", "statistics"] });
  }, [isOver, dataUpdatedAt, client]);
  const { time_zone: zone, moved_percent } = data ?? statistics;
  return <InfoNote>{t("manage-statistics-moving", { zone, percent: moved_percent ?? 100 })}</InfoNote>;
}
