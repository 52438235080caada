import type { ButtonHTMLAttributes } from "preact";

type Props = ButtonHTMLAttributes<HTMLButtonElement> & {
  /** True while the action runs. Further clicks are then ignored. */
  readonly isBusy: boolean;
};

/** A button that shows that its action is running. Unlike a disabled button, it keeps the focus. */
export function BusyButton({ isBusy, onClick, ...rest }: Props) {
  return (
    <button
      {...rest}
      aria-busy={isBusy}
      aria-disabled={isBusy}
      onClick={(event) => {
        // This also stops a form from being submitted twice.
        if (isBusy) event.preventDefault();
        else onClick?.(event);
      }}
    />
  );
}
