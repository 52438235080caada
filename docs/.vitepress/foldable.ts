import type { DefaultTheme } from "vitepress";

type Item = DefaultTheme.SidebarItem;

/**
 * A group without a link would be a button with a button in it, which screen readers do not announce. A
 * group that is closed at first leads to its first page, and one that is open cannot be closed.
 */
export function withoutNestedButtons(items: readonly Item[]): Item[] {
  return items.map((item) => {
    if (item.items === undefined) return item;
    const group = { ...item, items: withoutNestedButtons(item.items) };
    if (group.link !== undefined || group.collapsed === undefined) return group;
    const link = group.items[0]?.link;
    if (group.collapsed && link !== undefined) return { ...group, link };
    const { collapsed: _, ...open } = group;
    return open;
  });
}
