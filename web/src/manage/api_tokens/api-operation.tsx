import { useI18n } from "../../shared/i18n/i18n";
import { Badge } from "../../shared/ui/badge";
import styles from "./api-reference.module.css";
import { curlOf, type Field, type Operation } from "./contract";

/** One operation, folded to its method, path and summary. */
export function OperationDetails({ operation }: { operation: Operation }) {
  const { t } = useI18n();
  const { method, path, summary, description, parameters, body, answers } = operation;
  return (
    <details className={styles["operation"]}>
      <summary className={styles["summary"]}>
        <span className={styles["method"]}>{method}</span>
        <code className={styles["path"]}>{path}</code>
        <span className={styles["about"]}>{summary}</span>
      </summary>
      <div className={styles["parts"]}>
        {description !== "" && <p>{description}</p>}
        <WhoMayAsk operation={operation} />
        <Fields title={t("manage-api-parameters")} fields={parameters} />
        <Fields title={t("manage-api-body")} fields={body} />
        {answers.map(({ status, about, fields }) => (
          <Fields
            key={status}
            title={t("manage-api-answer", { status })}
            about={about}
            fields={fields}
            always
          />
        ))}
        <section className={styles["part"]}>
          <h3 className={styles["partTitle"]}>{t("manage-api-example")}</h3>
          <pre className={styles["code"]}>{curlOf(operation, location.origin)}</pre>
        </section>
      </div>
    </details>
  );
}

function WhoMayAsk({ operation: { who } }: { operation: Operation }) {
  const { t } = useI18n();
  return (
    <p className={styles["who"]}>
      <span>{t("manage-api-who")}</span>
      {who.length === 0 && <Badge tone="neutral">{t("manage-api-who-everybody")}</Badge>}
      {who.map(({ role, scopes }) => (
        <Badge key={role} tone={role === "token" ? "good" : "neutral"}>
          {t(`manage-api-who-${role}`, { scopes: scopes.join(", ") })}
        </Badge>
      ))}
    </p>
  );
}

type FieldsProps = { title: string; about?: string; fields: readonly Field[]; always?: boolean };

function Fields({ title, about, fields, always = false }: FieldsProps) {
  if (fields.length === 0 && !always) return null;
  return (
    <section className={styles["part"]}>
      <h3 className={styles["partTitle"]}>{title}</h3>
      {about !== undefined && about !== "" && <p className={styles["soft"]}>{about}</p>}
      {fields.length > 0 && <FieldList fields={fields} />}
    </section>
  );
}

/** Each field, and below it those that stand in it. */
function FieldList({ fields }: { fields: readonly Field[] }) {
  const { t } = useI18n();
  return (
    <dl className={styles["fields"]}>
      {fields.map((field) => (
        <div key={`${field.place} ${field.name}`} className={styles["field"]}>
          <dt>
            <code>{field.name}</code>
            {field.required && <span className={styles["soft"]}> {t("manage-api-required")}</span>}
          </dt>
          <dd>
            <code className={styles["type"]}>{field.type}</code> {field.about}
          </dd>
          {field.fields.length > 0 && (
            <dd className={styles["nested"]}>
              <FieldList fields={field.fields} />
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
