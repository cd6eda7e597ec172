import { CopyButton } from "../primitives/copy-button";

/** Something to paste elsewhere, whole, with its button. `label` "" draws the icon alone, named by `name`. */
export function CopyLine({ text, label, name }: { text: string; label?: string; name?: string }) {
  return (
    <div className="flex items-start gap-2 rounded-md bg-muted py-2 pr-2 pl-3">
      <code className="mono min-w-0 flex-1 select-all self-center break-all text-sm">{text}</code>
      <CopyButton
        text={text}
        {...(label === undefined ? { variant: "primary" } : { label })}
        {...(name ? { name } : {})}
      />
    </div>
  );
}
