import { useMemo, useState } from "react";
import {
  Cell,
  Column,
  Row,
  type Selection,
  Table,
  TableBody,
  TableHeader,
  TableLayout,
  Virtualizer,
} from "react-aria-components";
import { sizeText } from "../../shared/i18n/formats";
import { useI18n } from "../../shared/i18n/i18n";
import { shown } from "../../shared/strangers-text";
import type { Entry } from "./files";
import styles from "./files.module.css";
import { type Column as By, type Sorting, sortEntries } from "./sort-entries";
import { timeText } from "./time-text";

type EntriesTableProps = {
  label: string;
  entries: readonly Entry[];
  /** What to say of none. */
  empty: string;
  selected: ReadonlySet<string>;
  onSelect: (names: ReadonlySet<string>) => void;
  /** A folder is opened, or a file moved. */
  onAction: (entry: Entry) => void;
};

const ROW_HEIGHT_PX = 30;
const COLUMNS: readonly { id: By; width: "3fr" | "1fr" | "1.6fr" }[] = [
  { id: "name", width: "3fr" },
  { id: "size", width: "1fr" },
  { id: "modified", width: "1.6fr" },
];

/** The entries of a folder: sorted by a column, several selected, opened by a double click or Enter. */
export function EntriesTable({ label, entries, empty, selected, onSelect, onAction }: EntriesTableProps) {
  const { t, locale } = useI18n();
  const [sorting, setSorting] = useState<Sorting>({ column: "name", descending: false });
  const sorted = useMemo(() => sortEntries(entries, sorting, locale), [entries, sorting, locale]);
  const select = (selection: Selection) =>
    onSelect(
      selection === "all" ? new Set(entries.map(({ name }) => name)) : new Set([...selection].map(String)),
    );
  return (
    <Virtualizer
      layout={TableLayout}
      layoutOptions={{ rowHeight: ROW_HEIGHT_PX, headingHeight: ROW_HEIGHT_PX }}
    >
      <Table
        className={styles["table"] ?? ""}
        aria-label={label}
        selectionMode="multiple"
        selectionBehavior="replace"
        selectedKeys={selected}
        onSelectionChange={select}
        onRowAction={(key) => {
          const entry = entries.find(({ name }) => name === key);
          if (entry !== undefined) onAction(entry);
        }}
        sortDescriptor={{
          column: sorting.column,
          direction: sorting.descending ? "descending" : "ascending",
        }}
        onSortChange={({ column, direction }) =>
          setSorting({
            column: COLUMNS.find(({ id }) => id === column)?.id ?? "name",
            descending: direction === "descending",
          })
        }
      >
        <TableHeader className={styles["head"] ?? ""}>
          {COLUMNS.map(({ id, width }) => (
            <Column
              key={id}
              id={id}
              isRowHeader={id === "name"}
              allowsSorting
              defaultWidth={width}
              minWidth={id === "name" ? 140 : 84}
              className={styles[id === "size" ? "headEnd" : "headCell"] ?? ""}
            >
              {({ sortDirection }) => (
                <>
                  {t(`console-files-${id}`)}
                  <span aria-hidden="true">
                    {sortDirection === undefined ? "" : sortDirection === "ascending" ? " ↑" : " ↓"}
                  </span>
                </>
              )}
            </Column>
          ))}
        </TableHeader>
        <TableBody
          items={sorted}
          dependencies={[locale]}
          renderEmptyState={() => <p className={styles["empty"]}>{empty}</p>}
        >
          {(entry) => (
            <Row id={entry.name} textValue={shown(entry.name)} className={styles["row"] ?? ""}>
              <Cell className={styles["name"] ?? ""}>
                <Name entry={entry} />
              </Cell>
              <Cell className={styles["size"] ?? ""}>
                {entry.kind === "file" ? sizeText(entry.size_bytes, locale) : ""}
              </Cell>
              <Cell className={styles["time"] ?? ""}>{timeText(entry.modified_ms, "short", locale)}</Cell>
            </Row>
          )}
        </TableBody>
      </Table>
    </Virtualizer>
  );
}

function Name({ entry: { name, kind, link } }: { entry: Entry }) {
  const { t } = useI18n();
  return (
    <span title={shown(name)}>
      <Sign kind={kind} link={link} />
      <bdi>{shown(name)}</bdi>
      <span className="visually-hidden"> {t(`console-files-kind-${link ? "link" : kind}`)}</span>
    </span>
  );
}

/** Drawn, since not every desktop has a font with such signs. */
function Sign({ kind, link }: Pick<Entry, "kind" | "link">) {
  const shape =
    kind === "folder"
      ? "M1.5 3.5h4l1.5 2h7.5v8h-13z"
      : kind === "file"
        ? "M3.5 1.5h6l3 3v10h-9z"
        : "M8 2.5a5.5 5.5 0 1 0 .01 0zM4.2 11.8l7.6-7.6";
  return (
    <svg className={styles["sign"]} data-kind={kind} viewBox="0 0 16 16" aria-hidden="true">
      <path d={shape} />
      {link && <path d="M5 12l5-5M6.5 7H10v3.5" />}
    </svg>
  );
}
