/** ARNs and hosts of another partition, wherever they stand in a text; names of services as principals are the same in all. */
export function foreign(text: string, partition: { name: string; dnsSuffix: string }): string[] {
  const arns = (text.match(/arn:aws[a-z-]*:/g) ?? []).filter((arn) => arn !== `arn:${partition.name}:`);
  const hosts = (text.match(/[\w.-]+\.[a-z]{2}-[a-z-]+-\d\.amazonaws\.com(\.cn)?(?![\w.])/g) ?? []).filter(
    (host) => !new RegExp(`-\\d\\.${partition.dnsSuffix.replaceAll(".", "\\.")}$`).test(host),
  );
  return [...arns, ...hosts];
}
