import { rulesHold } from "./rulesHold";

describe("the scaler under what nobody meant to happen", () => {
  rulesHold("hostile", "random scenarios of it, of two to six hours each");
});
