// The request of RFC 5849 §1.2 for the photo, with its credentials, base string and signature.

export const client = { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" };
export const token = { identifier: "nnch734d00sl2jdk", sharedSecret: "pfkkdhi9sl3r4s00" };

export const secrets = {
  clientSharedSecret: client.sharedSecret,
  tokenSharedSecret: token.sharedSecret,
};

export const request = {
  method: "GET",
  url: "http://photos.example.net/photos?file=vacation.jpg&size=original",
};

export const signerOptions = {
  client,
  token,
  version: null,
  realm: "Photos",
  clock: () => 137131202,
  nonce: () => "chapoH",
};

export const protocolParameters = [
  ["oauth_consumer_key", client.identifier],
  ["oauth_token", token.identifier],
  ["oauth_signature_method", "HMAC-SHA1"],
  ["oauth_timestamp", "137131202"],
  ["oauth_nonce", "chapoH"],
];

export const baseString =
  "GET&http%3A%2F%2Fphotos.example.net%2Fphotos&file%3Dvacation.jpg%26" +
  "oauth_consumer_key%3Ddpf43f3p2l4k3l03%26oauth_nonce%3DchapoH%26" +
  "oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131202%26" +
  "oauth_token%3Dnnch734d00sl2jdk%26size%3Doriginal";

export const signature = "MdpQcU8iPSUjWoN/UDMsK2sui9I=";

/** The header of the RFC. The order of its parameters does not matter (§3.5.1). */
export const authorization =
  'OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="nnch734d00sl2jdk", ' +
  'oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131202", oauth_nonce="chapoH", ' +
  'oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"';
