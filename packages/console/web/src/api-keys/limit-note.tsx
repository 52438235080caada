/** Explains why an account cannot have another key, and what to do. */
export function LimitNote({ maximum }: { readonly maximum: number }) {
  return (
    <p role="note" class="limit-note">
      This account has {maximum} keys, which is the maximum. Keys cannot be deleted, and a disabled
      key still counts. To get a key for another application, reuse one that is no longer needed:
      edit its name and permissions, then rotate its secrets.
    </p>
  );
}
