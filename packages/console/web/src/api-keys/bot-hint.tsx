import type { Catalogue } from "@oauth1/api-keys";

interface Props {
  readonly catalogue: Catalogue;
  /** The selected category. */
  readonly category: string;
}

/** Shows which permission the key of a bot needs, while a category without it is selected. */
export function BotHint({ catalogue, category }: Props) {
  const needed = catalogue.categories.find(({ permissions }) =>
    permissions.some(({ id }) => id === "user-login"),
  );
  const permission = needed?.permissions.find(({ id }) => id === "user-login");
  if (needed === undefined || needed.id === category) return null;
  return (
    <p class="bot-hint" role="note">
      For the key of a bot, select the category <strong>{needed.name}</strong> and the permission{" "}
      <strong>{permission?.name}</strong>.
    </p>
  );
}
