"use client";

import { Download, FileUp } from "lucide-react";
import { useState } from "react";
import { trpc } from "../../../api/trpc";
import { FormDialog } from "../../../people/form-dialog";
import { useWhyNot } from "../../../people/me";
import { tellFailure } from "../../../people/tell";
import { Button } from "../../../primitives/button";
import { ButtonWithReason } from "../../../primitives/button-with-reason";
import { ImportForm } from "./import-form";

/** All rules as a file, and rules from one. */
export function RulesFile() {
  const { client } = trpc.useUtils();
  const because = useWhyNot("rules:manage");
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      download("mission-control-rules.yaml", await client.rules.export.query({}));
    } catch (error) {
      tellFailure("The rules were not exported")(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button busy={busy} onClick={() => void save()}>
        <Download aria-hidden="true" />
        Export
      </Button>
      <ButtonWithReason onClick={() => setOpen(true)} {...(because ? { offBecause: because } : {})}>
        <FileUp aria-hidden="true" />
        Import
      </ButtonWithReason>
      <FormDialog size="lg" open={open} onOpenChange={setOpen}>
        <ImportForm onDone={() => setOpen(false)} />
      </FormDialog>
    </>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
