// RFC 5849 §3.4.1.3.2: of equal parameters, each is signed.
// See how often a=1 is in the signature base string.
import oauth.signpost.basic.UrlStringRequestAdapter;
import oauth.signpost.http.HttpParameters;
import oauth.signpost.signature.SignatureBaseString;

class DuplicateDropped {
  public static void main(String[] args) throws Exception {
    HttpParameters parameters = new HttpParameters();
    parameters.put("oauth_nonce", "n", true);
    parameters.put("a", "1", true);
    parameters.put("a", "1", true);
    UrlStringRequestAdapter request =
        new UrlStringRequestAdapter("http://example.com/");
    System.out.println("expected GET&http%3A%2F%2Fexample.com%2F&a%3D1%26a%3D1%26oauth_nonce%3Dn");
    System.out.println("received " + new SignatureBaseString(request, parameters).generate());
  }
}
