import { deployStack, beThrifty } from "./program";

beThrifty();

// The stack's outputs: see StackOutputs.
module.exports = deployStack(__dirname);
