import { percentEncode } from "@oauth1/percent-encoding";
import type {
  CollectedParameter,
  EncodedParameter,
  Parameter,
  ParameterSource,
} from "./parameter.js";

/** Parameters in their encoded form (RFC 5849 §3.4.1.3.2 item 1), with their source. */
export function encodeParameters(
  source: ParameterSource,
  parameters: Iterable<Parameter | EncodedParameter>,
): CollectedParameter[] {
  return Array.from(parameters, (parameter) => {
    const { encodedName, encodedValue } = encodeParameter(parameter);
    return { encodedName, encodedValue, source };
  });
}

export function encodeParameter(parameter: Parameter | EncodedParameter): EncodedParameter {
  return "encodedName" in parameter
    ? parameter
    : { encodedName: percentEncode(parameter[0]), encodedValue: percentEncode(parameter[1]) };
}
