import type { ValidateTokenRequest } from '@cloudnestle/contracts/http/validate-token';
import type { Answer } from './search-view.ts';

/** `POST /api/validate-solution-token`; where the buyer only looks, no search is counted. Never rejects. */
export async function validateToken(
  apiUrl: string,
  { token, solutionId, isOnlyLook }: { token: string; solutionId: string; isOnlyLook: boolean },
): Promise<Answer> {
  const request: ValidateTokenRequest = {
    token,
    solution_id: solutionId,
    action: 'search',
    check_only: isOnlyLook,
  };
  try {
    const response = await fetch(`${apiUrl}/api/validate-solution-token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    return { kind: 'answered', status: response.status, body: await response.json() };
  } catch {
    return { kind: 'unreachable' };
  }
}
