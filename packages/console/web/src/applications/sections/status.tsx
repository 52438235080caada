import type { Application } from "@oauth1/api-keys/admin";
import { BusyButton } from "../../components/busy-button.js";
import { Problem } from "../../components/problem.js";
import { useAction } from "../../members/use-action.js";
import { useApi } from "../../session/session.js";
import type { ApplicationSectionProps } from "./application-section.js";

/** Disables or enables an application. */
export function Status({ application, path, onApplication }: ApplicationSectionProps) {
  const ask = useApi();
  const { isBusy, problem, act } = useAction();
  const action = application.enabled ? "disable" : "enable";
  return (
    <div class="action-section">
      <h2>Status</h2>
      <p>
        {application.enabled
          ? "If you disable this application, all its tokens stop working within five seconds. They work again after you enable it."
          : "This application is disabled. Its tokens do not work, and it cannot ask for access."}{" "}
        Applications cannot be deleted, so that the activity stays complete.
      </p>
      <Problem message={problem} />
      <BusyButton
        type="button"
        class="secondary outline fit"
        isBusy={isBusy}
        onClick={() =>
          act(async () =>
            onApplication(await ask<Application>(`${path}/${action}`, { method: "POST" })),
          )
        }
      >
        {application.enabled ? "Disable" : "Enable"}
      </BusyButton>
    </div>
  );
}
