// RFC 5849 §3.4.1.2: the base string URI of an empty path ends in "/".
// See the second element of the signature base string.
import com.google.api.client.auth.oauth.OAuthParameters;
import com.google.api.client.auth.oauth.OAuthSigner;
import com.google.api.client.http.GenericUrl;

class EmptyPathKept {
  public static void main(String[] args) throws Exception {
    OAuthParameters parameters = new OAuthParameters();
    parameters.consumerKey = "ck";
    parameters.nonce = "n";
    parameters.timestamp = "137131201";
    // A signer that shows the signature base string in place of a signature.
    parameters.signer =
        new OAuthSigner() {
          public String getSignatureMethod() {
            return "HMAC-SHA1";
          }

          public String computeSignature(String signatureBaseString) {
            return signatureBaseString;
          }
        };
    parameters.computeSignature("GET", new GenericUrl("http://example.com"));
    System.out.println(
        "expected "
            + "GET&http%3A%2F%2Fexample.com%2F&oauth_consumer_key%3Dck%26oauth_nonce%3Dn%26"
            + "oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201");
    System.out.println("received " + parameters.signature);
  }
}
