// RFC 5849 §3.4.1.2 does not name an empty port; a Host header field does not have its colon.
// See the second element of the signature base string.
import oauth.signpost.basic.UrlStringRequestAdapter;
import oauth.signpost.http.HttpParameters;
import oauth.signpost.signature.SignatureBaseString;

class EmptyPortKept {
  public static void main(String[] args) throws Exception {
    HttpParameters parameters = new HttpParameters();
    parameters.put("oauth_nonce", "n", true);
    UrlStringRequestAdapter request =
        new UrlStringRequestAdapter("http://example.com:/");
    System.out.println("expected GET&http%3A%2F%2Fexample.com%2F&oauth_nonce%3Dn");
    System.out.println("received " + new SignatureBaseString(request, parameters).generate());
  }
}
