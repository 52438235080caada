// RFC 5849 §3.5.1: the realm is a quoted-string of RFC 2617, in which no character is percent-encoded.
// See the realm of the header field.
import com.google.api.client.auth.oauth.OAuthHmacSigner;
import com.google.api.client.auth.oauth.OAuthParameters;
import com.google.api.client.http.GenericUrl;

class RealmEncoded {
  public static void main(String[] args) throws Exception {
    OAuthParameters parameters = new OAuthParameters();
    parameters.consumerKey = "ck";
    parameters.realm = "http://example.com/";
    OAuthHmacSigner signer = new OAuthHmacSigner();
    signer.clientSharedSecret = "cs";
    parameters.signer = signer;
    parameters.computeSignature("GET", new GenericUrl("http://example.com/"));
    System.out.println("expected OAuth realm=\"http://example.com/\"");
    System.out.println("received " + parameters.getAuthorizationHeader().replaceAll(",.*", ""));
  }
}
