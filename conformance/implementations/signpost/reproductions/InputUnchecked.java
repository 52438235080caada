// RFC 5849 §3.4.1.2 defines the base string URI of http and https only; a signer may leave the check to
// its caller.
// See that there is a signature base string.
import oauth.signpost.basic.UrlStringRequestAdapter;
import oauth.signpost.http.HttpParameters;
import oauth.signpost.signature.SignatureBaseString;

class InputUnchecked {
  public static void main(String[] args) throws Exception {
    HttpParameters parameters = new HttpParameters();
    parameters.put("oauth_nonce", "n", true);
    UrlStringRequestAdapter request =
        new UrlStringRequestAdapter("ftp://example.com/");
    System.out.println("expected error: not an http or https URL");
    System.out.println("received " + new SignatureBaseString(request, parameters).generate());
  }
}
