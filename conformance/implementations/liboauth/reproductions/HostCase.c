// RFC 5849 §3.4.1.2: the host is in lower case.
// See the base string URI, the second element of the signature base string.
#include <stdio.h>
#include <string.h>
#include <oauth.h>

int main(void) {
  char **argv = NULL;
  int argc = oauth_split_url_parameters("http://EXAMPLE.com/", &argv);
  oauth_add_param_to_array(&argc, &argv, "oauth_timestamp=137131201");
  oauth_add_param_to_array(&argc, &argv, "oauth_nonce=n");
  oauth_sign_array2_process(&argc, &argv, NULL, OA_HMAC, "GET", "ck", "cs", NULL, NULL);
  // The last parameter is the signature, and this is the base string that it signs.
  char *received = oauth_catenc(3, "GET", argv[0], oauth_serialize_url(argc - 1, 1, argv));
  if (!strstr(argv[argc - 1], oauth_sign_hmac_sha1(received, "cs&"))) return 1;
  puts("expected GET&http%3A%2F%2Fexample.com%2F&oauth_consumer_key%3Dck%26oauth_nonce%3Dn%26oauth_signature_method%3DHMAC-SHA1"
       "%26oauth_timestamp%3D137131201%26oauth_version%3D1.0");
  printf("received %s\n", received);
}
