import { serviceError } from "../../core/serviceError";

/** Errors that a test or the page orders in advance. */
export interface InjectedFaults {
  /** The next `times` (1) calls of the operation are refused with this code. */
  failNext(operation: string, code: string, options?: { message?: string; times?: number; statusCode?: number }): void;
  /** Throws if this call is to fail. */
  check(operation: string): void;
}

export function injectedFaults(service: string): InjectedFaults {
  const faults = new Map<string, { code: string; message: string; statusCode?: number; left: number }>();
  return {
    failNext: (operation, code, { message = "Injected fault.", times = 1, statusCode } = {}) => {
      faults.set(operation, { code, message, statusCode, left: times });
    },
    check: (operation) => {
      const fault = faults.get(operation);
      if (!fault) return;
      if (--fault.left <= 0) faults.delete(operation);
      throw serviceError(service, fault.code, fault.message, fault.statusCode);
    },
  };
}
