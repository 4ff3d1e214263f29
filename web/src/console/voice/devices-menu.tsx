import { useEffect, useState } from "react";
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";
import { useI18n } from "../../shared/i18n/i18n";
import { choosesSpeaker } from "../../shared/sound/browser-sound";
import { shown } from "../../shared/strangers-text";
import { Button } from "../../shared/ui/button";
import menu from "../toolbar/toolbar.module.css";
import { useStore } from "../use-store";
import { useWorkspace } from "../workspace/use-workspace";

type Device = { readonly id: string; readonly name: string };
type Kind = "audioinput" | "audiooutput";
/** The browser's own choice; a menu's key is not empty. */
const DEFAULT = "default";
const NAME_MAX_CHARACTERS = 80;

/** 장치 [Devices]: by which microphone and which speaker the operator talks, in every session. Kept by this browser. */
export function DevicesMenu() {
  const { t } = useI18n();
  const { voiceFloor } = useWorkspace();
  const [open, setOpen] = useState(false);
  const microphone = useStore(voiceFloor.microphone);
  const speaker = useStore(voiceFloor.speaker);
  const devices = useDevices(open);
  return (
    <MenuTrigger isOpen={open} onOpenChange={setOpen}>
      <Button small look="quiet">
        {t("console-voice-devices")}
      </Button>
      <Popover className={menu["popover"] ?? ""}>
        <Menu className={menu["menu"] ?? ""} aria-label={t("console-voice-devices")}>
          <Choices
            kind="audioinput"
            label={t("console-voice-microphone")}
            devices={devices("audioinput")}
            chosen={microphone}
            onChoose={(id) => voiceFloor.chooseMicrophone(id)}
          />
          {choosesSpeaker() && (
            <Choices
              kind="audiooutput"
              label={t("console-voice-speaker")}
              devices={devices("audiooutput")}
              chosen={speaker}
              onChoose={(id) => voiceFloor.chooseSpeaker(id)}
            />
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

type ChoicesProps = {
  kind: Kind;
  label: string;
  devices: readonly Device[];
  chosen: string;
  onChoose: (id: string) => void;
};

function Choices({ kind, label, devices, chosen, onChoose }: ChoicesProps) {
  const { t } = useI18n();
  const all = [{ id: DEFAULT, name: t("console-voice-default") }, ...devices];
  // One that is not there just now leaves the browser's choice.
  // A menu's keys are those of all its sections, and one device may be both.
  const keyOf = (id: string) => `${kind} ${id}`;
  const selected = devices.some(({ id }) => id === chosen) ? chosen : DEFAULT;
  return (
    <MenuSection
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[keyOf(selected)]}
      onSelectionChange={(keys) => {
        const device = all.find(({ id }) => keys !== "all" && keys.has(keyOf(id)));
        if (device !== undefined) onChoose(device.id === DEFAULT ? "" : device.id);
      }}
    >
      <Header className={menu["title"] ?? ""}>{label}</Header>
      {all.map(({ id, name }) => (
        <MenuItem key={id} id={keyOf(id)} className={`${menu["item"]} ${menu["explained"]}`} textValue={name}>
          <span>{name}</span>
        </MenuItem>
      ))}
    </MenuSection>
  );
}

/** The machine's devices while the menu is open, also those that are plugged in meanwhile. */
function useDevices(open: boolean): (kind: Kind) => readonly Device[] {
  const [found, setFound] = useState<readonly MediaDeviceInfo[]>([]);
  useEffect(() => {
    const devices: MediaDevices | undefined = navigator.mediaDevices;
    if (!open || devices === undefined) return;
    const look = () => void devices.enumerateDevices().then(setFound, () => setFound([]));
    look();
    devices.addEventListener("devicechange", look);
    return () => devices.removeEventListener("devicechange", look);
  }, [open]);
  return (kind) =>
    found
      .filter((device) => device.kind === kind && device.deviceId !== "" && device.deviceId !== DEFAULT)
      .map((device) => ({ id: device.deviceId, name: shown(device.label, NAME_MAX_CHARACTERS) }));
}
