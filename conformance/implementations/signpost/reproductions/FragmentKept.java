// RFC 5849 §3.4.1.3.1: a fragment does not belong to the query.
// See the value of "a" in the signature base string.
import oauth.signpost.basic.DefaultOAuthConsumer;
import oauth.signpost.exception.OAuthMessageSignerException;
import oauth.signpost.http.HttpParameters;
import oauth.signpost.http.HttpRequest;
import oauth.signpost.signature.HmacSha1MessageSigner;
import oauth.signpost.signature.SignatureBaseString;

class FragmentKept {
  /** Prints the signature base string that the consumer signs. */
  static class Printer extends HmacSha1MessageSigner {
    @Override
    public String sign(HttpRequest request, HttpParameters parameters)
        throws OAuthMessageSignerException {
      System.out.println("received " + new SignatureBaseString(request, parameters).generate());
      return "";
    }
  }

  public static void main(String[] args) throws Exception {
    DefaultOAuthConsumer consumer = new DefaultOAuthConsumer("ck", "cs");
    HttpParameters additional = new HttpParameters();
    additional.put("oauth_timestamp", "137131201");
    additional.put("oauth_nonce", "n");
    consumer.setAdditionalParameters(additional);
    consumer.setMessageSigner(new Printer());
    System.out.println(
        "expected GET&http%3A%2F%2Fexample.com%2F&a%3D1%26oauth_consumer_key%3Dck%26oauth_nonce%3Dn%26oauth_signature_method%3DHMAC-SHA1"
            + "%26oauth_timestamp%3D137131201%26oauth_version%3D1.0");
    consumer.sign("http://example.com/?a=1#top");
  }
}
