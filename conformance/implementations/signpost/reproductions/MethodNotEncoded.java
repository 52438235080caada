// RFC 5849 §3.4.1.1: the method is encoded, and "!" becomes "%21".
// See the first element of the signature base string.
import oauth.signpost.basic.UrlStringRequestAdapter;
import oauth.signpost.http.HttpParameters;
import oauth.signpost.signature.SignatureBaseString;

class MethodNotEncoded {
  public static void main(String[] args) throws Exception {
    HttpParameters parameters = new HttpParameters();
    parameters.put("oauth_nonce", "n", true);
    UrlStringRequestAdapter request =
        new UrlStringRequestAdapter("http://example.com/") {
          @Override
          public String getMethod() {
            return "X!Y";
          }
        };
    System.out.println("expected X%21Y&http%3A%2F%2Fexample.com%2F&oauth_nonce%3Dn");
    System.out.println("received " + new SignatureBaseString(request, parameters).generate());
  }
}
