import { expect, it } from "vitest";
import { said } from "./said";

it("tells a web page by its title, and everything else as it is", () => {
  const page = '<!DOCTYPE html>\n<html lang="en"><head><title>\n Sign  in </title><script>x</script>';
  expect(said(page)).toBe('a web page, "Sign in"');
  expect(said("  <html><body>busy</body></html>")).toBe("a web page");
  expect(said(" <b>no page</b>\n")).toBe("<b>no page</b>");
});
