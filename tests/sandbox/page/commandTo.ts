import type { LivePage } from "./livePage";

/** Sends commands to a page as its own controls do. */
export function sendTo({ url }: LivePage) {
  return async (name: string, input: object): Promise<{ status: number; message: string }> => {
    const headers = { "content-type": "application/json", origin: url };
    const answer = await fetch(`${url}/commands/${name}`, { method: "POST", headers, body: JSON.stringify(input) });
    return { status: answer.status, message: ((await answer.json()) as { message: string }).message };
  };
}
