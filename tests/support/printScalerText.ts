import * as pulumi from "@pulumi/pulumi";
import { scalerFactory } from "../../scaler/lambda";

/** Prints the text that would be uploaded, as compiled by whatever this process was started with. */
void pulumi.runtime.serializeFunction(scalerFactory, { isFactoryFunction: true }).then(({ text }) => process.stdout.write(text));
