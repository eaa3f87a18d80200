/** Whether a value is a message that the JSON-RPC layer can take without failing. */
import type { Message } from 'vscode-jsonrpc/node';

/**
 * A request, notification or response after JSON-RPC 2.0. Stricter than the specification where the library is not
 * prepared: ids are never null, and a cancellation names the request.
 */
export function isMessage(value: unknown): value is Message {
  if (!isObject(value) || value['jsonrpc'] !== '2.0') return false;
  const { id, method, params } = value;
  if (id !== undefined && typeof id !== 'number' && typeof id !== 'string') return false;
  if (method === undefined) return id !== undefined && isOutcome(value);
  if (typeof method !== 'string') return false;
  if (params !== undefined && !isObject(params)) return false;
  if (method === '$/cancelRequest' || method === '$/progress')
    return id === undefined && isObject(params) && !Array.isArray(params);
  return true;
}

/** The id of what was meant as a request, so that its sender need not wait for an answer for ever. */
export function requestId(value: unknown): number | string | undefined {
  if (!isObject(value) || typeof value['method'] !== 'string') return undefined;
  const { id } = value;
  return typeof id === 'number' || typeof id === 'string' ? id : undefined;
}

function isOutcome({ result, error }: Readonly<Record<string, unknown>>): boolean {
  if (error === undefined) return result !== undefined;
  return isObject(error) && typeof error['code'] === 'number' && typeof error['message'] === 'string';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
