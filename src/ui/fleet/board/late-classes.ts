/**
 * How rows look whose page is behind or cut off: nothing in them calls for attention as if it were so now. Shapes and
 * words stay; only the colour goes.
 */
export const lateClasses = "saturate-[.2] [&_td]:text-muted-foreground [&_td_*]:text-muted-foreground";
