import { anything, required } from "../fields";

/** Arguments that both dimensions' scaling has. */
export const dimensionFields = {
  endpoint: required(anything("the url of a Scaler")),
  names: required(anything("the pipeline's names")),
  scaling: anything(),
};
