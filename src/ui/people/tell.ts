"use client";

import { refusalOf } from "../api/refusal";
import { toast } from "../primitives/toast";
import { placeRefusal } from "./form-refusal";

/** For `onError` of an action without a form: says what was not done, and why. */
export function tellFailure(title: string): (error: unknown) => void {
  return (error) => {
    const { form } = placeRefusal(refusalOf(error), []);
    toast.failed({ title, ...(form ? { detail: form } : {}) });
  };
}
