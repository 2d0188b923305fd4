/**
 * `POST /api/validate-solution-token` as search-view.d.ts's Answer; where the buyer only looks, no search is counted. Never
 * throws.
 */
export async function validateToken({ token, solutionId, isOnlyLook }) {
  try {
    const response = await fetch('/api/validate-solution-token', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        token,
        solution_id: solutionId,
        action: 'search',
        check_only: isOnlyLook,
      }),
      signal: AbortSignal.timeout(10_000),
    });
    return { kind: 'answered', status: response.status, body: await response.json() };
  } catch {
    return { kind: 'unreachable' };
  }
}
