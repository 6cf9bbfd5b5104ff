/** Who calls. `root` is the account's owner (the deployer, the sandbox itself): everything is allowed. */
export interface Principal {
  /** arn:aws:iam::{account}:role/{name} | :user/{name} | :root */
  arn: string;
  /** A service principal that assumed the role, e.g. "lambda.amazonaws.com". */
  service?: string;
}
