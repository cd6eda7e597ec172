import { Chip } from "../../primitives/chip";

/** Usual values to pick with one press; what is chosen is pressed. */
export function Presets<Value extends number>({
  label,
  values,
  value,
  words,
  onPick,
}: {
  label: string;
  values: readonly Value[];
  value: number;
  words: (value: Value) => string;
  onPick: (value: Value) => void;
}) {
  return (
    <fieldset aria-label={label} className="flex flex-wrap gap-1.5">
      {values.map((one) => (
        <Chip key={one} pressed={one === value} onClick={() => onPick(one)} className="num">
          {words(one)}
        </Chip>
      ))}
    </fieldset>
  );
}
