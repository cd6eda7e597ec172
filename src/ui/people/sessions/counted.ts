const some = (count: number, one: string) => (count === 1 ? `1 ${one}` : `${count} ${one}s`);

/** "2 browsers and 1 program", without what there is none of. */
export function counted(browsers: number, programs: number): string {
  const parts = [
    ...(browsers > 0 || programs === 0 ? [some(browsers, "browser")] : []),
    ...(programs > 0 ? [some(programs, "program")] : []),
  ];
  return parts.join(" and ");
}
