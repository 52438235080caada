import type { SignerOptions } from "@oauth1/signer";

/** OAuth Core 1.0 Revision A, appendix A: a request with client and token credentials. */
export const photos = {
  client: { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" },
  token: { identifier: "nnch734d00sl2jdk", sharedSecret: "pfkkdhi9sl3r4s00" },
  clock: () => 1191242096,
  nonce: () => "kllo9940pd9333jh",
} satisfies SignerOptions;

/** The base string (appendix A.5.1) and the signature (appendix A.5.2) of that request. */
export const vacation = {
  url: "http://photos.example.net/photos?file=vacation.jpg&size=original",
  baseString:
    "GET&http%3A%2F%2Fphotos.example.net%2Fphotos&file%3Dvacation.jpg%26oauth_consumer_key%3Ddpf43f3p2l4k3l03%26oauth_nonce%3Dkllo9940pd9333jh%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1191242096%26oauth_token%3Dnnch734d00sl2jdk%26oauth_version%3D1.0%26size%3Doriginal",
  signature: "tR3+Ty81lMeYAr/Fid0kMTYa/WM=",
} as const;
