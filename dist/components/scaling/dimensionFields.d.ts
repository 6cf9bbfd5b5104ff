/** Arguments that both dimensions' scaling has. */
export declare const dimensionFields: {
    endpoint: import("../fields").Field;
    names: import("../fields").Field;
    scaling: import("../fields").Field;
    suspended: import("../fields").Field;
};
