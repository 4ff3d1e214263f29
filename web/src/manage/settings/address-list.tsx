import { useState } from "react";
import { useI18n } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/button";
import { keepFocus } from "../../shared/ui/page";
import { TextField } from "../../shared/ui/text-field";
import styles from "./settings.module.css";

type AddressListProps = {
  /** The field's name in the settings. */
  name: string;
  title: string;
  addresses: readonly string[];
  onChange: (addresses: string[]) => void;
  /** Offered with one click: where the administrator is. */
  ownAddress?: string;
  /** The texts of the server by field. */
  errors: Record<string, string>;
};

/** 허용 IP: a list with × at each entry and a field to add one; an empty list says that every address is allowed. */
export function AddressList({ name, title, addresses, onChange, ownAddress, errors }: AddressListProps) {
  const { t } = useI18n();
  const [typed, setTyped] = useState("");
  const add = (address: string) => {
    const text = address.trim();
    if (text !== "" && !addresses.includes(text)) onChange([...addresses, text]);
    setTyped("");
  };
  const wrong = addresses.flatMap((address, position) => {
    const text = errors[`${name}.${position}`];
    return text === undefined ? [] : [`${address}: ${text}`];
  });
  const error = [...wrong, errors[name]].filter((text) => text !== undefined).join(" ");
  return (
    <fieldset className={styles["group"]}>
      <legend className={styles["legend"]}>{title}</legend>
      {addresses.length === 0 ? (
        <p className={styles["every"]}>{t("manage-settings-every-address")}</p>
      ) : (
        <ul className={styles["addresses"]}>
          {addresses.map((address) => (
            <li key={address} className={styles["address"]}>
              <span>{address}</span>
              <Button
                small
                look="quiet"
                aria-label={t("manage-settings-remove", { name: address })}
                onPress={() => {
                  onChange(addresses.filter((other) => other !== address));
                  keepFocus();
                }}
              >
                ×
              </Button>
            </li>
          ))}
        </ul>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter adds the address instead of saving the page. */}
      <div
        className={styles["adding"]}
        onBlur={({ currentTarget, relatedTarget }) => {
          // What is typed and left is meant: Save must not lose it. Another window's focus is no leaving.
          if (document.hasFocus() && !currentTarget.contains(relatedTarget)) add(typed);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.nativeEvent.isComposing || typed.trim() === "") return;
          event.preventDefault();
          add(typed);
        }}
      >
        <TextField
          name={name}
          label={t("manage-settings-address-of", { list: title })}
          value={typed}
          onChange={setTyped}
          error={error === "" ? undefined : error}
          hint={t("manage-settings-address-hint")}
          autoComplete="off"
        />
        <Button isDisabled={typed.trim() === ""} onPress={() => add(typed)}>
          {t("manage-settings-add-address")}
        </Button>
        {ownAddress !== undefined && !addresses.includes(ownAddress) && (
          <Button look="quiet" onPress={() => add(ownAddress)}>
            {t("manage-settings-add-own", { address: ownAddress })}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
