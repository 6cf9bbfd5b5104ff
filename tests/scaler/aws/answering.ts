import type { Aws } from "../../../scaler/aws/clients";

/** AWS that gives these answers, one operation a function, and keeps what it was asked: for tests of one adapter. */
export function answering(answers: Record<string, (input: Record<string, unknown>) => unknown>) {
  const asked: { operation: string; input: Record<string, unknown> }[] = [];
  const aws: Aws = {
    pause: async () => undefined,
    async call(_service, operation, input) {
      asked.push({ operation, input: input as Record<string, unknown> });
      const answer = answers[operation];
      if (!answer) throw new Error(`nothing answers ${operation}`);
      return answer(input as Record<string, unknown>) as never;
    },
  };
  return { aws, asked };
}
