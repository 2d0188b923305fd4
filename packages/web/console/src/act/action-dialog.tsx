import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { type ApiTrouble, toTrouble } from '../api/trouble.ts';
import { Button } from '../parts/basics.tsx';
import { Handrail } from '../parts/command.tsx';
import DialogBox from '../parts/dialog.tsx';
import { Bones, TroubleNote } from '../parts/loaded.tsx';
import { type Consent, useConsent } from './consent.tsx';

interface Props<Plan, Result> {
  title: string;
  /** What will happen, in a sentence or two. */
  does?: ReactNode;
  kind?: 'main' | 'danger';
  /** Asks the server what would be done; nothing is changed by it. Without it the operator decides by `does` alone. */
  preview?: (() => Promise<Plan>) | undefined;
  /** Shows it; undefined as `verb`: there is nothing to do. */
  children?: (plan: Plan | undefined) => ReactNode;
  /** The act in words, as the button states it: “Replay 312 letters to tiers”. Undefined: it cannot be done. */
  verb: (plan: Plan | undefined) => string | undefined;
  handrail?: (plan: Plan | undefined) => {
    command?: string | undefined;
    runbook?: string | undefined;
  };
  /** What is still missing in the fields of `children`. */
  fault?: string | undefined;
  submit(consent: Consent, plan: Plan | undefined): Promise<Result>;
  onDone(result: Result): void;
  onClose(): void;
}

/** Preview first, then why, then the act. What fails stays on screen; nothing is sent twice by one press. */
export function ActionDialog<Plan, Result>(props: Props<Plan, Result>): ReactNode {
  const { title, does, kind = 'main', children, verb, handrail, submit, onDone, onClose } = props;
  const { plan, trouble: unseen, retry } = usePreview(props.preview);
  const { consent, fault: consentFault, fields } = useConsent();
  const [trouble, setTrouble] = useState<ApiTrouble>();
  const [isBusy, setBusy] = useState(false);
  const [isTried, setTried] = useState(false);
  const isLooking = props.preview !== undefined && plan === undefined;
  const act = verb(plan);
  const fault = props.fault ?? consentFault;

  const press = async () => {
    setTried(true);
    if (fault !== undefined || isBusy) return;
    setBusy(true);
    setTrouble(undefined);
    try {
      onDone(await submit(consent, plan));
      onClose();
    } catch (error) {
      setTrouble(toTrouble(error));
      setBusy(false);
    }
  };

  return (
    <DialogBox
      title={title}
      onClose={onClose}
      foot={
        <>
          <p role="status">{isTried ? fault : undefined}</p>
          <Button onClick={onClose}>{act === undefined && !isLooking ? 'Close' : 'Cancel'}</Button>
          {act !== undefined && !isLooking && (
            <Button
              kind={kind}
              onClick={() => void press()}
              aria-disabled={isBusy || fault !== undefined}
              aria-busy={isBusy}
            >
              {isBusy ? 'Sending…' : act}
            </Button>
          )}
        </>
      }
    >
      {does !== undefined && <p>{does}</p>}
      {unseen ? (
        <TroubleNote trouble={unseen} onRetry={retry} />
      ) : isLooking ? (
        <Bones rows={4} />
      ) : (
        <>
          {children?.(plan)}
          {act !== undefined && fields}
          {handrail && <Handrail {...handrail(plan)} />}
        </>
      )}
      {trouble && <TroubleNote trouble={trouble} />}
    </DialogBox>
  );
}

function usePreview<Plan>(preview: (() => Promise<Plan>) | undefined) {
  // A dialog previews what it was opened for; the fields of a form change the request, not the preview.
  const [ask] = useState(() => preview);
  const [plan, setPlan] = useState<Plan>();
  const [trouble, setTrouble] = useState<ApiTrouble>();
  const look = useCallback(async () => {
    if (!ask) return;
    setTrouble(undefined);
    try {
      setPlan(await ask());
    } catch (error) {
      setTrouble(toTrouble(error));
    }
  }, [ask]);
  useEffect(() => void look(), [look]);
  return { plan, trouble, retry: () => void look() };
}
