import type { ReactNode } from "react";
import { given } from "./given";
import styles from "./table.module.css";

type Column<Row> = {
  /** The heading's text. */
  heading: string;
  cell: (row: Row) => ReactNode;
  /** Numbers and buttons stand at the end. */
  align?: "start" | "end";
  /** Keeps the text on one line. */
  tight?: boolean;
  /** The cell that names its row. */
  names?: boolean;
  /** How the rows are sorted by it, and what sorts them anew. */
  sort?: { order: "ascending" | "descending" | "none"; onSort: () => void };
};

type TableProps<Row> = {
  /** What the table lists, for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** Draws it paler while newer rows are on their way. */
  stale?: boolean;
  /** What all rows add up to, below them. */
  total?: Row;
};

/** A table that scrolls sideways by itself where it is wider than the page. */
export function Table<Row>({ label, columns, rows, keyOf, stale = false, total }: TableProps<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must be able to scroll it.
    <section className={styles["scroll"]} tabIndex={0} aria-label={label}>
      <table className={styles["table"]} aria-label={label} aria-busy={stale}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.heading}
                scope="col"
                className={classOf(column)}
                {...given({ "aria-sort": column.sort?.order })}
              >
                {column.sort === undefined ? (
                  column.heading
                ) : (
                  <button type="button" className={styles["sort"]} onClick={column.sort.onSort}>
                    {column.heading}
                  </button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={keyOf(row)} columns={columns} row={row} />
          ))}
        </tbody>
        {total !== undefined && (
          <tfoot>
            <Row columns={columns} row={total} />
          </tfoot>
        )}
      </table>
    </section>
  );
}

function Row<Row>({ columns, row }: { columns: readonly Column<Row>[]; row: Row }) {
  return (
    <tr>
      {columns.map((column) =>
        column.names === true ? (
          <th key={column.heading} scope="row" className={classOf(column)}>
            {column.cell(row)}
          </th>
        ) : (
          <td key={column.heading} className={classOf(column)}>
            {column.cell(row)}
          </td>
        ),
      )}
    </tr>
  );
}

function classOf({ align, tight }: { align?: "start" | "end"; tight?: boolean }): string {
  return [align === "end" ? styles["end"] : "", tight === true ? styles["tight"] : ""]
    .filter(Boolean)
    .join(" ");
}

/** Buttons at the end of a row. */
export function RowActions({ children }: { children: ReactNode }) {
  return <div className={styles["actions"]}>{children}</div>;
}
