import { pages, places } from "./places";
import type { CommandAction } from "./shell-types";

/** For Ctrl K: every place, and the pages within. */
export function goToActions(goTo: (href: string) => void): CommandAction[] {
  const toPlaces = places.map(({ id, name, href, icon: Icon, key }): CommandAction => {
    const keys = `G ${key.toUpperCase()}`;
    return { ...action(id, name, href), icon: <Icon aria-hidden="true" />, keys };
  });
  const toPages = pages.map(({ place, name, href, keywords }): CommandAction => {
    const Icon = places.find(({ id }) => id === place)?.icon;
    return {
      ...action(href, name, href),
      ...(Icon ? { icon: <Icon aria-hidden="true" /> } : {}),
      ...(keywords ? { keywords } : {}),
    };
  });
  return [...toPlaces, ...toPages];

  function action(id: string, label: string, href: string) {
    return { id: `go:${id}`, label, group: "Go to", run: () => goTo(href) };
  }
}
