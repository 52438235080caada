/** A link to a section of an RFC. The other specifications have no stable address. */
export function SectionLink({ section }: { readonly section: string }) {
  const [, rfc = "5849", number] = /^(?:RFC (\d+) )?§([\d.]+)$/.exec(section) ?? [];
  if (number === undefined) return <small>{section}</small>;
  return (
    <small>
      {/* A new tab, because the secrets are only in this one. */}
      <a
        href={`https://www.rfc-editor.org/rfc/rfc${rfc}#section-${number}`}
        target="_blank"
        rel="noreferrer"
      >
        RFC {rfc} §{number}
      </a>
    </small>
  );
}
